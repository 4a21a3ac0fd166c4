import Access
import Demo
import Dispatches
import Documents
import HL7v2
import Intake
import Storage
import TestSupport
import Testing

/// MDM whose document is a text (OBX of TX and FT), as older systems send reports.
@Suite(.timeLimit(.minutes(2))) struct TextDocumentTests {
    private static var mapping: IntakeMapping {
        var mapping = DemoHospital.mapping
        mapping.senders[0].rendersText = true
        return mapping
    }

    private static let code = "373942005^Lettre de sortie^SCT"

    private func report(_ others: [String], event: String = "T02", control: String = "MSG0001") -> HL7Letter {
        var letter = HL7Letter(event, control: control)
        letter.pdf = nil
        letter.others = others
        return letter
    }

    private func text(_ type: String, _ value: String, code: String = Self.code, set: Int = 1) -> String {
        "OBX|\(set)|\(type)|\(code)|\(set)|\(value)||||||F"
    }

    /// What Dre Favre reads of the only document she has.
    private func read(_ portal: TestPortal) async throws -> (title: String, text: String) {
        try await portal.deliver()
        let favre = try await portal.signIn(DemoPeople.favre)
        let rows = try await portal.documents.listInbox(InboxFilter(), .newest, favre).rows
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        let opened = try await portal.documents.open(row.id, for: .reading, favre)
        // how many spaces stand for a gap is the reader's guess
        let words = (opened.text ?? "").split { $0 == " " || $0 == "\u{A0}" }
        return (opened.document.title, words.joined(separator: " "))
    }

    @Test func `A report in text is read as a document, line by line, and says what it was made of`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let report = report([
            text(
                "FT",
                "Évolution favorable.\\.br\\Sodium      138 mmol/l\\.br\\Potassium   \\H\\4.1\\N\\ mmol/l"),
            text("TX", "Retour \\T\\ contrôle", set: 2),
            text("TX", "Repos~une semaine", code: "ATT^Attestation^L", set: 3),
        ])
        let answer = try await portal.told(report.bytes, Self.mapping)
        #expect(answer.verdict == "AA" && answer.mistakes.isEmpty)
        let (title, shown) = try await read(portal)
        #expect(title == "Lettre de sortie")
        for line in [
            "Évolution favorable.", "Sodium 138 mmol/l", "Potassium 4.1 mmol/l", "Retour & contrôle",
            "Attestation", "Repos", "une semaine", "Jaquet Hélène, 14.03.1958", "Aebischer",
            "Mis en page par le portail à partir du texte transmis par l’hôpital",
        ] {
            #expect(shown.contains(line), "\(line)")
        }
        #expect(!shown.contains("\\H\\"))
        // what was sent as text lies nowhere but in the sealed document
        #expect(try await portal.rows("document WHERE media_type = 'application/pdf'") == 1)
    }

    @Test func `The same report again is the same document, another text is an edition`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(report([text("TX", "Un")]).bytes, Self.mapping).verdict == "AA")
        let again = try await portal.told(report([text("TX", "Un")], control: "M2").bytes, Self.mapping)
        #expect(again.verdict == "AA" && again.words == "already processed")
        let other = try await portal.told(report([text("TX", "Deux")], control: "M3").bytes, Self.mapping)
        #expect(other.mistakes == ["205 E DUPLICATE_ID"])
        let edition = report([text("TX", "Deux")], event: "T08", control: "M4")
        #expect(try await portal.told(edition.bytes, Self.mapping).verdict == "AA")
        #expect(try await read(portal).text.contains("Deux"))
    }

    @Test func `The rules are those of any other document`() async throws {
        let portal = try await TestPortal.inhabited()
        var letter = report([text("TX", "Un")])
        letter.stay = "1"
        #expect(try await portal.told(letter.bytes, Self.mapping).mistakes == ["207 E NOT_DESIGNATED"])
        letter = report([text("TX", "Un")])
        letter.birthDate = ""
        #expect(try await portal.told(letter.bytes, Self.mapping).mistakes == ["101 E"])
    }

    @Test func `What is no text, too much of it, or not to be laid out is refused, and why`() async throws {
        let portal = try await TestPortal.inhabited()
        let off = try await portal.told(report([text("TX", "Un")]).bytes)
        #expect(off.mistakes == ["103 E"] && off.place == "OBX^1^2")
        #expect(off.diagnostics.contains("rendersText"))
        let empty = try await portal.told(report([text("FT", "\\.br\\~")]).bytes, Self.mapping)
        #expect(empty.mistakes == ["101 E"] && empty.place == "OBX^1^5")
        let long = report([text("TX", String(repeating: "mot ", count: 40_000))])
        #expect(try await portal.told(long.bytes, Self.mapping).mistakes == ["207 E TOO_LARGE"])
        let many = report([text("FT", String(repeating: "a\\.br\\", count: 4000))])
        #expect(try await portal.told(many.bytes, Self.mapping).mistakes == ["207 E TOO_LARGE"])
        let elsewhere = report([text("TX", "Voir"), text("RP", "\\\\srv\\lettre.pdf", set: 2)])
        let reference = try await portal.told(elsewhere.bytes, Self.mapping)
        #expect(reference.mistakes == ["103 E"] && reference.place == "OBX^2^2")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.listInbox(InboxFilter(), .newest, favre).rows.isEmpty)
    }

    @Test func `Beside a PDF the text is no document, and who receives is none either`() async throws {
        let portal = try await TestPortal.inhabited()
        var mapping = Self.mapping
        mapping.senders[0].recipientFields = [.observation]
        let recipient = text("TX", "7601099000013", code: "RECIPIENT", set: 2)
        var letter = HL7Letter()
        letter.others = [recipient, text("TX", "Remarque interne", set: 3)]
        #expect(try await portal.told(letter.bytes, mapping).verdict == "AA")
        #expect(try await !read(portal).text.contains("Remarque"))
        letter = report([recipient], control: "M2")
        letter.document = "2026000418^DPI^2.16.756.5.30.1.999.3^ISO"
        #expect(try await portal.told(letter.bytes, mapping).mistakes == ["103 E"])
    }
}
