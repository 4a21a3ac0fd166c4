import Access
import Demo
import Documents
import HL7v2
import Intake
import TestSupport
import Testing

/// MDM that tells of a document without bringing it (T01, T03, T05, T07, T09).
@Suite struct NotificationTests {
    @Test(arguments: [
        ("T01", "T02"), ("T03", "T02"), ("T05", "T06"), ("T07", "T02"), ("T09", "T10"),
    ])
    func `A message without its document says which one brings it`(_ event: String, _ wanted: String)
        async throws
    {
        let portal = try await TestPortal.inhabited()
        var notice = HL7Letter(event)
        (notice.pdf, notice.parent) = (nil, "1^DPI^2.16.756.5.30.1.999.3^ISO")
        let answer = try await portal.told(notice.bytes)
        #expect(answer.verdict == "AE" && answer.mistakes == ["204 E UNKNOWN_DOCUMENT"])
        #expect(answer.diagnostics.contains("MDM^\(wanted)"), "\(answer.diagnostics)")
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.listInbox(InboxFilter(), .newest, favre).rows.isEmpty)
    }

    @Test(arguments: [
        ("T01", [String]()), ("T03", []), ("T05", []), ("T07", ["207 W UNCHANGED"]),
        ("T09", ["207 W UNCHANGED"]),
    ])
    func `About a document that is here it changes nothing, and says so where something new was meant`(
        _ event: String, _ warnings: [String]
    ) async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        var notice = HL7Letter(event, control: "M2")
        notice.pdf = nil
        let answer = try await portal.told(notice.bytes)
        #expect(answer.verdict == "AA" && answer.mistakes == warnings)
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(
            try await portal.documents.listInbox(InboxFilter(), .newest, favre).rows.map(\.version) == [1])
    }

    @Test func `A replacement that came is told once more without a warning`() async throws {
        let portal = try await TestPortal.inhabited()
        #expect(try await portal.told(HL7Letter().bytes).verdict == "AA")
        var replacement = HL7Letter("T10", control: "M2")
        replacement.parent = replacement.document
        replacement.document = "2026000418^DPI^2.16.756.5.30.1.999.3^ISO"
        replacement.pdf = Letter.pdf("Corrige")
        #expect(try await portal.told(replacement.bytes).verdict == "AA")
        (replacement.event, replacement.control, replacement.pdf) = ("T09", "M3", nil)
        let answer = try await portal.told(replacement.bytes)
        #expect(answer.verdict == "AA" && answer.mistakes.isEmpty)
    }
}
