import Access
import Storage
import Synchronization
import TestSupport
import Testing

/// A session is remembered while its rows stand, on SQLite, and ends at once all the same.
@Suite struct RememberedSessionTests {
    private let portal: TestPortal
    private let doctor: Doctor
    private let token: String
    private let viewer: Viewer
    private let counted: CountedDatabase

    init() async throws {
        portal = try await TestPortal()
        doctor = try await Doctor(portal)
        (token, viewer) = try await doctor.signIn()
        counted = CountedDatabase(portal.database)
    }

    private func actions(on database: any Database) -> AccessActions {
        AccessActions(
            database: database, keyring: portal.keyring, clock: portal.time.clock, rules: AccessRules(),
            node: "test")
    }

    private func find(_ actions: AccessActions, isPresent: Bool = true) async throws -> FoundSession? {
        try await actions.session(token: token, origin: Doctor.origin(), isPresent: isPresent)
    }

    @Test func `Who was found is asked for again when a row has changed, and not before`() async throws {
        let access = actions(on: counted)
        let first = try #require(try await find(access))
        let second = try #require(try await access.session(token: token, origin: Doctor.origin("192.0.2.77")))
        #expect(counted.reads == (counted.dialect == .sqlite ? 1 : 2))
        #expect(second.session.id == first.session.id)
        #expect(second.viewer?.accountID == doctor.id)
        #expect(second.holder?.origin.address == "192.0.2.77", "each request has its own origin")
        try await portal.tamper("UPDATE account SET family_name = 'Martin' WHERE id = \(doctor.id)")
        #expect(try await find(access)?.account.familyName == "Martin")
        #expect(counted.reads == (counted.dialect == .sqlite ? 2 : 3))
    }

    @Test func `Others are not remembered by mistake`() async throws {
        let access = actions(on: counted)
        _ = try await find(access)
        #expect(
            try await access.session(
                token: String(repeating: "0", count: 64), origin: Doctor.origin()) == nil)
        #expect(try await access.session(token: "", origin: Doctor.origin()) == nil)
        let (pending, _) = try await doctor.expectCode()
        for _ in 0..<2 {
            let waiting = try await access.session(token: pending, origin: Doctor.origin())
            #expect(waiting?.holder == nil, "the password alone opens nothing")
        }
    }

    enum Ending: CaseIterable { case ended, expired, replaced, suspended }

    @Test(arguments: Ending.allCases)
    func `What ends a session ends it at once`(_ ending: Ending) async throws {
        let access = actions(on: counted)
        #expect(try await find(access) != nil)
        switch ending {
        case .ended: try await portal.tamper("UPDATE session SET ended_at = 1")
        case .expired: try await portal.tamper("UPDATE session SET expires_at = 1")
        case .replaced:
            try await portal.tamper("UPDATE session SET token_hash = \([UInt8](repeating: 0, count: 32))")
        case .suspended: try await portal.tamper("UPDATE account SET state = 'suspended'")
        }
        #expect(try await find(access) == nil)
    }

    @Test func `What was undone ends nothing`() async throws {
        let access = actions(on: counted)
        #expect(try await find(access) != nil)
        await #expect(throws: StorageError.self) {
            try await portal.database.write { transaction in
                try transaction.execute("UPDATE session SET ended_at = 1")
                try transaction.execute("UPDATE session SET nothing = 1")
            }
        }
        #expect(try await find(access) != nil)
    }

    @Test func `It ends with its time, too`() async throws {
        let access = actions(on: counted)
        portal.time.advance(seconds: 20 * 60 - 5)
        #expect(try await find(access, isPresent: false) != nil)
        portal.time.advance(seconds: 4)
        #expect(try await find(access, isPresent: false) != nil)
        portal.time.advance(seconds: 1)
        #expect(try await find(access, isPresent: false) == nil)
    }

    @Test func `That somebody was there is written once a minute`() async throws {
        let access = actions(on: counted)
        portal.time.advance(seconds: 61)
        for _ in 0..<3 { #expect(try await find(access) != nil) }
        #expect(counted.writes == 1)
        #expect(try await portal.rows("session WHERE last_seen_at = \(portal.time.now)") == 1)
        // and it lives twenty minutes from then on
        portal.time.advance(minutes: 19)
        #expect(try await find(access, isPresent: false) != nil)
    }

    @Test func `What nobody was told of is noticed after ten seconds, and by each action at once`()
        async throws
    {
        let deaf = CountedDatabase(portal.database, tells: false)
        let access = actions(on: deaf)
        let found = try #require(try await find(access)?.viewer)
        try await portal.tamper("UPDATE session SET ended_at = 1")
        portal.time.advance(seconds: 9)
        #expect(try await find(access) != nil)
        await #expect(throws: AccessRefusal.sessionEnded) { try await access.confirm(found, to: .read) }
        portal.time.advance(seconds: 1)
        #expect(try await find(access) == nil)
    }

    @Test func `After its end was acknowledged nobody finds it, whatever comes first`() async throws {
        for round in 0..<20 {
            let (token, viewer) = try await doctor.signIn()
            let end = End()
            let late = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        var late = 0
                        for _ in 0..<10_000 {
                            let isLate = end.isAcknowledged.load(ordering: .sequentiallyConsistent)
                            guard try await doctor.found(token) != nil else { break }
                            if isLate { late += 1 }
                        }
                        return late
                    }
                }
                group.addTask {
                    try await Task.sleep(for: .microseconds(Int.random(in: 0...2000)))
                    _ = try await portal.access.endSession(viewer.sessionID, viewer.holder)
                    end.isAcknowledged.store(true, ordering: .sequentiallyConsistent)
                    return 0
                }
                return try await group.reduce(0, +)
            }
            #expect(late == 0, "round \(round)")
            // codes are limited by the day
            portal.time.advance(minutes: 3 * 60)
        }
    }

    private final class End: Sendable {
        let isAcknowledged = Atomic(false)
    }
}
