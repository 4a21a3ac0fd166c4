import Foundation

/// How a mail is written: headers (RFC 5322), `multipart/alternative` (RFC 2046) with both parts in UTF-8 and
/// quoted-printable (RFC 2045). Everything from outside is checked by bytes (security SWF-3, class 32).
extension Mail {
    /// The whole message with CR LF line ends.
    /// - Parameter seconds: the Date header, in seconds since 1970.
    /// - Throws: `MailFailure.invalidField`.
    func message(at seconds: Int) throws -> [UInt8] {
        let lines = try headers(at: seconds)
        let body = words
        guard let attachment else { return Self.head(lines + body.headers) + body.bytes }
        // never in quoted-printable nor in base64, so that no part can contain it
        let boundary = "=_passerelle-file"
        var bytes = Self.head(lines + ["Content-Type: multipart/mixed; boundary=\"\(boundary)\""])
        bytes += Array("--\(boundary)\r\n".utf8) + Self.head(body.headers) + body.bytes
        bytes += Array("\r\n--\(boundary)\r\n".utf8) + (try attachment.part())
        return bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    private static func head(_ lines: [String]) -> [UInt8] {
        Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// The text, in both forms if there are two.
    private var words: (headers: [String], bytes: [UInt8]) {
        guard let html else { return (Self.partHeaders("text/plain"), Self.quotedPrintable(text)) }
        // "=_" never occurs in quoted-printable, so the parts cannot contain the boundary
        let boundary = "=_passerelle"
        var bytes: [UInt8] = []
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            bytes += Array("\r\n--\(boundary)\r\n".utf8) + Self.head(Self.partHeaders(type))
            bytes += Self.quotedPrintable(content)
        }
        return (
            ["Content-Type: multipart/alternative; boundary=\"\(boundary)\""],
            bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        )
    }

    private static func partHeaders(_ type: String) -> [String] {
        ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable"]
    }

    func headers(at seconds: Int) throws -> [String] {
        for (name, address) in [("from", from), ("to", to), ("returnTo", returnTo ?? from)]
        where !Self.isAddress(address) {
            throw MailFailure.invalidField(name)
        }
        guard !id.isEmpty, id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>@".utf8.contains($0) }) else {
            throw MailFailure.invalidField("id")
        }
        for (name, text) in [("subject", subject), ("fromName", fromName)] where !Self.isOneLine(text) {
            throw MailFailure.invalidField(name)
        }
        let domain = from.utf8.split(separator: UInt8(ascii: "@")).last.map {
            String(decoding: $0, as: UTF8.self)
        }
        let sender = fromName.isEmpty ? "<\(from)>" : "\(Self.encodedWords(fromName)) <\(from)>"
        return [
            "Date: \(Self.date(seconds))", "Message-ID: <\(id)@\(domain ?? "")>", "From: \(sender)",
            "To: <\(to)>",
            "Subject: \(Self.encodedWords(subject))", "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
        ]
    }

    /// `local@domain` without quotes, comments, spaces or letters beyond ASCII, at most 254 bytes (RFC 5321).
    static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,;:\"".utf8.contains($0) }
        return isPlain && text.utf8.count <= 254 && parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    }

    private static func isOneLine(_ text: String) -> Bool {
        text.utf8.count <= 500 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// RFC 5322, in UTC. `strftime` speaks English as long as nobody calls `setlocale`.
    static func date(_ seconds: Int) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        var text = [CChar](repeating: 0, count: 40)
        let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S +0000", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// RFC 2047: words of at most 75 characters on lines of their own, none cutting a scalar in two. Anything
    /// but letters, digits and spaces is encoded too: a comma or quote in a sender's name has a meaning.
    static func encodedWords(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 == 0x20 || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                || (0x61...0x7A).contains($0)
        }
        if isPlain && text.utf8.count <= 60 { return text }
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if (words.last?.count ?? 0) + bytes.count > 45 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// RFC 2045 6.7: lines of at most 76 characters; each line break of the text becomes CR LF.
    static func quotedPrintable(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        var column = 0
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A || byte == 0x0D {
                if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
                output += [0x0D, 0x0A]
                column = 0
                continue
            }
            let endsLine = index == bytes.count || bytes[index] == 0x0A || bytes[index] == 0x0D
            let isPlain = (byte > 0x20 && byte < 0x7F && byte != 0x3D) || (byte == 0x20 && !endsLine)
            let token = isPlain ? [byte] : [0x3D, hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            if column + token.count > 75 {
                output += [0x3D, 0x0D, 0x0A]
                column = 0
            }
            output += token
            column += token.count
        }
        return output
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x37 + digit }
}
