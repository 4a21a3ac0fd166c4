import Access
import Delivery
import Demo
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// What goes to the national record, and what becomes of it there.
@Suite struct FeedRecordTests {
    /// Takes whatever it gets.
    private struct OpenRecord: NationalRecord {
        func publish(_ entry: RecordEntry) async throws {}
    }

    private func portal() async throws -> TestPortal {
        let portal = try await TestPortal(waysOut: { $0.feedsNationalRecord = true })
        try await portal.movePeopleIn()
        return portal
    }

    private func jobs(_ portal: TestPortal) async throws -> Int {
        try await portal.rows("outbox WHERE kind = 'nationalRecord'")
    }

    @Test func `What a system publishes goes there, what somebody sends by hand does not`() async throws {
        let portal = try await portal()
        let now = portal.time.now
        var hand = Sender(clientID: .manual, actor: .system(node: "test"))
        hand.confirm = { try $0.keepManualClient(at: now) }
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.3"), hand)
        #expect(try await jobs(portal) == 0)
        #expect(try await portal.rows("document") == 1)
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.4", words: "Autre"), portal.recordSystem())
        #expect(try await jobs(portal) == 1)
    }

    @Test func `A recall after it went there leaves word that it has to be taken back there`() async throws {
        let portal = try await portal()
        let machine = try await portal.recordSystem()
        let id = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.3"), machine)
            .document.id
        #expect(try await portal.recordWorker(OpenRecord()).workOnce())
        _ = try await portal.dispatches.withdraw(.id(id), reason: WithdrawalReason("Erreur"), machine)
        let fed = try await portal.trail().filter { $0.event == "recordFed" }
        #expect(fed.map(\.outcome) == ["success", "failed"])
        #expect(fed.last?.rule == "record.notWithdrawn" && fed.last?.objectID == id.rawValue)
    }

    @Test func `A recall before it went there keeps it from going, and leaves no such word`() async throws {
        let portal = try await portal()
        let machine = try await portal.recordSystem()
        let id = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.3"), machine)
            .document.id
        _ = try await portal.dispatches.withdraw(.id(id), reason: WithdrawalReason("Erreur"), machine)
        #expect(try await portal.recordWorker(OpenRecord()).workOnce())
        #expect(try await !portal.events().contains("recordFed"))
    }

    @Test func `What nobody may have here is stored nowhere, and does not go there`() async throws {
        let portal = try await portal()
        try await portal.tamper("UPDATE account SET state = 'suspended'")
        await #expect(throws: (any Error).self) {
            _ = try await portal.dispatches.publish(
                Letter.command(master: "urn:oid:1.2.3"), portal.recordSystem())
        }
        #expect(try await jobs(portal) == 0)
        #expect(try await portal.rows("document") == 0)
    }
}
