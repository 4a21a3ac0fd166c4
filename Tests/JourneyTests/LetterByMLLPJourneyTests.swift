import Access
import Demo
import Dispatches
import Documents
import HL7v2
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Intake
import Storage
import TestSupport
import Testing

/// The same letter as in `DischargeLetterJourneyTests`, from a hospital whose record system speaks HL7 v2.
@Suite struct LetterByMLLPJourneyTests {
    @Test func `A patient comes, is designated for, goes, and her doctor reads the letter`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let gln = "7601099000013"

        try await portal.listening { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                // When the patient is admitted, names her doctor, and agrees
                let admission = HL7Letter.administration(
                    "A01", control: "ADT1", stay: "2026119999",
                    with: [HL7Letter.role(gln), HL7Letter.consent("A")])
                #expect(try await engine.exchange(admission)?.verdict == "AA")

                // And goes home, and the letter follows on the same connection
                let discharge = HL7Letter.administration(
                    "A03", control: "ADT2", stay: "2026119999", discharged: "20261119140000+0100")
                #expect(try await engine.exchange(discharge)?.verdict == "AA")
                var letter = HL7Letter("T02", control: "MDM1")
                letter.stay = "2026119999"
                let answer = try #require(try await engine.exchange(letter.bytes))
                // Then it is acknowledged once it is stored
                #expect(answer.verdict == "AA" && answer.mistakes.isEmpty)
                #expect(answer.first("MSA")?[2].text == "MDM1")
                // And again when the engine has not heard it
                let again = try #require(try await engine.exchange(letter.bytes))
                #expect(again.verdict == "AA" && again.words == "already processed")
            }
        }

        // Then Dre Favre finds it, with what the messages said
        try await portal.deliver()
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal, to: "/documents")
            #expect(favre.page.contains("Jaquet Hélène"))
            let links = Set(favre.links("/documents/").map { $0.prefix { $0 != "?" } })
            #expect(links.count == 1)
            try await favre.open(String(links.first ?? ""))
            for words in ["Lettre de sortie", "Cardiologie", "Dr Marc Aebischer"] {
                #expect(favre.page.contains(words), "\(words)")
            }
            try await favre.open("\(links.first ?? "")/fichier")
            #expect(favre.bytes == Letter.pdf())
        }
        // And the trail says how the record system proved itself, and under which number it sent
        let published = try await portal.trail().first { $0.event == "documentPublished" }
        #expect(published?.authentication == "mllp-loopback" && published?.requestID == "MDM1")
        #expect(published?.address == "127.0.0.1")
    }

    @Test func `Two numbers of one patient become one, and nothing of hers is lost`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        // Given letters under both numbers
        try await portal.designate(patient: "000499871", stay: "2026110001", gln: "7601099000013")
        var old = HL7Letter("T02", control: "M1")
        (old.patient, old.stay, old.document) = ("000499871", "2026110001", "1^DPI^2.16.756.5.30.1.999.3^ISO")
        #expect(try await portal.told(old.bytes).verdict == "AA")
        #expect(try await portal.told(HL7Letter("T02", control: "M2").bytes).verdict == "AA")
        try await portal.deliver()

        // When they are merged
        #expect(
            try await portal.told(HL7Letter.merge("000412033", "000499871", control: "M3")).verdict == "AA")
        let again = try await portal.told(HL7Letter.merge("000412033", "000499871", control: "M4"))
        #expect(again.verdict == "AA" && again.words == "already processed")
        // Then the other way round is refused
        let reverse = try await portal.told(HL7Letter.merge("000499871", "000412033", control: "M5"))
        #expect(reverse.verdict == "AE" && reverse.mistakes == ["207 E MERGED_ELSEWHERE"])

        // And a letter that was on its way under the old number lands with the others
        (old.document, old.control) = ("2^DPI^2.16.756.5.30.1.999.3^ISO", "M6")
        old.pdf = Letter.pdf("Resultats")
        #expect(try await portal.told(old.bytes).verdict == "AA")
        try await portal.deliver()

        // Then there is one patient with three documents, each of which opens
        let favre = try await portal.signIn(DemoPeople.favre)
        let list = try await portal.documents.listPatients(words: "", favre)
        #expect(list.rows.map(\.patient.number) == ["000412033"])
        #expect(list.rows.first?.documents == 3)
        // And she is found under both numbers, and at the address of the old one
        #expect(try await portal.documents.listPatients(words: "000499871", favre).rows.count == 1)
        let former = portal.documents.patientID(system: Letter.patientSystem, number: "000499871")
        let record = try await portal.documents.patientRecord(former, favre)
        #expect(record.patient.number == "000412033" && record.rows.count == 3)
        try await portal.application.test(.router) { client in
            let reader = Visitor(client)
            try await reader.signIn(DemoPeople.favre, at: portal, to: "/documents")
            let links = Set(reader.links("/documents/").map { String($0.prefix { $0 != "?" }) })
            #expect(links.count == 3)
            for link in links {
                try await reader.open("\(link)/fichier")
                #expect(reader.status == .ok && reader.bytes.starts(with: Array("%PDF".utf8)))
                try await reader.open(link)
                try await reader.open("\(link)/pages/1")
                #expect(reader.status == .ok)
            }
        }
        let merged = try await portal.trail().filter {
            $0.event == "patientMerged" && $0.outcome == "success"
        }
        #expect(merged.count == 2 && Set(merged.compactMap(\.patientID)).count == 2)
    }
}
