import Access
import Demo
import Dispatches
import Storage
import TestSupport
import Testing

@testable import Documents

/// One extension for each document and reader, within what the institution allows; and what can be asked once all is over.
@Suite struct ExtendLifeTests {
    private func letter() async throws -> (TestPortal, Document.ID, Viewer) {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3"), try await portal.recordSystem())
        return (portal, published.document.id, try await portal.signIn(DemoPeople.favre))
    }

    @Test func `Once, by the lifetime of the preferences`() async throws {
        let (portal, id, viewer) = try await letter()
        let start = portal.time.now
        let before = try await portal.documents.open(id, for: .reading, viewer)
        #expect(before.expiresAt == start.adding(days: 100))
        #expect(before.extensibleUntil == start.adding(days: 200))
        #expect(try await portal.documents.extendLife(of: id, viewer) == start.adding(days: 200))
        let after = try await portal.documents.open(id, for: .reading, viewer)
        #expect(after.expiresAt == start.adding(days: 200) && after.extensibleUntil == nil)
        await #expect(throws: DocumentRefusal.notExtensible) {
            try await portal.documents.extendLife(of: id, viewer)
        }
        #expect(try await portal.events().filter { $0 == "lifetimeExtended" }.count == 1)
        portal.time.advance(days: 150)
        #expect(try await portal.documents.endLives() == EndedLives())
        portal.time.advance(days: 50)
        #expect(try await portal.documents.endLives() == EndedLives(readers: 1, documents: 1))
    }

    @Test func `Not somebody else's, and not what is over`() async throws {
        let (portal, id, viewer) = try await letter()
        await #expect(throws: DocumentRefusal.notFound) {
            try await portal.documents.extendLife(of: id, portal.signIn(DemoPeople.jeanneret))
        }
        await #expect(throws: DocumentRefusal.notFound) {
            try await portal.documents.askAgain(id, viewer)  // it can be read: nothing to ask for
        }
        portal.time.advance(days: 100)
        let late = try await portal.signIn(DemoPeople.favre)
        await #expect(throws: DocumentRefusal.expired) {
            try await portal.documents.extendLife(of: id, late)
        }
    }

    /// Days of the life, of the preference, and of the longest life; what an extension gives.
    static let examples: [(life: Int, days: Int, most: Int, result: Int?)] = [
        (100, 100, 365, 200), (300, 300, 365, 365), (365, 365, 365, nil), (30, 30, 365, 60),
        (364, 100, 365, 365), (400, 100, 365, nil),
    ]

    @Test(arguments: examples.indices)
    func `It ends at the longest life that the institution allows`(_ index: Int) {
        let example = Self.examples[index]
        var rules = LifeRules()
        rules.maximumDays = example.most
        let start = Timestamp(rawValue: 1_000_000)
        let end = Lifetime.extended(
            receivedAt: start, expiresAt: start.adding(days: example.life), days: example.days,
            isExtended: false, rules)
        #expect(end == example.result.map { start.adding(days: $0) })
    }

    @Test func `A new release is asked for once, by whoever may send for the space`() async throws {
        let (portal, id, _) = try await letter()
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre], rights: [.read])
        portal.time.advance(days: 100)
        try await portal.documents.endLives()
        await #expect(throws: DelegationRefusal.self) {
            try await portal.documents.askAgain(id, portal.signIn(DemoPeople.rochat))
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.gone(id, viewer).wish == nil)
        try await portal.documents.askAgain(id, viewer)
        try await portal.documents.askAgain(id, viewer)
        #expect(try await portal.documents.gone(id, viewer).wish?.askedAt == portal.time.now)
        #expect(try await portal.events().filter { $0 == "documentAskedAgain" }.count == 1)
        await #expect(throws: DocumentRefusal.notFound) {
            try await portal.documents.gone(id, portal.signIn(DemoPeople.jeanneret))
        }
    }

    @Test func `The hospital's service sees the wishes and says when one is done with`() async throws {
        let (portal, id, _) = try await letter()
        portal.time.advance(days: 100)
        let viewer = try await portal.signIn(DemoPeople.favre)
        try await portal.documents.askAgain(id, viewer)
        let member = try await portal.serviceMember()
        let wishes = try await portal.dispatches.askedAgain(member)
        #expect(wishes.map(\.document.id) == [id])
        #expect(wishes.first?.recipientName == "Dre Claire Favre")
        for persona in [DemoPeople.benali, DemoPeople.moret] {
            await #expect(throws: AccessRefusal.self) {
                try await portal.dispatches.askedAgain(portal.holder(persona))
            }
        }
        let other = try await portal.otherServiceMember()
        #expect(try await portal.dispatches.askedAgain(other).isEmpty)
        await #expect(throws: DispatchRefusal.notFound) {
            try await portal.dispatches.settleAskedAgain(
                id, for: viewer.principalID, .refused, reason: .silent, other)
        }
        try await portal.dispatches.settleAskedAgain(
            id, for: viewer.principalID, .refused, reason: .silent, member)
        #expect(try await portal.dispatches.askedAgain(member).isEmpty)
        #expect(try await portal.dispatches.askedAgain(isSettled: true, member).count == 1)
    }

    @Test func `The reader reads the answer and may ask again, a day after he had asked`() async throws {
        let (portal, id, _) = try await letter()
        portal.time.advance(days: 100)
        let viewer = try await portal.signIn(DemoPeople.favre)
        try await portal.documents.askAgain(id, viewer)
        portal.time.advance(minutes: 5)
        let member = try await portal.serviceMember()
        let reason = try #require(RenewalReason("Remplacé\nentre-temps"))
        try await portal.dispatches.settleAskedAgain(
            id, for: viewer.principalID, .refused, reason: reason, member)
        let wish = try #require(try await portal.documents.gone(id, viewer).wish)
        #expect(wish.answer == .refused && wish.reason == "Remplacé entre-temps")
        #expect(wish.settledAt == portal.time.now)
        await #expect(throws: DocumentRefusal.askedTooOften) {
            try await portal.documents.askAgain(id, viewer)
        }
        portal.time.advance(days: 1)
        let later = try await portal.signIn(DemoPeople.favre)
        try await portal.documents.askAgain(id, later)
        let again = try #require(try await portal.documents.gone(id, later).wish)
        #expect(again.askedAt == portal.time.now && again.settledAt == nil)
        #expect(again.answer == nil && again.reason == nil)
        #expect(try await portal.dispatches.askedAgain(portal.serviceMember()).count == 1)
    }

    @Test func `A reason is short`() {
        #expect(RenewalReason(String(repeating: "é", count: 200))?.text?.count == 200)
        #expect(RenewalReason(String(repeating: "é", count: 201)) == nil)
        #expect(RenewalReason(" \n ")?.text == nil)
    }
}
