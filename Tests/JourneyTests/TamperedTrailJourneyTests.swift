import Access
import Demo
import Dispatches
import Foundation
import Storage
import TestSupport
import Testing

/// Somebody with write access to the database changes the trail. A verifier who has only the log and the
/// exported checkpoints names the first event that is not as it was (security.md, S13).
@Suite struct TamperedTrailJourneyTests {
    /// A trail of some thirty events under two checkpoints.
    static func portal() async throws -> TestPortal {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let system = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.1"), system)
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        for number in 2...4 {
            _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.\(number)"), system)
        }
        _ = try await portal.signIn(DemoPeople.favre)
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        return portal
    }

    private static func isBad(_ verdict: AuditVerdict, at sequence: Int64) -> Bool {
        if case .bad(let first, _) = verdict { return first == sequence }
        return false
    }

    @Test func `An untouched trail is sound`() async throws {
        let portal = try await Self.portal()
        guard case .sound(let events, 2, 0) = try await portal.access.verifyAudit(against: portal.checkpoints)
        else {
            Issue.record("not sound")
            return
        }
        #expect(events > 10)
    }

    @Test(arguments: [
        "event = 'documentOpened'", "outcome = 'refused'", "recorded_at = recorded_at + 1", "actor_id = 'x'",
        "object_id = 'x'", "address = '203.0.113.9'", "detail = 'x'", "basis = 'assertion'", "rule = 'x'",
        "patient_id = 'x'", "node = 'other'", "object_version = 9",
        "previous = (SELECT other.leaf FROM audit_event other WHERE other.sequence = 3)",
    ])
    func `A change of any field is found, and the event is named`(_ change: String) async throws {
        let portal = try await Self.portal()
        let sequence: Int64 = 12
        try await portal.database.script("UPDATE audit_event SET \(change) WHERE sequence = \(sequence)")
        let verdict = try await portal.access.verifyAudit(against: portal.checkpoints)
        #expect(Self.isBad(verdict, at: sequence), "\(verdict)")
    }

    @Test func `A missing, an exchanged and a cut event are found`() async throws {
        for (script, first) in [
            ("DELETE FROM audit_event WHERE sequence = 9", Int64(9)),
            (
                "UPDATE audit_event SET sequence = -1 WHERE sequence = 7; "
                    + "UPDATE audit_event SET sequence = 7 WHERE sequence = 8; "
                    + "UPDATE audit_event SET sequence = 8 WHERE sequence = -1", Int64(7)
            ),
            ("DELETE FROM audit_event WHERE sequence >= 14", Int64(14)),
        ] {
            let portal = try await Self.portal()
            try await portal.database.script(script)
            let verdict = try await portal.access.verifyAudit(against: portal.checkpoints)
            #expect(Self.isBad(verdict, at: first), "\(script): \(verdict)")
        }
    }

    @Test func `An emptied, a shortened and a torn file of checkpoints are found`() async throws {
        let portal = try await Self.portal()
        _ = try await portal.signIn(DemoPeople.jeanneret)
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        portal.time.advance(minutes: 2)  // another node's signature of this minute may still be on its way
        let path = portal.folder + "/checkpoints.txt"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let firstBlock = try #require(text.range(of: "\n.\n")).upperBound
        for rest in ["", String(text[..<firstBlock]), String(text.dropLast(300))] {
            try rest.write(toFile: path, atomically: true, encoding: .utf8)
            let verdict = try await portal.access.verifyAudit(against: portal.checkpoints)
            if case .sound = verdict { Issue.record("\(rest.utf8.count) bytes are left and nobody noticed") }
        }
    }

    @Test func `A block torn by a power failure is exported again, and the trail is sound`() async throws {
        let portal = try await Self.portal()
        let path = portal.folder + "/checkpoints.txt"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try String(text.dropLast(300)).write(toFile: path, atomically: true, encoding: .utf8)
        try await portal.access.checkpointAudit(to: portal.checkpoints)
        let verdict = try await portal.access.verifyAudit(against: portal.checkpoints)
        guard case .sound(_, 2, 0) = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }

    @Test func `A changed checkpoint is found`() async throws {
        let portal = try await Self.portal()
        let path = portal.folder + "/checkpoints.txt"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices where !lines[index].isEmpty && lines[index] != "." {
            var changed = lines
            // the size of the tree may read the same backwards
            let backwards = String(changed[index].reversed())
            changed[index] = backwards == changed[index] ? backwards + "1" : backwards
            try changed.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            let verdict = try await portal.access.verifyAudit(against: portal.checkpoints)
            if case .sound = verdict { Issue.record("line \(index) was changed and nobody noticed") }
        }
    }
}
