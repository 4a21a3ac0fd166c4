import Access
import Demo
import Documents
import Foundation
import Synchronization
import TestSupport
import Testing

/// After a revocation was acknowledged, nothing is read any more, wherever readers were at that moment (S9). The
/// interleavings are made by chance: a hundred here, ten thousand with `REVOCATIONS=10000`.
@Suite struct RevocationTests {
    private static let rounds = Int(ProcessInfo.processInfo.environment["REVOCATIONS"] ?? "") ?? 100

    @Test func `Readers that begin after the end of a delegation read nothing, whatever comes first`()
        async throws
    {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let favre = try await portal.holder(DemoPeople.favre)
        var rochat = try await signIn(DemoPeople.rochat, portal)
        for round in 0..<Self.rounds {
            try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre], rights: [.read])
            rochat = try await enter(favre.accountID, rochat, portal)
            let viewer = try #require(rochat.viewer)
            let delegation = try #require(viewer.acting?.delegationID)
            let end = End()
            let late = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 { group.addTask { await Self.read(viewer, portal, end) } }
                group.addTask {
                    try await Task.sleep(for: .microseconds(Int.random(in: 0...2000)))
                    let by = Bool.random() ? favre : viewer.holder
                    try await portal.access.endDelegation(delegation, by)
                    end.isAcknowledged.store(true, ordering: .sequentiallyConsistent)
                    return 0
                }
                return try await group.reduce(0, +)
            }
            #expect(late == 0, "round \(round)")
        }
    }

    /// Reads until it is refused.
    /// - Returns: how many answers were begun after the acknowledgement, and came.
    private static func read(_ viewer: Viewer, _ portal: TestPortal, _ end: End) async -> Int {
        var late = 0
        for _ in 0..<1000 {
            let isLate = end.isAcknowledged.load(ordering: .sequentiallyConsistent)
            do { _ = try await portal.documents.unreadCount(viewer) } catch { return late }
            if isLate { late += 1 }
        }
        return late
    }

    private final class End: Sendable {
        let isAcknowledged = Atomic(false)
    }

    private typealias Signed = (token: String, holder: Holder, viewer: Viewer?)

    private func signIn(_ persona: Persona, _ portal: TestPortal) async throws -> Signed {
        let first = try await portal.access.signIn(
            email: persona.account.email, password: persona.password, origin: Doctor.origin())
        guard case .codeExpected(let token, _) = first else { throw TestFailure("\(first)") }
        let mobile = try #require(persona.account.mobile)
        let second = try await portal.access.signIn(
            code: try await portal.newestCode(to: mobile), token: token, origin: Doctor.origin())
        guard case .signedIn(let session) = second else { throw TestFailure("\(second)") }
        return try await found(session, portal)
    }

    private func enter(_ space: Account.ID, _ who: Signed, _ portal: TestPortal) async throws -> Signed {
        try await found(
            portal.access.enterSpace(of: space, token: who.token, who.holder), portal)
    }

    private func found(_ token: String, _ portal: TestPortal) async throws -> Signed {
        guard let found = try await portal.access.session(token: token, origin: Doctor.origin()),
            let holder = found.holder
        else { throw TestFailure("no session") }
        return (token, holder, found.viewer)
    }
}
