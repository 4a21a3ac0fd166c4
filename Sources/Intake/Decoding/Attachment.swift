import FHIR
import HL7v2

/// The file within a message, or what was made of its text, and what its segment says of it.
struct Attachment: Sendable {
    let bytes: [UInt8]
    let name: CodedElement
}

extension MessageReading {
    /// OBX with an encapsulated PDF: exactly one, or several parts of one.
    mutating func attachment(limit: Int) -> Attachment? {
        let segments = message.all("OBX").filter { $0[2].text?.uppercased() == "ED" }
        guard let first = segments.first else {
            refuseOther()
            return nil
        }
        if let place = segments.dropFirst().first(where: { !Self.isContinuation($0, of: first) }) {
            refuse(
                MessageError(
                    .applicationFault, at: place.location(3), "ONE_DOCUMENT",
                    diagnostics: "One document a message: this OBX is another one",
                    userMessage: "Un message ne peut contenir qu’un document"))
            return nil
        }
        var bytes: [UInt8] = []
        for segment in segments {
            guard let part = content(segment, limit: limit - bytes.count) else { return nil }
            bytes += part
        }
        return Attachment(bytes: bytes, name: CodedElement(first[3].first))
    }

    /// The same OBX-3, and the next number in OBX-4.
    private static func isContinuation(_ segment: Segment, of first: Segment) -> Bool {
        guard segment[3].bytes.elementsEqual(first[3].bytes),
            let start = first[4].text.flatMap({ Int($0) }), let number = segment[4].text.flatMap({ Int($0) })
        else { return false }
        return number - start == segment.sequence - first.sequence
    }

    /// There is no file: a reference to one elsewhere, a text, or nothing.
    private mutating func refuseOther() {
        let segments = message.all("OBX")
        guard let segment = segments.first(where: { $0[2].text?.uppercased() == "RP" }) ?? segments.first
        else {
            missing(Location(segment: "OBX", field: 5))
            return
        }
        refuse(
            MessageError(
                .tableValue, at: segment.location(2),
                diagnostics: Self.isText(segment) && !sender.rendersText
                    ? "OBX-2 should be ED with a PDF: rendersText is not set for this sender"
                    : "OBX-2 should be ED with a PDF: the portal loads nothing from elsewhere",
                userMessage: "Le document doit être joint au message (PDF)"))
    }

    private mutating func content(_ segment: Segment, limit: Int) -> [UInt8]? {
        let data = EncapsulatedData(segment[5].first)
        func place(_ component: Int) -> Location { segment.location(5, repetition: 1, component: component) }
        let isPDF = [data.subtype, data.type].contains {
            ["pdf", "application/pdf"].contains($0?.lowercased())
        }
        guard isPDF else {
            refuse(
                MessageError(
                    .tableValue, at: place(3), diagnostics: "Only application/pdf is taken",
                    userMessage: "Seuls les documents PDF sont acceptés"))
            return nil
        }
        guard data.encoding?.lowercased() == "base64" else {
            refuse(MessageError(.tableValue, at: place(4), diagnostics: "The encoding should be Base64"))
            return nil
        }
        guard !data.data.isEmpty else {
            missing(segment.location(5, repetition: 1, component: 5))
            return nil
        }
        do {
            return try Base64.decode(data.data.content, limit: limit)
        } catch {
            refuse(
                error == .size
                    ? MessageError(
                        .applicationFault, at: place(5), "TOO_LARGE",
                        diagnostics: "The document is longer than \(limit) bytes",
                        userMessage: "Le document est trop volumineux")
                    : MessageError(
                        .dataType, at: place(5), diagnostics: "The data are not base64",
                        userMessage: "Le document joint est illisible"))
            return nil
        }
    }
}
