import Access
import Foundation
import Storage
import TestSupport
import Testing
import Vault

/// Each event has the place behind the one before, whoever wrote that, and whatever was undone between them.
@Suite struct AuditPlaceTests {
    private struct Unwanted: Error {}

    private func record(_ number: Int, in transaction: any Transaction, at now: Timestamp) throws {
        try transaction.record(
            AuditEntry(.documentSearched, detail: "\(number)"), by: .system(node: "test"), at: now)
    }

    @Test func `Among many at once, of whom some throw, no place is missing and none is given twice`()
        async throws
    {
        let portal = try await TestPortal()
        let now = portal.time.now
        await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    try? await portal.database.write { transaction in
                        try record(number, in: transaction, at: now)
                        if number % 3 == 0 { throw Unwanted() }
                        try record(number, in: transaction, at: now)
                    }
                }
            }
        }
        let events = Int64(2 * (200 - 67))
        try await portal.access.sealAudit()
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        #expect(
            try await portal.access.verifyAudit(against: portal.checkpoints)
                == .sound(events: events, checkpoints: 1, unsealed: 0))
    }

    /// SQLite only: a command of the operator writes to the file of a node that runs.
    @Test func `Two programs that write to one file in turn make one chain`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "places-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "portal.sqlite").path(percentEncoded: false)
        let one = try SQLiteDatabase(path: file)
        try await Migrations.apply(to: one, at: 0)
        let programs = [one, try SQLiteDatabase(path: file)]
        let time = FrozenClock()
        let now = time.now
        for number in 0..<12 {
            // by ones and by twos, so that each follows itself and the other
            try await programs[number / 2 % 2].write { try record(number, in: $0, at: now) }
            try await programs[number % 2].write { try record(number, in: $0, at: now) }
        }
        let access = AccessActions(
            database: programs[0], keyring: try Keyring(root: (0..<32).map { UInt8($0) }), clock: time.clock,
            rules: AccessRules(), node: "test")
        let checkpoints = ExportedCheckpoints(path: folder.path(percentEncoded: false) + "/checkpoints.txt")
        try await access.checkpointAudit(to: checkpoints)
        #expect(
            try await access.verifyAudit(against: checkpoints)
                == .sound(events: 24, checkpoints: 1, unsealed: 0))
    }
}
