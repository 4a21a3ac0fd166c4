import Access
import Delivery
import Demo
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

/// A practice's program that is away: over a weekend it is not given up; after that its professional is told.
@Suite struct SubscriptionLifeTests {
    private func subscribe(_ practice: Hospital) async throws {
        let wish = """
            {"resourceType":"Subscription","status":"requested","reason":"Nouveaux documents",\
            "criteria":"DocumentReference","channel":{"type":"rest-hook",\
            "endpoint":"https://cabinet.example/p?cle=geheim"}}
            """
        #expect(try await practice.send(.post, "/fhir/Subscription", body: Array(wish.utf8)).status == 201)
    }

    private func pass(hours: Int, _ portal: TestPortal) async throws {
        for _ in 0..<hours {
            portal.time.advance(minutes: 60)
            try await portal.deliver()
        }
    }

    private func state(_ portal: TestPortal) async throws -> [Subscription.State] {
        try await portal.access.subscriptions(of: portal.holder(DemoPeople.favre)).map(\.state)
    }

    private func mails(_ portal: TestPortal) -> [CapturedMessage] {
        portal.messages.all.filter {
            $0.to == DemoPeople.favre.account.email && $0.subject.contains("n’est plus averti")
        }
    }

    @Test func `Who is away for a weekend is called when he is back, once for all that changed`() async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Practice.visit(portal, of: DemoPeople.favre) { try await subscribe($0) }
        portal.called.fail(with: .unavailable("status 503"))
        _ = try await portal.publishLetter(master: "urn:oid:2.999.1")
        try await pass(hours: 40, portal)
        _ = try await portal.publishLetter(master: "urn:oid:2.999.2")
        try await pass(hours: 32, portal)
        #expect(try await state(portal) == [.active])
        #expect(
            try await portal.rows("outbox WHERE kind = 'subscription' AND state = 'waiting'") == 1,
            "one call is owed, whatever changed meanwhile")

        portal.called.fail(with: nil)
        try await pass(hours: 1, portal)
        #expect(portal.called.addresses.count == 1)
        #expect(try await state(portal) == [.active] && mails(portal).isEmpty)
        // and the next change is told at once
        _ = try await portal.publishLetter(master: "urn:oid:2.999.3")
        try await portal.deliver()
        #expect(portal.called.addresses.count == 2)
    }

    @Test func `Something new is told at once when the program is back, however long it was away`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await Practice.visit(portal, of: DemoPeople.favre) { try await subscribe($0) }
        portal.called.fail(with: .unavailable("status 503"))
        _ = try await portal.publishLetter(master: "urn:oid:2.999.1")
        try await pass(hours: 20, portal)
        portal.called.fail(with: nil)
        _ = try await portal.publishLetter(master: "urn:oid:2.999.2")
        try await portal.deliver()
        #expect(portal.called.addresses.count == 1)
    }

    @Test func `After four days the professional gets one mail, and resumes it herself`() async throws {
        let portal = try await TestPortal.inhabited()
        try await Practice.visit(portal, of: DemoPeople.favre) { practice in
            try await subscribe(practice)
            try await subscribe(practice)
        }
        portal.called.fail(with: .unavailable("status 503"))
        _ = try await portal.publishLetter()
        try await pass(hours: 92, portal)
        #expect(try await state(portal) == [.error, .error])
        let mail = try #require(mails(portal).first)
        #expect(mails(portal).count == 1, "one mail for both")
        #expect(mail.text.contains("/profil/logiciels"))
        for secret in ["Lettre", "Jaquet", "geheim", "cabinet.example"] {
            #expect(!mail.text.contains(secret))
        }

        let holder = try await portal.holder(DemoPeople.favre)
        let all = try await portal.access.subscriptions(of: holder)
        let id = try #require(all.first?.id)
        let other = try await portal.holder(DemoPeople.jeanneret)
        #expect(try await portal.access.subscriptions(of: other).isEmpty)
        await #expect(throws: SubscriptionRefusal.notFound) {
            try await portal.access.resumeSubscription(id, by: other)
        }
        portal.called.fail(with: nil)
        try await portal.access.resumeSubscription(id, by: holder)
        try await portal.deliver()
        #expect(portal.called.addresses.count == 1, "it missed something, and is called at once")
        #expect(try await state(portal).filter { $0 == .active }.count == 1)
        await #expect(throws: SubscriptionRefusal.notFound, "it is not in error any more") {
            try await portal.access.resumeSubscription(id, by: holder)
        }
    }
}
