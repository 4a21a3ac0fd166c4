import Access
import Demo
import Dispatches
import Documents
import HL7v2
import Intake
import Storage
import TestSupport
import Testing

/// CON: for how long the patient's word on a stay holds. The clock stands at 20 November 2026, 9:00 in Switzerland.
@Suite struct ConsentMessageTests {
    private let stay = "2026115555"
    private let named = HL7Letter.role("7601099000013")

    /// A message of patient administration about the stay.
    private func tell(
        _ portal: TestPortal, _ control: String, _ others: [String], mapping: IntakeMapping? = nil
    ) async throws -> Message {
        try await portal.told(
            HL7Letter.administration("A08", control: control, stay: stay, with: others),
            mapping ?? DemoHospital.mapping)
    }

    /// Whether a new letter of the stay goes out.
    private func goesOut(_ portal: TestPortal, _ control: String) async throws -> Bool {
        var letter = HL7Letter("T02", control: control)
        letter.stay = stay
        letter.document = "\(control)^DPI^2.16.756.5.30.1.999.3^ISO"
        let answer = try await portal.told(letter.bytes)
        if answer.verdict == "AA" { return true }
        #expect(answer.mistakes == ["207 E NOT_DESIGNATED"])
        return false
    }

    /// From, until, and whether it holds today.
    static let periods: [(from: String, until: String, holds: Bool)] = [
        ("", "20261119", false), ("", "20261120", true), ("20261120", "", true), ("20261121", "", false),
        ("20261101", "20261231", true), ("20251101", "20251231", false), ("20261201", "20261231", false),
        // with an hour: what has begun holds today, what ends today is not sure to hold
        ("20261120085900+0100", "", true), ("20261120180000+0100", "", false),
        ("", "20261120085900+0100", false), ("", "20261120180000+0100", false),
        // how systems write the end of a day
        ("", "20261120235959", true), ("", "20261121000000", true), ("", "20261120000000", false),
        // midnight in Switzerland is 23:00 of the day before at Greenwich
        ("", "20261120230000+0000", true), ("20261119230000+0000", "", true),
        ("\"\"", "\"\"", true), ("99991231", "", false), ("00010101", "99991231", true),
    ]

    @Test(arguments: periods.indices)
    func `A consent counts on the days it holds, and on no other`(_ index: Int) async throws {
        let (from, until, holds) = Self.periods[index]
        let portal = try await TestPortal.inhabited()
        let answer = try await tell(
            portal, "1", [named, HL7Letter.consent("A", from: from, until: until)])
        #expect(answer.verdict == "AA")
        #expect(answer.mistakes == (holds ? [] : ["207 W CONSENT_MISSING"]))
        #expect(try await goesOut(portal, "2") == holds)
    }

    @Test func `It begins and ends with its days, also for who is named by a later message`() async throws {
        let portal = try await TestPortal.inhabited()
        let consent = HL7Letter.consent("A", from: "20261122", until: "20261124")
        #expect(try await tell(portal, "1", [consent]).mistakes == [])
        #expect(try await tell(portal, "2", [named]).mistakes == ["207 W CONSENT_MISSING"])
        #expect(try await goesOut(portal, "3") == false)
        portal.time.advance(days: 2)
        #expect(try await tell(portal, "4", [named]).mistakes == [])
        #expect(try await goesOut(portal, "5"))
        portal.time.advance(days: 2)
        #expect(try await goesOut(portal, "6"))
        portal.time.advance(days: 1)
        #expect(try await tell(portal, "7", [named]).mistakes == ["207 W CONSENT_MISSING"])
        #expect(try await goesOut(portal, "8") == false)
        let trail = try await portal.trail().filter { $0.event == "stayRecorded" }
        #expect(trail.last?.detail == "open consent=given from=2026-11-22 until=2026-11-24")
    }

    @Test func `The end of the stay makes no consent longer than it was given for`() async throws {
        let portal = try await TestPortal.inhabited()
        let consent = HL7Letter.consent("A", until: "20261130")
        #expect(try await tell(portal, "1", [named, consent]).mistakes == [])
        let discharge = HL7Letter.administration(
            "A03", control: "2", stay: stay, discharged: "20261120140000+0100")
        #expect(try await portal.told(discharge).verdict == "AA")
        portal.time.advance(days: 10)
        #expect(try await goesOut(portal, "3"))
        portal.time.advance(days: 1)
        #expect(try await goesOut(portal, "4") == false)
    }

    @Test func `The newest word counts, whether it is longer, shorter, without a time or taken back`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let steps: [(word: String, holds: Bool)] = [
            (HL7Letter.consent("A", until: "20261119"), false), (HL7Letter.consent("A"), true),
            (HL7Letter.consent("A", from: "20261201"), false),
            (HL7Letter.consent("A", until: "20261130"), true), (HL7Letter.consent("X"), false),
            (HL7Letter.consent("A", until: "20261130"), true), (HL7Letter.consent("R"), false),
            (HL7Letter.consent("A", until: "20261119"), false), (HL7Letter.consent("P"), false),
            (HL7Letter.consent("A"), true),
        ]
        for (number, step) in steps.enumerated() {
            #expect(try await tell(portal, "S\(number)", [named, step.word]).verdict == "AA")
            #expect(try await goesOut(portal, "\(number)") == step.holds, "step \(number)")
            // a message that says nothing of it changes nothing
            #expect(try await tell(portal, "Q\(number)", [named]).verdict == "AA")
            #expect(try await goesOut(portal, "10\(number)") == step.holds, "after step \(number)")
        }
        #expect(
            try await portal.rows(
                "designation WHERE stay_number = \(stay) AND gln IS NULL AND decision = 'permit'") == 1)
    }

    @Test func `A shorter word holds for those whom another sender named`() async throws {
        let portal = try await TestPortal.inhabited()
        let (mapping, second) = try await portal.twoSenders()
        let agreed = second(
            HL7Letter.administration(
                "A01", control: "1", stay: stay, with: [named, HL7Letter.consent("A")]))
        #expect(try await portal.told(agreed, mapping).mistakes == [])
        #expect(try await goesOut(portal, "2"))
        let ended = [HL7Letter.consent("A", until: "20261119")]
        #expect(try await tell(portal, "3", ended, mapping: mapping).verdict == "AA")
        #expect(try await goesOut(portal, "4") == false)
    }

    @Test(arguments: [("2026", ""), ("20260231", ""), ("", "31.12.2026"), ("", "202612")])
    func `What is no day is refused with its place`(_ from: String, _ until: String) async throws {
        let portal = try await TestPortal.inhabited()
        let answer = try await tell(
            portal, "1", [named, HL7Letter.consent("A", from: from, until: until)])
        #expect(answer.verdict == "AE" && answer.mistakes == ["102 E"])
        #expect(answer.place == (from.isEmpty ? "CON^1^15" : "CON^1^14"))
        #expect(try await portal.rows("stay WHERE number = \(stay)") == 0)
    }
}
