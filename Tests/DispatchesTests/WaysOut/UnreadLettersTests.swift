import Access
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// Which unread documents go on paper, and what becomes of those that cannot.
@Suite struct UnreadLettersTests {
    private func portal(hasAddress: Bool) async throws -> TestPortal {
        let portal = try await TestPortal(waysOut: { $0.postUnreadDays = 7 })
        try await portal.movePeopleIn()
        if hasAddress {
            let holder = try await portal.holder(DemoPeople.favre)
            var form = AddressForm()
            (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
            (form.city, form.country) = ("Ville du Lac", "CH")
            try await portal.directory.addAddress(form, holder)
        }
        return portal
    }

    private func publish(_ portal: TestPortal) async throws -> Document.ID {
        try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3"), try await portal.recordSystem()
        ).document.id
    }

    /// What a run would take at most.
    private func due(_ portal: TestPortal) async throws -> [Document.ID] {
        let now = portal.time.now
        return try await portal.database.read { transaction in
            try transaction.unreadForPost(
                before: now.adding(days: -7), after: now.adding(days: -37), limit: 500
            ).map(\.document)
        }
    }

    @Test func `Whoever may not receive takes no place in a run`() async throws {
        let portal = try await portal(hasAddress: true)
        let id = try await publish(portal)
        portal.time.advance(days: 8)
        #expect(try await due(portal) == [id])
        let account = try await portal.holder(DemoPeople.favre).accountID
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(account)")
        #expect(try await due(portal).isEmpty)
        #expect(try await portal.dispatches.keepPostQueue() == PostQueueChange(queued: 0, dropped: 0))
    }

    @Test func `What has no postal address is shown to the service that sent it, to no other`() async throws {
        let portal = try await portal(hasAddress: false)
        let id = try await publish(portal)
        portal.time.advance(days: 6)
        #expect(try await portal.dispatches.unaddressed(portal.serviceMember()).count == 0)
        portal.time.advance(days: 2)
        let member = try await portal.serviceMember()
        #expect(try await due(portal).isEmpty)
        let found = try await portal.dispatches.unaddressed(member)
        #expect(found.count == 1 && found.rows.map(\.document.id) == [id])
        #expect(found.rows.map(\.recipient) == ["Dre Claire Favre"])
        #expect(
            try await portal.trail().contains {
                $0.event == "documentSearched" && $0.detail == "post=unaddressed"
            })
        let other = try await portal.otherServiceMember()
        #expect(try await portal.dispatches.unaddressed(other).count == 0)
        let benali = try await portal.holder(DemoPeople.benali)
        await #expect(throws: AccessRefusal.self) { _ = try await portal.dispatches.unaddressed(benali) }

        _ = try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.favre))
        #expect(try await portal.dispatches.unaddressed(member).count == 0, "somebody has read it")
    }

    @Test func `Where what is unread does not go on paper, nothing is missing`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        _ = try await publish(portal)
        portal.time.advance(days: 8)
        #expect(try await portal.dispatches.unaddressed(portal.serviceMember()).count == 0)
    }
}
