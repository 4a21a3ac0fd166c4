import Foundation

/// Parses `multipart/form-data` while it arrives, in constant memory: between two calls it holds at most one part's
/// headers (8 KiB) or the length of the boundary. Everything by bytes (security.md, SWF-3).
struct MultipartParser {
    enum Event {
        case part(Part)
        case data(ArraySlice<UInt8>)
        case endOfPart
        case end
    }
    struct Part: Sendable, Equatable {
        let name: String
        let isFile: Bool
        /// Browsers send a file without a name where none was chosen.
        var isNamed = true
    }
    enum Failure: Error { case malformed, headersTooLarge, tooManyParts }
    static let maximumHeaderBytes = 8192
    static let maximumParts = 32

    private enum State { case preamble, headers, body, done }
    private let delimiter: [UInt8]  // CRLF "--" boundary
    private var held: [UInt8] = [13, 10]  // so that the first boundary matches too
    private var state = State.preamble
    private var parts = 0
    var isComplete: Bool { state == .done }

    /// nil when the content type is another one, or its boundary is missing, empty or longer than 70 bytes.
    init?(contentType: String) {
        let fields = Self.parameters(of: Array(contentType.utf8)[...])
        guard Self.lowercased(fields.value) == "multipart/form-data",
            let boundary = fields.parameters["boundary"], (1...70).contains(boundary.count)
        else { return nil }
        delimiter = [13, 10, 45, 45] + boundary
    }

    mutating func feed(_ bytes: some Collection<UInt8>, _ emit: (Event) throws -> Void) throws {
        held += bytes
        var position = 0
        defer { held.removeSubrange(..<position) }
        while true {
            switch state {
            case .done:
                position = held.count  // whatever follows the last boundary
                return
            case .headers:
                guard let end = find([13, 10, 13, 10], from: position) else {
                    if held.count - position > Self.maximumHeaderBytes { throw Failure.headersTooLarge }
                    return
                }
                guard end - position <= Self.maximumHeaderBytes else { throw Failure.headersTooLarge }
                let part = try Self.part(headers: held[position..<end])
                position = end + 4
                state = .body
                try emit(.part(part))
            case .preamble, .body:
                guard let hit = find(delimiter, from: position) else {
                    let keep = max(position, held.count - delimiter.count + 1)
                    if state == .body, keep > position { try emit(.data(held[position..<keep])) }
                    position = keep
                    return
                }
                if state == .body, hit > position { try emit(.data(held[position..<hit])) }
                position = hit
                let after = hit + delimiter.count
                guard after + 2 <= held.count else { return }
                if state == .body { try emit(.endOfPart) }
                position = after + 2
                try begin(after: (held[after], held[after + 1]), emit)
            }
        }
    }

    private mutating func begin(after bytes: (UInt8, UInt8), _ emit: (Event) throws -> Void) throws {
        switch bytes {
        case (45, 45):
            state = .done
            try emit(.end)
        case (13, 10):
            state = .headers
            parts += 1
            if parts > Self.maximumParts { throw Failure.tooManyParts }
        default: throw Failure.malformed
        }
    }

    private static func part(headers: ArraySlice<UInt8>) throws -> Part {
        var disposition: (value: ArraySlice<UInt8>, parameters: [String: [UInt8]])?
        var rest = headers
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 13) ?? rest.endIndex
            let line = rest[..<end]
            rest = rest[end...].dropFirst(2)
            guard let colon = line.firstIndex(of: 58), !line.contains(10) else { throw Failure.malformed }
            guard lowercased(line[..<colon]) == "content-disposition" else { continue }
            guard disposition == nil else { throw Failure.malformed }
            disposition = parameters(of: line[(colon + 1)...])
        }
        guard let disposition, lowercased(disposition.value) == "form-data",
            let name = disposition.parameters["name"]
        else { throw Failure.malformed }
        return Part(
            name: String(decoding: name, as: UTF8.self), isFile: disposition.parameters["filename"] != nil,
            isNamed: disposition.parameters["filename"] != [])
    }

    /// `value; key=token; key="quoted"`, the keys in lower case.
    private static func parameters(of field: ArraySlice<UInt8>) -> (
        value: ArraySlice<UInt8>, parameters: [String: [UInt8]]
    ) {
        var found: [String: [UInt8]] = [:]
        let value = field.prefix { $0 != 59 }
        var rest = field[value.endIndex...].dropFirst()
        while let equals = rest.firstIndex(of: 61) {
            let key = lowercased(rest[..<equals])
            rest = rest[(equals + 1)...]
            let content: ArraySlice<UInt8>
            if rest.first == 34 {
                content = rest.dropFirst().prefix { $0 != 34 }
                rest = rest[content.endIndex...].drop { $0 != 59 }.dropFirst()
            } else {
                content = rest.prefix { $0 != 59 }
                rest = rest[content.endIndex...].dropFirst()
            }
            if found[key] == nil { found[key] = Array(trimmed(content)) }
        }
        return (trimmed(value), found)
    }
    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: trimmed(bytes).map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 == 32 || $0 == 9 }
        while let last = bytes.last, last == 32 || last == 9 { bytes = bytes.dropLast() }
        return bytes
    }
    private func find(_ needle: [UInt8], from start: Int) -> Int? {
        held.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var index = start
            while index + needle.count <= bytes.count {
                guard let hit = memchr(base + index, 13, bytes.count - needle.count - index + 1) else {
                    return nil
                }
                index = hit.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(mutating: base)
                if (1..<needle.count).allSatisfy({ bytes[index + $0] == needle[$0] }) { return index }
                index += 1
            }
            return nil
        }
    }
}
