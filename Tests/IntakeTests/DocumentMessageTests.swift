import Access
import Demo
import Dispatches
import Documents
import HL7v2
import Intake
import TestSupport
import Testing

/// MDM, message by message, through the real database.
@Suite struct DocumentMessageTests {
    private static let documents = "urn:oid:2.16.756.5.30.1.999.3."

    private func rows(_ portal: TestPortal, _ viewer: Viewer) async throws -> [InboxRow] {
        try await portal.documents.listInbox(InboxFilter(), .newest, viewer).rows
    }

    @Test func `The same document by FHIR and by HL7 v2 is one document`() async throws {
        let portal = try await TestPortal.inhabited()
        let system = try await portal.recordSystem()
        let command = Letter.command(master: Self.documents + "2026000417")
        let first = try await portal.dispatches.publish(command, system)
        let answer = try await portal.told(HL7Letter().bytes)
        #expect(answer.verdict == "AA" && answer.words == "already processed")
        // and the other way round
        var letter = HL7Letter("T02", control: "M2")
        letter.document = "2026000418^DPI^2.16.756.5.30.1.999.3^ISO"
        #expect(try await portal.told(letter.bytes).verdict == "AA")
        let second = try await portal.dispatches.publish(
            Letter.command(master: Self.documents + "2026000418"), system)
        #expect(!first.isRepetition && second.isRepetition)
    }

    @Test func `A document is replaced, edited and taken back`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        // T10: another identifier names the old one
        var replacement = HL7Letter("T10", control: "M2")
        replacement.parent = replacement.document
        replacement.document = "2026000418^DPI^2.16.756.5.30.1.999.3^ISO"
        replacement.pdf = Letter.pdf("Corrige")
        #expect(try await portal.told(replacement.bytes).verdict == "AA")
        // T08: the same identifier with another content, twice
        var edition = HL7Letter("T08", control: "M3")
        edition.document = replacement.document
        edition.pdf = Letter.pdf("Encore")
        for control in ["M3", "M4"] {
            edition.control = control
            let answer = try await portal.told(edition.bytes)
            #expect(answer.verdict == "AA" && answer.words == (control == "M4" ? "already processed" : ""))
        }
        let favre = try await portal.signIn(DemoPeople.favre)
        let rows = try await self.rows(portal, favre)
        #expect(rows.count == 1 && rows.first?.version == 3)
        _ = try await portal.documents.open(try #require(rows.first).id, for: .reading, favre)
        // T11: the newest edition goes, and the sender learns who had read it
        var cancel = HL7Letter("T11", control: "M5")
        (cancel.document, cancel.availability, cancel.pdf) = (replacement.document, "CA", nil)
        cancel.reason = "Mauvais patient"
        let answer = try await portal.told(cancel.bytes)
        #expect(answer.verdict == "AA" && answer.mistakes == ["0 I OPENED"])
        cancel.control = "M6"
        #expect(try await portal.told(cancel.bytes).words == "already processed")
        #expect(try await self.rows(portal, favre).isEmpty)
    }

    @Test(arguments: ["OB", "UN", "CA"]) func `Whatever takes a document back`(_ availability: String)
        async throws
    {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        var status = HL7Letter("T03", control: "M2")
        (status.availability, status.pdf) = (availability, nil)
        #expect(try await portal.told(status.bytes).verdict == "AA")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await self.rows(portal, favre).isEmpty)
    }

