import Dispatches
import PDF
import Storage
import TestSupport
import Testing

/// What a sender waits for, and what not.
@Suite struct PublicationQueueTests {
    @Test func `A new document does not stand in one queue with lists, a repeated one may`() async throws {
        let portal = try await TestPortal.inhabited()
        let sender = try await portal.recordSystem()
        let dispatches = DispatchActions(
            database: CrowdedDatabase(portal.database), keyring: portal.keyring, clock: portal.time.clock,
            documents: portal.documents, access: portal.access, inspection: PDFInspection(),
            policy: .require, digestHour: 17)
        let command = Letter.command(master: "urn:oid:2.999.1")

        let published = try await dispatches.publish(command, sender)
        #expect(!published.isRepetition && published.dispatches.count == 1)

        await #expect(throws: CrowdedDatabase.Queue.self) { try await dispatches.publish(command, sender) }
        #expect(try await portal.dispatches.publish(command, sender).isRepetition)
        #expect(try await portal.rows("document") == 1)
    }
}

/// A database whose readers are all busy: who asks for one hears so.
private final class CrowdedDatabase: Database {
    struct Queue: Error {}
    private let real: any Database

    init(_ real: any Database) { self.real = real }

    var dialect: Dialect { real.dialect }
    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        throw Queue()
    }
    func glance<T: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> T
    ) async throws -> T {
        try await real.glance(body)
    }
    func writeOnce<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> T
    ) async throws -> T {
        try await real.writeOnce(isolation, body)
    }
    func script(_ sql: String, unless done: SQLText?) async throws {
        try await real.script(sql, unless: done)
    }
    func listen(_ channel: Channel) -> AsyncStream<String> { real.listen(channel) }
    func close() async { await real.close() }
}
