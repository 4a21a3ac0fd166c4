import Dispatches
import PDF
import Storage
import TestSupport
import Testing

/// The connection was lost during COMMIT: nobody knows whether the document is there.
@Suite struct UnknownCommitTests {
    @Test(arguments: [true, false])
    func `A document whose commit got no answer keeps its content, and is there once when it is sent again`(
        _ isCommitted: Bool
    ) async throws {
        let portal = try await TestPortal.inhabited()
        let sender = try await portal.recordSystem()
        // the first write of this month makes the month's key
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.0"), sender)
        let dispatches = DispatchActions(
            database: SilentDatabase(portal.database, isCommitted: isCommitted), keyring: portal.keyring,
            clock: portal.time.clock, documents: portal.documents, access: portal.access,
            inspection: PDFInspection(), policy: .require, digestHour: 17)
        let command = Letter.command(master: "urn:oid:2.999.1")

        await #expect(throws: StorageError.self) { try await dispatches.publish(command, sender) }
        #expect(portal.sealedFiles.count == 2, "a row may mention it")

        let again = try await portal.dispatches.publish(command, sender)
        #expect(again.isRepetition == isCommitted)
        #expect(try await portal.rows("document") == 2)
        let blobs = try await portal.texts("blob", "SELECT blob FROM content")
        #expect(Set(blobs).isSubset(of: portal.sealedFiles), "each row has its file")
    }
}

/// A database whose connection is lost during each COMMIT, before or after it happened.
private final class SilentDatabase: Database {
    private let real: any Database
    private let isCommitted: Bool

    init(_ real: any Database, isCommitted: Bool) {
        self.real = real
        self.isCommitted = isCommitted
    }

    var dialect: Dialect { real.dialect }
    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await real.read(body)
    }
    func writeOnce<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Transaction) throws -> T
    ) async throws -> T {
        if isCommitted { _ = try await real.writeOnce(isolation, body) }
        throw StorageError.commitUnknown("lost")
    }
    func script(_ sql: String, unless done: SQLText?) async throws {
        try await real.script(sql, unless: done)
    }
    func listen(_ channel: Channel) -> AsyncStream<String> { real.listen(channel) }
    func close() async { await real.close() }
}
