import Access
import Delivery
import Demo
import Directory
import Documents
import Foundation
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// The three policies of notices, as a person with a mailbox sees them.
@Suite struct SendNoticeTests {
    private let favre = "7601099000013"
    private let jeanneret = "7601999000014"

    private func publish(_ numbers: ClosedRange<Int>, for gln: String, _ portal: TestPortal) async throws {
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: gln)
        let viewer = try await portal.recordSystem()
        for number in numbers {
            portal.time.advance(seconds: 1)
            _ = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:2.999.\(number)", recipients: [gln]), viewer)
        }
    }

    private func notices(_ persona: Persona, _ portal: TestPortal) -> [CapturedMessage] {
        portal.messages.all.filter { $0.kind == .email && $0.to == persona.account.email }
    }

    @Test func `One notice since the last sign-in, then silence until the next`() async throws {
        let portal = try await TestPortal.inhabited()
        try await publish(1...2, for: favre, portal)
        try await portal.deliver()
        try await publish(3...3, for: favre, portal)
        try await portal.deliver()
        #expect(notices(DemoPeople.favre, portal).count == 1)
        #expect(notices(DemoPeople.favre, portal).first?.text.contains("2") == true)
        #expect(try await portal.rows("dispatch WHERE notified_at IS NOT NULL") == 2)

        _ = try await portal.signIn(DemoPeople.favre)
        try await publish(4...5, for: favre, portal)
        try await portal.deliver()
        #expect(notices(DemoPeople.favre, portal).count == 2)
        // two mails, and five documents that they told of
        #expect(try await portal.events().filter { $0 == "noticeSent" }.count == 7)
    }

    @Test func `A notice is written in the language of the receiver's choice`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.directory.saveLanguage("de", portal.holder(DemoPeople.favre))
        try await publish(1...1, for: favre, portal)
        try await portal.deliver()
        #expect(notices(DemoPeople.favre, portal).first?.text.contains("Ein neues Dokument ist") == true)
    }

    @Test func `One digest a day at 17 o'clock, with the number of all that is new`() async throws {
        let portal = try await TestPortal.inhabited()
        try await publish(1...3, for: jeanneret, portal)
        try await portal.deliver()
        portal.time.advance(minutes: 7 * 60)
        try await portal.deliver()
        #expect(notices(DemoPeople.jeanneret, portal).isEmpty, "it is not yet 17 o'clock")
        portal.time.advance(minutes: 60)
        try await portal.deliver()
        try await portal.deliver()
        #expect(notices(DemoPeople.jeanneret, portal).count == 1)
        #expect(notices(DemoPeople.jeanneret, portal).first?.text.contains("3") == true)

        try await publish(4...4, for: jeanneret, portal)
        try await portal.deliver()
        #expect(notices(DemoPeople.jeanneret, portal).count == 1, "the next one is tomorrow's")
        portal.time.advance(days: 1)
        try await portal.deliver()
        #expect(notices(DemoPeople.jeanneret, portal).count == 2)
    }

    @Test func `No notice for whom wants none or has no address`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.prefer(favre, policy: Practitioner.NotificationPolicy.none)
        try await portal.prefer(jeanneret, email: "")
        try await publish(1...1, for: favre, portal)
        try await publish(2...2, for: jeanneret, portal)
        #expect(try await portal.rows("outbox WHERE kind = 'notice'") == 0)
    }

    @Test func `A notice is dropped when all was read, or when it is no longer wanted`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        try await publish(1...1, for: favre, portal)
        let id = try #require(
            try await portal.documents.listInbox(.init(), .newest, viewer).rows.first?.id)
        _ = try await portal.documents.open(id, for: .reading, viewer)
        try await publish(2...2, for: jeanneret, portal)
        try await portal.prefer(jeanneret, policy: Practitioner.NotificationPolicy.none)
        portal.time.advance(minutes: 8 * 60)
        try await portal.deliver()
        #expect(portal.messages.all.allSatisfy { $0.kind == .sms })
        #expect(try await portal.rows("outbox WHERE kind = 'notice' AND state = 'cancelled'") == 2)
        #expect(try await portal.rows("dispatch WHERE notified_at IS NOT NULL") == 0)
        #expect(try await !portal.events().contains("noticeSent"))
    }

    @Test func `After a notice that was dropped, the next document makes one`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        try await publish(1...1, for: favre, portal)
        let id = try #require(
            try await portal.documents.listInbox(.init(), .newest, viewer).rows.first?.id)
        _ = try await portal.documents.open(id, for: .reading, viewer)
        try await portal.deliver()
        #expect(notices(DemoPeople.favre, portal).isEmpty)
        try await publish(2...2, for: favre, portal)
        try await portal.deliver()
        #expect(notices(DemoPeople.favre, portal).count == 1, "she was never told since her sign-in")
    }

    /// Moments around the two changes of the clock in 2026, and when the digest of then is due.
    static let digests: [(now: String, due: String, day: String)] = [
        ("2026-11-20T08:00:00Z", "2026-11-20T16:00:00Z", "2026-11-20"),
        ("2026-11-20T16:00:01Z", "2026-11-21T16:00:00Z", "2026-11-21"),
        ("2026-11-20T22:59:59Z", "2026-11-21T16:00:00Z", "2026-11-21"),
        ("2026-11-20T23:30:00Z", "2026-11-21T16:00:00Z", "2026-11-21"),
        ("2026-03-28T23:30:00Z", "2026-03-29T15:00:00Z", "2026-03-29"),
        ("2026-03-29T01:00:00Z", "2026-03-29T15:00:00Z", "2026-03-29"),
        ("2026-03-28T15:30:00Z", "2026-03-28T16:00:00Z", "2026-03-28"),
        ("2026-10-24T22:30:00Z", "2026-10-25T16:00:00Z", "2026-10-25"),
        ("2026-10-25T00:30:00Z", "2026-10-25T16:00:00Z", "2026-10-25"),
        ("2026-10-25T01:30:00Z", "2026-10-25T16:00:00Z", "2026-10-25"),
        ("2026-10-24T14:59:00Z", "2026-10-24T15:00:00Z", "2026-10-24"),
        ("2026-12-31T23:30:00Z", "2027-01-01T16:00:00Z", "2027-01-01"),
    ]

    @Test(arguments: digests.indices)
    func `The digest is due at 17 o'clock in Switzerland, also when the clock changes`(_ index: Int) throws {
        let example = Self.digests[index]
        let plan = try #require(
            Notices.plan(for: .dreFavre(policy: .daily), at: try moment(example.now), digestHour: 17))
        #expect(plan.due == (try moment(example.due)))
        #expect(plan.key == "notice:a1:day:\(example.day)")
    }

    @Test(arguments: [1, 500, 999])
    func `A document that comes within the second of the digest waits for the next`(_ milliseconds: Int64)
        throws
    {
        let now = try moment("2026-11-20T16:00:00Z").adding(milliseconds: milliseconds)
        let plan = try #require(Notices.plan(for: .dreFavre(policy: .daily), at: now, digestHour: 17))
        #expect(plan.due == (try moment("2026-11-21T16:00:00Z")))
    }

    @Test func `The key of a notice is that of the last sign-in`() throws {
        let (now, last) = (Timestamp(rawValue: 2_000), Timestamp(rawValue: 1_000))
        let first = Notices.plan(for: .dreFavre(), at: now, digestHour: 17)
        let later = Notices.plan(for: .dreFavre(lastSignedInAt: last), at: now, digestHour: 17)
        #expect(first?.key == "notice:a1:since:0" && first?.due == now)
        #expect(later?.key == "notice:a1:since:1000")
        #expect(Notices.plan(for: .dreFavre(policy: .none), at: now, digestHour: 17) == nil)
        #expect(Notices.plan(for: .dreFavre(email: ""), at: now, digestHour: 17) == nil)
    }

    private func moment(_ text: String) throws -> Timestamp {
        Timestamp(rawValue: Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970 * 1000))
    }
}
