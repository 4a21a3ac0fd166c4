import Access
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// The journal of a service: what it shows, and how it is found.
@Suite struct FollowSendingsTests {
    @Test func `A service follows the record system's documents only where the team has said so`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.61"), portal.recordSystem())
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let followed = try await portal.dispatches.sendings(before: nil, chappuis)
        #expect(followed.rows.map(\.document.id) == [published.document.id])
        #expect(followed.rows.first?.canBeCancelled == false, "what the record system sent, it takes back")

        let benali = try await portal.holder(DemoPeople.benali)
        let service = try #require(try await portal.access.services(benali).first?.service)
        try await portal.access.follow(service.id, record: false, benali)
        #expect(try await portal.dispatches.sendings(before: nil, chappuis).rows.isEmpty)
        await #expect(throws: ManualRefusal.notFound) {
            _ = try await portal.dispatches.sending(published.document.id, chappuis)
        }
    }

    @Test func `Pages follow each other by key`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let viewer = try await portal.recordSystem()
        for number in 0..<5 {
            if number % 2 == 0 { portal.time.advance(seconds: 1) }
            _ = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:1.2.6.\(number)", words: "Lettre \(number)"), viewer)
        }
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let now = portal.time.now
        let pages = try await portal.database.read { transaction in
            let viewer = try transaction.confirmService(chappuis, at: now)
            var pages: [[Document]] = []
            var key: SentKey?
            while pages.count < 5 {
                let page = try transaction.sentDocuments(followedBy: viewer, before: key, limit: 2)
                guard let last = page.last else { break }
                pages.append(page)
                key = SentKey(last)
            }
            return pages
        }
        #expect(pages.map(\.count) == [2, 2, 1])
        let all = pages.flatMap { $0 }
        #expect(Set(all.map(\.id)).count == 5)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.publishedAt >= $1.publishedAt })
    }

    @Test func `Journal, logs and diagnosis read no table from end to end`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let favre = try await portal.practitioner("7601099000013")
        let gln = try #require(favre.gln)
        let now = portal.time.now
        let plans = try await portal.database.read { transaction in
            let viewer = try transaction.confirmService(chappuis, at: now)
            let explaining = ExplainingTransaction(transaction)
            _ = try explaining.sentDocuments(followedBy: viewer, before: nil, limit: 51)
            _ = try explaining.document(Document.ID(rawValue: "0"), followedBy: viewer)
            _ = try explaining.validDesignations(of: gln, on: "2026-11-20")
            _ = try explaining.refusedDeliveries(for: gln, since: now, limit: 50)
            _ = try explaining.delivered(
                to: favre.accountID, patients: [Patient.ID(rawValue: "p")], stayNumber: "1", viewer, at: now)
            _ = try explaining.newestDispatch(of: favre.accountID)
            _ = try explaining.auditLines(ofPatient: ["p"], before: nil, limit: 50)
            return explaining.plans
        }
        #expect(plans.count >= 7)
        for steps in plans {
            for (table, alias) in [
                ("document", "document"), ("manual_sending", "manual_sending"),
                ("designation", "designation"),
                ("refused_delivery", "refused_delivery"), ("dispatch", "dispatch"),
                ("audit_event", "audit_event"),
                ("document_reader", "document_reader"),
            ] { #expect(!ExplainingTransaction.scans(steps, table, as: alias), "\(steps)") }
        }
    }
}
