import Access
import Foundation
import Storage
import TestSupport
import Testing

/// What a trail proves without checkpoints, and that each has its place. What tampering looks like is shown in
/// TamperedTrailJourneyTests.
@Suite struct CheckpointTests {
    private func verdict(_ portal: TestPortal) async throws -> AuditVerdict {
        try await portal.access.verifyAudit(against: portal.checkpoints)
    }

    private func withoutPlace(_ portal: TestPortal) async throws -> Int {
        try await portal.texts("id", "SELECT CAST(id AS TEXT) AS id FROM audit_event WHERE sequence IS NULL")
            .count
    }

    @Test func `Nothing has happened: sound`() async throws {
        #expect(try await verdict(try await TestPortal()) == .sound(events: 0, checkpoints: 0, unsealed: 0))
    }

    @Test func `Events without one checkpoint are not proved`() async throws {
        let portal = try await TestPortal()
        _ = try await Doctor(portal).signIn()
        let events = Int64(try await portal.rows("audit_event"))
        #expect(try await verdict(portal) == .notProved(events: events))
        try "".write(toFile: portal.checkpoints.path, atomically: true, encoding: .utf8)
        #expect(
            try await verdict(portal) == .notProved(events: events), "an empty file proves nothing either")
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        #expect(try await verdict(portal) == .sound(events: events, checkpoints: 1, unsealed: 0))
    }

    @Test func `Checkpoints that were taken away are missed`() async throws {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        _ = try await doctor.signIn()
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        try FileManager.default.removeItem(atPath: portal.checkpoints.path)
        guard case .badCheckpoint = try await verdict(portal) else { throw TestFailure("nobody noticed") }
    }

    @Test func `A file that lacks what other nodes signed is sound for a minute, and then not any more`()
        async throws
    {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        let other = ExportedCheckpoints(path: portal.folder + "/other-node.txt")
        for _ in 0..<3 {
            _ = try await doctor.offer("Pas-le-bon-mot")
            try await portal.access.checkpointAudit(to: other)
        }
        guard case .sound = try await verdict(portal) else { throw TestFailure("a false alarm") }
        portal.time.advance(minutes: 2)
        guard case .badCheckpoint = try await verdict(portal) else { throw TestFailure("nobody noticed") }
    }

    @Test func `A rewritten trail without checkpoints in the database is not proved by an empty file`()
        async throws
    {
        let portal = try await TestPortal()
        _ = try await Doctor(portal).signIn()
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        try await portal.tamper("DELETE FROM audit_checkpoint")
        try FileManager.default.removeItem(atPath: portal.checkpoints.path)
        guard case .notProved = try await verdict(portal) else { throw TestFailure("it counts as sound") }
    }

    @Test func `A checkpoint is made when something happened, and only then`() async throws {
        let portal = try await TestPortal()
        #expect(try await portal.access.checkpointAudit(to: portal.checkpoints) == nil)
        let doctor = try await Doctor(portal)
        let first = try #require(try await portal.access.checkpointAudit(to: portal.checkpoints))
        #expect(try await portal.access.checkpointAudit(to: portal.checkpoints) == nil)
        _ = try await doctor.offer("Pas-le-bon-mot")
        let second = try #require(try await portal.access.checkpointAudit(to: portal.checkpoints))
        #expect(second.size == first.size + 1 && second.root != first.root)
        #expect(try await verdict(portal) == .sound(events: second.size, checkpoints: 2, unsealed: 0))
        _ = try await doctor.offer("Pas-le-bon-mot")
        #expect(try await verdict(portal) == .sound(events: second.size + 1, checkpoints: 2, unsealed: 1))
    }

    @Test func `An event has its place at once where one writes at a time`() async throws {
        let portal = try await TestPortal()
        _ = try await Doctor(portal).signIn()
        let isSealedAtOnce = portal.database.dialect == .sqlite
        #expect(try await (withoutPlace(portal) == 0) == isSealedAtOnce)
        #expect(try await portal.access.unsealedEvents() == Int64(portal.rows("audit_event")))
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        #expect(try await portal.access.unsealedEvents() == 0)
    }

    @Test func `Events without a place hold up nobody, and get theirs behind those that came later`()
        async throws
    {
        let portal = try await TestPortal()
        let doctor = try await Doctor(portal)
        for _ in 0..<3 { _ = try await doctor.offer("Pas-le-bon-mot") }
        try await portal.access.sealAudit()
        // as an engine leaves it that gives all places later
        try await portal.tamper(
            """
            UPDATE audit_event SET sequence = NULL, previous = NULL, leaf = NULL
            WHERE id >= (SELECT MAX(id) FROM audit_event) - 1
            """)
        _ = try await doctor.offer("Pas-le-bon-mot")
        #expect(
            try await withoutPlace(portal) == (portal.database.dialect == .sqlite ? 2 : 3))
        try await portal.access.sealAudit()
        // the last row is not the last of the chain now
        _ = try await doctor.offer("Pas-le-bon-mot")
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        let events = Int64(try await portal.rows("audit_event"))
        #expect(try await verdict(portal) == .sound(events: events, checkpoints: 1, unsealed: 0))
    }

    @Test func `The result of a verification is an event with its rule`() async throws {
        let portal = try await TestPortal()
        for verdict in [
            AuditVerdict.sound(events: 0, checkpoints: 0, unsealed: 0), .notProved(events: 1),
            .bad(sequence: 0, reason: ""), .badCheckpoint(number: 0, reason: ""),
        ] { try await portal.access.recordVerification(verdict) }
        let rules = try await portal.texts(
            "rule",
            "SELECT outcome || ' ' || COALESCE(rule, '') AS rule FROM audit_event ORDER BY id")
        #expect(rules == ["success ", "failed audit.notProved", "failed audit.bad", "failed audit.bad"])
    }
}
