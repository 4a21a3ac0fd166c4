import Access
public import Dispatches
import Foundation

/// Reads what mail systems report of a mail (RFC 3464, `multipart/report`), by bytes and within limits: it comes from
/// anybody. Automatic answers, forwards and everything else are no reports.
public enum DeliveryReport {
    /// Bytes of a report that are looked at; what follows is the returned mail.
    public static let limit = 1 << 20
    private static let mostParts = 20
    private static let mostLines = 5000

    /// - Parameters:
    ///   - message: as the mail system hands it over; more than `limit` is not looked at.
    ///   - recipient: to whom it came, if the mail system says so: there the token stands.
    /// - Returns: nil for what is no report, or about no mail of ours.
    public static func read(_ message: [UInt8], recipient: String? = nil) -> MailReturn? {
        let lines = Self.lines(of: message.prefix(limit))
        let (header, body) = split(lines)
        guard let type = header.first(where: { $0.name == "content-type" })?.value,
            let kind = firstToken(type), kind == "multipart/report",
            let boundary = parameter("boundary", of: type)
        else { return nil }
        var token = recipient.flatMap { ReturnAddress.token(in: $0.lowercased().utf8) }
        for name in ["delivered-to", "x-original-to", "to"] where token == nil {
            token = header.first { $0.name == name }.flatMap { ReturnAddress.token(in: lowercased($0.value)) }
        }
        var status: (action: MailReturn.Action, code: String)?
        for part in parts(of: body, boundary: boundary) {
            let (head, content) = split(part)
            let type =
                head.first { $0.name == "content-type" }.flatMap { firstToken($0.value) } ?? "text/plain"
            switch type {
            case "message/delivery-status", "message/global-delivery-status":
                // one mail has one recipient; of several groups the worst counts
                for group in content.split(whereSeparator: \.isEmpty) {
                    guard let found = recipientStatus(fields(Array(group))) else { continue }
                    if status == nil || found.action == .failed { status = found }
                }
            case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
                guard token == nil else { continue }
                let original = split(content).header
                token = original.first { $0.name == "message-id" }.flatMap { messageToken($0.value) }
            default: continue
            }
        }
        guard let token, let status else { return nil }
        return MailReturn(token: token, action: status.action, status: status.code)
    }

    private typealias Field = (name: String, value: [UInt8])

    private static func recipientStatus(_ fields: [Field]) -> (action: MailReturn.Action, code: String)? {
        guard
            let action = fields.first(where: { $0.name == "action" }).flatMap({ firstToken($0.value) })
                .flatMap(MailReturn.Action.init(rawValue:))
        else { return nil }
        let typed = fields.first { $0.name == "status" }.flatMap { firstToken($0.value) } ?? ""
        guard let code = code(typed) else { return (action, "unknown") }
        guard code.hasSuffix(".0.0") else { return (action, code) }
        // Exim says 5.0.0 of everything: what the receiving system said stands in its words, «smtp; 550 5.1.1 …»
        let diagnosis = fields.first { $0.name == "diagnostic-code" }?.value ?? []
        let words = diagnosis.split { $0 <= 0x20 }
        let said = words.prefix(4).lazy.compactMap { Self.code(String(decoding: $0, as: UTF8.self)) }
            .first { $0.utf8.first == code.utf8.first }
        return (action, said ?? code)
    }

    /// Three numbers, as they are; nil for anything else.
    private static func code(_ typed: String) -> String? {
        let parts = typed.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt16($0) }
        guard parts.count == 3, numbers.count == 3, typed.utf8.count <= 11 else { return nil }
        return numbers.map(String.init).joined(separator: ".")
    }

    /// `<TOKEN@domain>`.
    private static func messageToken(_ value: [UInt8]) -> String? {
        guard let start = value.firstIndex(of: UInt8(ascii: "<")) else { return nil }
        let token = value[(start + 1)...].prefix { $0 != UInt8(ascii: "@") }
        let isToken =
            token.count == 32 && token.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        return isToken ? String(decoding: token, as: UTF8.self) : nil
    }

    private static func lines(of bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        bytes.split(separator: 0x0A, maxSplits: mostLines, omittingEmptySubsequences: false).prefix(mostLines)
            .map { $0.last == 0x0D ? Array($0.dropLast()) : Array($0) }
    }

    private static func split(_ lines: [[UInt8]]) -> (header: [Field], body: [[UInt8]]) {
        let end = lines.firstIndex(where: \.isEmpty) ?? lines.endIndex
        return (fields(Array(lines[..<end])), Array(lines[end...].dropFirst()))
    }

    /// Header fields, folded lines joined; of a value at most 2000 bytes.
    private static func fields(_ lines: [[UInt8]]) -> [Field] {
        var found: [Field] = []
        for line in lines {
            if let first = line.first, first == 0x20 || first == 0x09 {
                if !found.isEmpty, found[found.count - 1].value.count < 2000 {
                    found[found.count - 1].value += line.prefix(2000)
                }
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon <= 100 {
                let name = String(decoding: lowercased(Array(line[..<colon])), as: UTF8.self)
                found.append((name.filter { $0 != " " }, Array(line[(colon + 1)...].prefix(2000))))
            }
        }
        return found
    }

    private static func parts(of lines: [[UInt8]], boundary: [UInt8]) -> [[[UInt8]]] {
        let mark = Array("--".utf8) + boundary
        var found: [[[UInt8]]] = []
        for line in lines {
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                if rest.starts(with: "--".utf8) { break }
                guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), found.count < mostParts else { continue }
                found.append([])
            } else if !found.isEmpty {
                found[found.count - 1].append(line)
            }
        }
        return found
    }

    /// The first word of a value, in lower case: what follows is a comment or a parameter.
    private static func firstToken(_ value: [UInt8]) -> String? {
        let word = value.drop { $0 == 0x20 || $0 == 0x09 }
            .prefix { $0 > 0x20 && $0 < 0x7F && !";(".utf8.contains($0) }
        return word.isEmpty ? nil : String(decoding: lowercased(Array(word)), as: UTF8.self)
    }

    private static func parameter(_ name: String, of value: [UInt8]) -> [UInt8]? {
        for piece in value.split(separator: UInt8(ascii: ";")).dropFirst() {
            let trimmed = piece.drop { $0 == 0x20 || $0 == 0x09 }
            let prefix = Array("\(name)=".utf8)
            guard lowercased(Array(trimmed.prefix(prefix.count))) == prefix else { continue }
            let rest = trimmed.dropFirst(prefix.count)
            let isQuoted = rest.first == UInt8(ascii: "\"")
            let text =
                isQuoted ? rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") } : rest.prefix { $0 > 0x20 }
            return (1...70).contains(text.count) ? Array(text) : nil
        }
        return nil
    }

    private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }
}
