import Access
import Dispatches
import HL7v2
import PDF

/// What a document that came as text may hold.
enum TextLimits {
    /// Bytes of all lines: some forty pages.
    static let bytes = 128 << 10
    static let lines = 3000
}

extension MessageReading {
    /// A document of OBX with TX or FT, and nothing else: no file beside it, no reference to one.
    var isTextDocument: Bool {
        guard sender.rendersText else { return false }
        let others = message.all("OBX").contains { ["ED", "RP"].contains($0[2].text?.uppercased()) }
        return !others && !texts.isEmpty
    }

    static func isText(_ segment: Segment) -> Bool {
        ["TX", "FT"].contains(segment[2].text?.uppercased())
    }

    /// The segments of the text: who the recipients are may stand in others of the same type.
    private var texts: [Segment] {
        message.all("OBX").filter {
            Self.isText($0) && $0[3].component(1).text?.uppercased() != "RECIPIENT"
        }
    }

    /// The letter that shows the text as it came, line by line, and says that it was laid out here. Nil, with what is
    /// wrong, when there is no text, too much of it, or nobody whom it is about.
    mutating func letter() -> (letter: Letter, name: CodedElement)? {
        guard let first = texts.first, let document = message.first("TXA") else { return nil }
        let name = CodedElement(first[3].first)
        let lines = texts.flatMap { $0[5].lines }
        guard lines.contains(where: { !$0.isEmpty }) else {
            missing(first.location(5))
            return nil
        }
        guard lines.count <= TextLimits.lines,
            lines.reduce(0, { $0 + $1.utf8.count }) <= TextLimits.bytes
        else {
            refuse(
                MessageError(
                    .applicationFault, at: first.location(5), "TOO_LARGE",
                    diagnostics:
                        "The text has more than \(TextLimits.lines) lines or \(TextLimits.bytes) bytes",
                    userMessage: "Le document est trop volumineux"))
            return nil
        }
        // what is wrong with the patient is said with the rest of the message
        var patient = self
        guard
            let about = message.first("PID").flatMap({ patient.patient($0, needsDescription: true) })?
                .description
        else { return nil }
        let day = SwissTime.day(of: authoredAt(document))
        let author = author(document)
        return (
            Letter(
                letterhead: .init(institution: service, department: "", lines: []), addressee: [],
                placeAndDate: Self.date(day),
                subject: name.text ?? name.alternateText ?? "Document",
                concerning: ["\(about.familyName) \(about.givenName), \(Self.date(about.birthDate))"],
                blocks: blocks, signature: author.isEmpty ? [] : [author],
                footer: "Mis en page par le portail à partir du texte transmis par l’hôpital, sans autre "
                    + "modification.",
                language: header.language, created: day + "T00:00:00Z"), name
        )
    }

    /// A heading wherever OBX-3 changes; the first one is the title.
    private var blocks: [Letter.Block] {
        var blocks: [Letter.Block] = []
        var lines: [String] = []
        var code = texts.first?[3].bytes
        func end() {
            if lines.contains(where: { !$0.isEmpty }) {
                blocks.append(.preformatted(lines.joined(separator: "\n")))
            }
            lines = []
        }
        for segment in texts {
            if segment[3].bytes != code {
                end()
                code = segment[3].bytes
                let name = CodedElement(segment[3].first)
                if let heading = name.text ?? name.alternateText { blocks.append(.heading(heading)) }
            }
            lines += segment[5].lines
        }
        end()
        return blocks
    }

    /// «14.03.1958» of an ISO 8601 date.
    private static func date(_ day: String) -> String {
        day.split(separator: "-").reversed().joined(separator: ".")
    }
}

extension Intake {
    /// The PDF of a message whose document is a text; nil when it is none, or something is wrong with it.
    func drawnText(_ reading: inout MessageReading) async throws -> Attachment? {
        guard reading.isTextDocument, let (letter, name) = reading.letter() else { return nil }
        return Attachment(bytes: try await drawing.run { try LetterPDF.draw(letter) }, name: name)
    }
}
