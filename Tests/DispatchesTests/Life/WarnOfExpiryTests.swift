import Access
import Delivery
import Demo
import Directory
import Dispatches
import Documents
import Storage
import TestSupport
import Testing

/// Nobody loses a document without two warnings, and nobody gets more mails than he chose.
@Suite struct WarnOfExpiryTests {
    private let favre = "7601099000013"
    private let jeanneret = "7601999000014"

    private func letter(for gln: String) async throws -> TestPortal {
        let portal = try await TestPortal.inhabited()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: gln)
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3", recipients: [gln]), try await portal.recordSystem())
        try await portal.deliver()
        return portal
    }

    private func mails(_ persona: Persona, _ portal: TestPortal) -> [CapturedMessage] {
        portal.messages.all.filter { $0.kind == .email && $0.to == persona.account.email }
    }

    private func day(_ days: Int, _ portal: TestPortal) async throws {
        portal.time.advance(days: days)
        try await portal.documents.endLives()
        try await portal.dispatches.warnOfExpiry()
        try await portal.deliver()
    }

    @Test func `Fourteen and three days before, in the digest of the day`() async throws {
        let portal = try await letter(for: jeanneret)
        try await day(1, portal)  // the digest of the letter itself
        let before = mails(DemoPeople.jeanneret, portal).count
        try await day(84, portal)
        #expect(mails(DemoPeople.jeanneret, portal).count == before, "fifteen days before: nothing")
        try await day(1, portal)
        #expect(mails(DemoPeople.jeanneret, portal).count == before, "the digest comes at 17 o'clock")
        portal.time.advance(minutes: 8 * 60)
        for _ in 0..<3 { try await day(0, portal) }
        #expect(mails(DemoPeople.jeanneret, portal).count == before + 1)
        let mail = try #require(mails(DemoPeople.jeanneret, portal).first)
        #expect(
            mail.subject == "Un document expire bientôt sur Mon Espace Pro"
                || mail.subject.contains("nouveau"))
        #expect(mail.text.contains("Un document expire le 28.02.2027."))
        for word in ["Jaquet", "sortie", "Cardiologie"] { #expect(!mail.text.contains(word)) }
        for _ in 0..<10 { try await day(1, portal) }
        #expect(mails(DemoPeople.jeanneret, portal).count == before + 1)
        try await day(1, portal)
        try await day(1, portal)
        #expect(mails(DemoPeople.jeanneret, portal).count == before + 2, "three days before")
    }

    @Test func `The notice of a new document says until when, and what ends soon, in one mail`() async throws
    {
        let portal = try await letter(for: favre)
        #expect(
            mails(DemoPeople.favre, portal).first?.text.contains("Disponible jusqu’au 28.02.2027.") == true)
        _ = try await portal.signIn(DemoPeople.favre)
        portal.time.advance(days: 90)
        try await portal.dispatches.warnOfExpiry()
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4"), try await portal.recordSystem())
        try await portal.deliver()
        #expect(mails(DemoPeople.favre, portal).count == 2)
        let mail = try #require(mails(DemoPeople.favre, portal).first)
        #expect(mail.subject.contains("nouveau document"))
        #expect(mail.text.contains("Un document expire le 28.02.2027."))
    }

    @Test func `Whoever was told once since the last sign-in, or wants nothing, gets no mail; pages say it`()
        async throws
    {
        let portal = try await letter(for: favre)
        #expect(mails(DemoPeople.favre, portal).count == 1)
        try await day(90, portal)
        #expect(mails(DemoPeople.favre, portal).count == 1, "silence until the next sign-in (D14)")
        try await portal.prefer(favre, policy: Practitioner.NotificationPolicy.none)
        _ = try await portal.signIn(DemoPeople.favre)
        try await day(8, portal)
        #expect(mails(DemoPeople.favre, portal).count == 1)
        #expect(try await portal.rows("document_reader WHERE warned_days = 3") == 1)
    }

    @Test func `An extension takes the warning back, and the new end has warnings of its own`() async throws {
        let portal = try await letter(for: favre)
        portal.time.advance(days: 90)
        let viewer = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.dispatches.warnOfExpiry() == 1)
        let id = try #require(try await portal.documents.listInbox(.init(), .newest, viewer).rows.first?.id)
        try await portal.documents.extendLife(of: id, viewer)
        try await portal.deliver()
        #expect(mails(DemoPeople.favre, portal).count == 1, "there is nothing left to say")
        #expect(try await portal.dispatches.warnOfExpiry() == 0)
        portal.time.advance(days: 97)
        #expect(try await portal.dispatches.warnOfExpiry() == 1)
    }
}
