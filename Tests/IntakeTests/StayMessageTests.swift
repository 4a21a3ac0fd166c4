import Access
import Demo
import Directory
import Dispatches
import Documents
import HL7v2
import Intake
import Storage
import TestSupport
import Testing

/// ADT: what it means for who may receive documents of a stay.
@Suite struct StayMessageTests {
    private let gln = "7601099000013"
    private let stay = "2026115555"

    private func letter(_ control: String) -> HL7Letter {
        var letter = HL7Letter("T02", control: control)
        letter.stay = stay
        letter.document = "\(control)^DPI^2.16.756.5.30.1.999.3^ISO"
        return letter
    }

    private func administration(_ event: String, _ control: String, with others: [String] = []) -> [UInt8] {
        HL7Letter.administration(event, control: control, stay: stay, with: others)
    }

    @Test func `To be named is no consent`() async throws {
        let portal = try await TestPortal.inhabited()
        let answer = try await portal.told(administration("A01", "1", with: [HL7Letter.role(gln)]))
        #expect(answer.verdict == "AA" && answer.mistakes == ["207 W CONSENT_MISSING"])
        #expect(try await portal.told(letter("2").bytes).mistakes == ["207 E NOT_DESIGNATED"])
        // the patient agrees later, and the letter goes
        #expect(
            try await portal.told(administration("A08", "3", with: [HL7Letter.consent("A")])).mistakes == [])
        #expect(try await portal.told(letter("4").bytes).verdict == "AA")
        // and takes it back
        #expect(
            try await portal.told(administration("A08", "5", with: [HL7Letter.consent("X")])).verdict == "AA")
        #expect(try await portal.told(letter("6").bytes).mistakes == ["207 E NOT_DESIGNATED"])
    }

    @Test func `A consent that came by FHIR is known here`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.designate(patient: "000412033", stay: stay, gln: gln)
        #expect(try await portal.told(administration("A01", "1", with: [HL7Letter.role(gln)])).mistakes == [])
    }

    @Test func `A word taken back ends what every sender recorded for the stay, and no other`() async throws {
        let portal = try await TestPortal.inhabited()
        let admissions = try await portal.machine("admissions")
        let agreed = Designation(
            id: Designation.ID(rawValue: ""), system: "urn:oid:2.999.7", identifier: "C-1",
            patientSystem: Letter.patientSystem, patientNumber: "000412033", staySystem: Letter.staySystem,
            stayNumber: stay, gln: GLN(rawValue: gln), decision: .permit, isActive: true, startsOn: nil,
            endsOn: nil, decidedAt: portal.time.now, version: 1)
        _ = try await portal.dispatches.record(agreed, ifMatch: nil, admissions)
        try await portal.designate(patient: "000412033", stay: stay, gln: gln)
        #expect(try await portal.told(letter("1").bytes).verdict == "AA")
        // the record system brings the patient's new word, of which the admissions know nothing
        let rescinded = administration("A08", "2", with: [HL7Letter.consent("X")])
        #expect(try await portal.told(rescinded).verdict == "AA")
        #expect(try await portal.told(letter("3").bytes).mistakes == ["207 E NOT_DESIGNATED"])
        #expect(
            try await portal.rows(
                "audit_event WHERE event = 'designationRevoked' AND outcome = 'success' AND actor_kind = 'client'"
            )
                == 2)
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA", "the other stay has its own word")
    }

    @Test func `A refusal stops everybody, until the patient agrees`() async throws {
        let portal = try await TestPortal(policy: .assert)
        try await portal.movePeopleIn()
        #expect(try await portal.told(letter("1").bytes).verdict == "AA", "the sending is the assertion")
        #expect(
            try await portal.told(administration("A08", "2", with: [HL7Letter.consent("R")])).verdict == "AA")
        #expect(try await portal.told(letter("3").bytes).mistakes == ["207 E NOT_DESIGNATED"])
        #expect(
            try await portal.told(administration("A08", "4", with: [HL7Letter.consent("A")])).verdict == "AA")
        #expect(try await portal.told(letter("5").bytes).verdict == "AA")
    }

    @Test func `A sender may be known to name nobody without consent`() async throws {
        let portal = try await TestPortal.inhabited()
        var mapping = DemoHospital.mapping
        mapping.senders[0].rolImpliesConsent = true
        #expect(
            try await portal.told(administration("A04", "1", with: [HL7Letter.role(gln)]), mapping).mistakes
                == [])
        #expect(try await portal.told(letter("2").bytes, mapping).verdict == "AA")
        // and to take a name away
        let gone = administration("A08", "3", with: [HL7Letter.role(gln, action: "DE")])
        #expect(try await portal.told(gone, mapping).verdict == "AA")
        #expect(try await portal.told(letter("4").bytes, mapping).mistakes == ["207 E NOT_DESIGNATED"])
    }

    @Test func `What another sender names is no consent for it`() async throws {
        let portal = try await TestPortal.inhabited()
        let (usual, second) = try await portal.twoSenders()
        var mapping = usual
        mapping.senders[0].rolImpliesConsent = true
        func goesOut(_ control: String) async throws -> Bool {
            try await portal.told(letter(control).bytes, mapping).verdict == "AA"
        }
        let warning = ["207 W CONSENT_MISSING"]
        // ADM, which needs a consent, names Dre Favre; DPI, which does not, speaks of the stay without naming anybody
        let named = second(administration("A01", "1", with: [HL7Letter.role(gln)]))
        #expect(try await portal.told(named, mapping).mistakes == warning)
        #expect(try await portal.told(administration("A08", "2"), mapping).mistakes == warning)
        #expect(try await !goesOut("3"))
        // somebody else whom DPI names changes nothing for her
        let other = administration("A08", "4", with: [HL7Letter.role("7601999000014")])
        #expect(try await portal.told(other, mapping).mistakes == warning)
        #expect(try await !goesOut("5"))
        // once DPI names her it holds, also when later messages of either do not repeat it
        let own = administration("A08", "6", with: [HL7Letter.role(gln)])
        #expect(try await portal.told(own, mapping).mistakes == [])
        #expect(try await portal.told(second(administration("A08", "7")), mapping).mistakes == [])
        #expect(try await portal.told(administration("A08", "8"), mapping).mistakes == [])
        #expect(try await goesOut("9"))
    }

    @Test func `Whom a consent let in, its end sends away, though the sender implies one`() async throws {
        let portal = try await TestPortal.inhabited()
        let (usual, second) = try await portal.twoSenders()
        var mapping = usual
        mapping.senders[0].rolImpliesConsent = true
        let named = second(administration("A01", "1", with: [HL7Letter.role(gln)]))
        #expect(try await portal.told(named, mapping).verdict == "AA")
        let agreed = administration("A08", "2", with: [HL7Letter.consent("A")])
        #expect(try await portal.told(agreed, mapping).mistakes == [])
        #expect(try await portal.told(letter("3").bytes, mapping).verdict == "AA")
        // pending again: what DPI implies covers whom it names itself, and it named nobody
        for (control, words) in [("4", [HL7Letter.consent("P")]), ("5", [])] {
            let pending = administration("A08", control, with: words)
            #expect(try await portal.told(pending, mapping).mistakes == ["207 W CONSENT_MISSING"])
        }
        #expect(try await portal.told(letter("6").bytes, mapping).mistakes == ["207 E NOT_DESIGNATED"])
    }

    @Test func `A designation lives on for the follow-up, and no longer`() async throws {
        let portal = try await TestPortal.inhabited()
        let words = [HL7Letter.role(gln), HL7Letter.consent("A")]
        #expect(try await portal.told(administration("A01", "1", with: words)).verdict == "AA")
        let discharge = HL7Letter.administration(
            "A03", control: "2", stay: stay, discharged: "20261120140000+0100")
        #expect(try await portal.told(discharge).verdict == "AA")
        portal.time.advance(days: 180)
        #expect(try await portal.told(letter("3").bytes).verdict == "AA")
        portal.time.advance(days: 1)
        #expect(try await portal.told(letter("4").bytes).mistakes == ["207 E NOT_DESIGNATED"])
    }

    @Test func `A stay stays with its patient`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(administration("A01", "1")).verdict == "AA")
        let other = HL7Letter.administration("A08", control: "2", stay: stay, patient: "000487120")
        #expect(try await portal.told(other).mistakes == ["207 E PATIENT_MISMATCH"])
        #expect(try await portal.refusals() == ["stay.otherPatient"])
    }

    @Test func `Administration corrects who a patient is, yet makes nobody somebody else`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        func correct(_ control: String, _ name: String, _ birthDate: String) async throws -> Message {
            try await portal.told(
                HL7Letter.administration("A08", control: control, name: name, birthDate: birthDate))
        }
        #expect(try await correct("2", "Jaquet^Hélène", "19580315").verdict == "AA")
        #expect(try await correct("3", "Jaquet-Rey^Hélène", "19580315").verdict == "AA")
        #expect(try await correct("4", "Keller^Ruth", "19490130").mistakes == ["207 E PATIENT_MISMATCH"])
        let favre = try await portal.signIn(DemoPeople.favre)
        let patient = try await portal.documents.listPatients(words: "", favre).rows.first?.patient
        #expect(patient?.familyName == "Jaquet-Rey" && patient?.birthDate == "1958-03-15")
    }

    @Test func `A merge makes nobody somebody else either`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        let other = HL7Letter.merge(
            "000412033", "000499871", control: "2", name: "Keller^Ruth", birthDate: "19490130")
        #expect(try await portal.told(other).mistakes == ["207 E PATIENT_MISMATCH"])
        #expect(try await portal.refusals() == ["patient.otherIdentity"])
        #expect(try await portal.rows("patient_link") == 0)
        let favre = try await portal.signIn(DemoPeople.favre)
        let patients = try await portal.documents.listPatients(words: "", favre).rows.map(\.patient)
        #expect(patients.map(\.familyName) == ["Jaquet"] && patients.first?.birthDate == "1958-03-14")
        // described as who she is, the number is hers
        let own = HL7Letter.merge("000412033", "000499871", control: "3")
        #expect(try await portal.told(own).verdict == "AA")
    }

    @Test func `Of a patient without documents no name is kept`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(
            try await portal.told(administration("A01", "1", with: [HL7Letter.role(gln)])).verdict == "AA")
        let count = try await portal.database.read {
            try $0.first("SELECT COUNT(*) AS n FROM patient")?.get("n", as: Int.self)
        }
        #expect(count == 0)
    }

    @Test func `A merge of numbers that nobody has documents under holds all the same`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(
            try await portal.told(HL7Letter.merge("000412033", "000499871", control: "1")).verdict == "AA")
        // a consent of the old number counts for the new one
        try await portal.designate(patient: "000499871", stay: stay, gln: gln)
        #expect(try await portal.told(letter("2").bytes).verdict == "AA")
        // a second merge takes the first one along
        #expect(
            try await portal.told(HL7Letter.merge("000400001", "000412033", control: "3")).verdict == "AA")
        var late = letter("4")
        late.patient = "000499871"
        #expect(try await portal.told(late.bytes).verdict == "AA")
        let favre = try await portal.signIn(DemoPeople.favre)
        let rows = try await portal.documents.listPatients(words: "", favre).rows
        #expect(rows.map(\.patient.number) == ["000400001"] && rows.first?.documents == 2)
        let same = try await portal.told(HL7Letter.merge("000400001", "000400001", control: "5"))
        #expect(same.mistakes == ["207 E SAME_NUMBER"])
    }
}
