import Foundation

/// A file that goes with a mail.
public struct MailAttachment: Sendable, Equatable {
    /// Plain ASCII, said to nobody else: it names no patient.
    public let name: String
    /// «application/pdf»
    public let mediaType: String
    public let bytes: [UInt8]

    public init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }

    /// Headers and body of its part (RFC 2045, 2183), with CR LF line ends.
    /// - Throws: `MailFailure.invalidField` for a name that could end the header.
    func part() throws -> [UInt8] {
        let isPlain = { (text: String, others: String) in
            !text.isEmpty && text.utf8.count <= 100
                && text.utf8.allSatisfy {
                    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                        || others.utf8.contains($0)
                }
        }
        guard isPlain(name, ".-_") else { throw MailFailure.invalidField("attachment name") }
        guard isPlain(mediaType, "/.-+") else { throw MailFailure.invalidField("attachment type") }
        let head = [
            "Content-Type: \(mediaType); name=\"\(name)\"", "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"\(name)\"",
        ]
        let body = Data(bytes).base64EncodedData(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }
}