    @Test func `A document deleted as the French profile says it is taken back`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        let deletion = HL7Letter("T04", control: "M2").text.replacing("||||||F\r", with: "||||||D\r")
        #expect(try await portal.told(Array(deletion.utf8)).verdict == "AA")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await self.rows(portal, favre).isEmpty)
    }

    @Test func `An addendum is a document of its own, with a warning`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        var addendum = HL7Letter("T06", control: "M2")
        addendum.parent = addendum.document
        addendum.document = "2026000418^DPI^2.16.756.5.30.1.999.3^ISO"
        addendum.pdf = Letter.pdf("Complement")
        let answer = try await portal.told(addendum.bytes)
        #expect(answer.verdict == "AA" && answer.mistakes == ["207 W"] && answer.place == "TXA^1^13")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await self.rows(portal, favre).map(\.version) == [1, 1])
    }

    /// One change, what is answered, and where.
    @Test(arguments: DocumentMessageTests.faults)
    func `What is wrong is said, with its place`(_ fault: Fault) async throws {
        let portal = try await TestPortal.inhabited()
        var letter = HL7Letter()
        fault.change(&letter)
        let answer = try await portal.told(letter.bytes)
        #expect(answer.verdict == fault.verdict, "\(fault.name)")
        #expect(answer.mistakes.first == fault.mistake, "\(fault.name)")
        #expect(answer.place == fault.place, "\(fault.name)")
        #expect(try await portal.refusals().isEmpty == (fault.verdict == "AA"))
    }

    struct Fault: Sendable {
        let name: String
        let verdict: String
        let mistake: String?
        let place: String
        let change: @Sendable (inout HL7Letter) -> Void

        init(
            _ name: String, _ verdict: String, _ mistake: String?, _ place: String,
            _ change: @escaping @Sendable (inout HL7Letter) -> Void
        ) {
            self.name = name
            self.verdict = verdict
            self.mistake = mistake
            self.place = place
            self.change = change
        }
    }

    static let faults = [
        Fault("event", "AR", "201 E", "MSH^1^9^1^2") { $0.event = "T12" },
        Fault("processing", "AR", "202 E", "MSH^1^11") { $0.processing = "T" },
        Fault("version", "AR", "203 E", "MSH^1^12") { $0.version = "3.0" },
        Fault("old version", "AR", "203 E", "MSH^1^12") { $0.version = "2.2" },
        Fault("good version", "AA", nil, "") { $0.version = "2.8.2" },
        Fault("control", "AR", "101 E", "MSH^1^10") { $0.control = "" },
        Fault("sender", "AR", "207 E SENDER_NOT_ALLOWED", "MSH^1^3") { $0.sender = "DPI|ELSEWHERE" },
        Fault("character set", "AE", "103 E", "MSH^1^18") { $0.characterSet = "JIS" },
        Fault("ascii", "AE", "102 E", "PID^1^5") { $0.characterSet = "ASCII" },
        Fault("document id", "AE", "101 E", "TXA^1^12") { $0.document = "" },
        Fault("not final", "AE", "103 E NOT_FINAL", "TXA^1^17") { $0.completion = "PA" },
        Fault("completion", "AE", "101 E", "TXA^1^17") { $0.completion = "" },
        Fault("nobody", "AE", "101 E", "TXA^1^23") { $0.recipients = [] },
        Fault("check digit", "AE", "102 E", "TXA^1^23^1^1") {
            $0.recipients = ["7601099000014^A^B^^^^^^GLN"]
        },
        Fault("unknown", "AE", "204 E UNKNOWN_RECIPIENT", "TXA^1^23^1^1") {
            $0.recipients = ["7601099000990"]
        },
        Fault("French number", "AE", "204 E UNKNOWN_RECIPIENT", "TXA^1^23^1^1") {
            $0.recipients = ["10999999997^A^B^^^^^^RPPS&1.2.250.1.71.4.2.1&ISO"]
        },
        Fault("stay", "AE", "101 E", "PV1^1^19") { $0.stay = "" },
        Fault("other stay", "AE", "207 E NOT_DESIGNATED", "PV1^1^19") { $0.stay = "1" },
        Fault("birth date", "AE", "102 E", "PID^1^7") { $0.birthDate = "19580231" },
        Fault("no birth date", "AE", "101 E", "PID^1^7") { $0.birthDate = "" },
        Fault("nobody known", "AE", "204 E UNKNOWN_PATIENT", "PID^1^3") {
            ($0.name, $0.birthDate) = ("", "")
        },
        Fault("nobody known, other stay", "AE", "207 E NOT_DESIGNATED", "PV1^1^19") {
            ($0.name, $0.birthDate, $0.stay) = ("", "", "1")
        },
        Fault("no name", "AE", "101 E", "PID^1^5") { $0.name = "" },
        Fault("replaces nothing", "AE", "101 E", "TXA^1^13") { $0.event = "T10" },
        Fault("replaces unknown", "AE", "204 E UNKNOWN_DOCUMENT", "TXA^1^13") {
            $0.event = "T10"
            $0.parent = "1^DPI^2.16.756.5.30.1.999.3^ISO"
        },
        Fault("edits unknown", "AE", "204 E UNKNOWN_DOCUMENT", "TXA^1^13") { $0.event = "T08" },
        Fault("cancels unknown", "AE", "204 E UNKNOWN_DOCUMENT", "TXA^1^12") { $0.event = "T11" },
        Fault("notifies unknown", "AE", "204 E UNKNOWN_DOCUMENT", "TXA^1^12") {
            $0.event = "T01"
            $0.pdf = nil
        },
        Fault("no file", "AE", "101 E", "OBX^1^5") { $0.pdf = nil },
        Fault("no PDF", "AE", "207 E INVALID_CONTENT", "OBX^1^5^1^5") { $0.pdf = Array("MZ".utf8) },
        Fault("too large", "AE", "207 E TOO_LARGE", "OBX^1^5^1^5") {
            $0.pdf = Letter.pdf() + [UInt8](repeating: 0x20, count: 3 << 20)
        },
        Fault("type unknown", "AE", "103 E TYPE_NOT_COMMUNICABLE", "TXA^1^2") {
            $0.code = "773130005^Soins^SCT"
        },
        Fault("type unmapped", "AA", "103 W", "TXA^1^2") {
            $0.code = "XY^Lettre^L"
            $0.type = "ZZ"
        },
        Fault("type by TXA-2", "AA", nil, "") { $0.code = "XY^Lettre^L" },
        Fault("type by LOINC", "AA", nil, "") { $0.code = "18842-5^Lettre^LN" },
    ]

    @Test func `Of a patient whom the portal knows the number is enough`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        var letter = HL7Letter("T02", control: "M2")
        letter.document = "2026000418^DPI^2.16.756.5.30.1.999.3^ISO"
        let whole = HL7Letter.patient(letter.patient, letter.name, letter.birthDate)
        let number = HL7Letter.patient(letter.patient, "", "").dropLast()  // no sex either
        let text = letter.text.replacing(whole, with: number)
        #expect(try await portal.told(Array(text.utf8)).verdict == "AA")
        // the same again is the same, and an edition of it needs no more
        let again = text.replacing("|M2|", with: "|M3|")
        #expect(try await portal.told(Array(again.utf8)).words == "already processed")
        letter.pdf = Letter.pdf("Encore")
        (letter.event, letter.control) = ("T08", "M4")
        let edition = letter.text.replacing(whole, with: number)
        #expect(try await portal.told(Array(edition.utf8)).mistakes.isEmpty)
        let favre = try await portal.signIn(DemoPeople.favre)
        let rows = try await self.rows(portal, favre)
        #expect(rows.count == 2 && Set(rows.map(\.patientID)).count == 1)
        let patient = try #require(rows.first)
        #expect(patient.familyName == "Jaquet" && patient.givenName == "Hélène")
        #expect(patient.birthDate == "1958-03-14" && patient.sex == .female)
        // under a name that differs it is as ever
        var other = HL7Letter("T02", control: "M5")
        other.document = "2026000419^DPI^2.16.756.5.30.1.999.3^ISO"
        (other.name, other.birthDate) = ("Roux^Anne", "19700101")
        #expect(try await portal.told(other.bytes).mistakes == ["207 E PATIENT_MISMATCH"])
    }

    @Test func `Who cannot receive is a warning when somebody else can`() async throws {
        let portal = try await TestPortal.inhabited()
        var letter = HL7Letter()
        letter.recipients.append("7601099000990^Personne")
        let answer = try await portal.told(letter.bytes)
        #expect(answer.verdict == "AA" && answer.mistakes == ["204 W UNKNOWN_RECIPIENT"])
        #expect(answer.place == "TXA^1^23^2^1")
    }

    @Test func `What cannot be read is answered all the same`() async throws {
        let portal = try await TestPortal.inhabited()
        for bytes in ["", "GET / HTTP/1.1", "MSH|^~\\&|DPI|HUL|||x||MDM^T02|R1|P|2.5\rnonsense\r"] {
            #expect(try await portal.told(Array(bytes.utf8)).verdict == "AR")
        }
        let type = "MSH|^~\\&|DPI|HUL|||x||ORU^R01|R1|P|2.5\r"
        #expect(try await portal.told(Array(type.utf8)).mistakes == ["200 E"])
        let latin = Array("MSH|^~\\&|DPI|HUL|||x||MDM^T02|R1|P|2.5||||||8859/1\rPID|1||1||".utf8) + [0x92]
        #expect(try await portal.told(latin).mistakes == ["102 E"])
    }

    @Test func `A letter in Latin-1 arrives with its accents`() async throws {
        let portal = try await TestPortal.inhabited()
        var letter = HL7Letter()
        letter.characterSet = "8859/1"
        let bytes = letter.text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(try await portal.told(bytes).verdict == "AA")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.listPatients(words: "Hélène", favre).rows.count == 1)
    }

    @Test func `A message is refused, put right elsewhere, and sent again as it was`() async throws {
        let portal = try await TestPortal.inhabited()
        var letter = HL7Letter()
        letter.stay = "2026117777"
        #expect(try await portal.told(letter.bytes).mistakes == ["207 E NOT_DESIGNATED"])
        try await portal.designate(patient: "000412033", stay: "2026117777", gln: "7601099000013")
        let answer = try await portal.told(letter.bytes)
        #expect(answer.verdict == "AA" && answer.words.isEmpty)
    }

    @Test func `A document that was taken back before it came does not get in`() async throws {
        let portal = try await TestPortal.inhabited()
        var cancel = HL7Letter("T11", control: "M1")
        (cancel.availability, cancel.pdf) = ("CA", nil)
        #expect(try await portal.told(cancel.bytes).mistakes == ["204 E UNKNOWN_DOCUMENT"])
        #expect(try await portal.told(HL7Letter("T02", control: "M2").bytes).mistakes == ["204 E WITHDRAWN"])
    }

    @Test func `Engines that send again what they changed may be told to mean it`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        var changed = HL7Letter("T02", control: "M2")
        changed.pdf = Letter.pdf("Autre")
        #expect(try await portal.told(changed.bytes).mistakes == ["205 E DUPLICATE_ID"])
        var mapping = DemoHospital.mapping
        mapping.senders[0].resentReplaces = true
        #expect(try await portal.told(changed.bytes, mapping).verdict == "AA")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await self.rows(portal, favre).count == 1)
    }

    @Test func `A client without the scope, or suspended, sends nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        _ = try await portal.token(of: "reader", scopes: "system/DocumentReference.r")
        var mapping = DemoHospital.mapping
        mapping.senders[0].client = Client.ID(rawValue: "reader")
        #expect(try await portal.told(HL7Letter().bytes, mapping).mistakes == ["207 E SENDER_NOT_ALLOWED"])
        mapping.senders[0].client = Client.ID(rawValue: "nobody")
        #expect(try await portal.told(HL7Letter().bytes, mapping).mistakes == ["207 E SENDER_NOT_ALLOWED"])
        // a sender with a certificate does not come in without
        mapping = DemoHospital.mapping
        mapping.senders[0].certificates = [String(repeating: "a", count: 64)]
        #expect(try await portal.told(HL7Letter().bytes, mapping).mistakes == ["207 E SENDER_NOT_ALLOWED"])
    }
}
