import Storage
import Testing

/// What must happen after a transaction waits in the outbox: it survives, is done by one worker, and ends
/// once.
@Suite struct OutboxTests {
    private static func add(
        _ transaction: any Transaction, _ key: String, due: Int64 = 0, revives: Bool = false
    )
        throws -> Bool
    {
        try transaction.enqueue(
            "sms.code", key: key, payload: [1, 2, 3], id: "id-\(key)", at: 0, due: due, expires: 100_000,
            revivesEnded: revives)
    }

    @Test(arguments: Engine.available)
    func `A key is taken once, and a job that came to nothing may be revived`(_ engine: Engine) async throws {
        try await engine.migrated().write { transaction in
            #expect(try Self.add(transaction, "a"))
            #expect(try Self.add(transaction, "a") == false)
            let job = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 1, lease: 10))
            #expect(try transaction.settle(job, .cancelled, reason: nil, at: 2))
            #expect(try Self.add(transaction, "a", revives: true))
            let again = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 3, lease: 10))
            #expect(again.payload == [1, 2, 3])
            #expect(try transaction.settle(again, .done, reason: nil, at: 4))
            #expect(try Self.add(transaction, "a", revives: true) == false, "done stays done")
        }
    }

    @Test(arguments: Engine.available)
    func `A job has one worker until its lease ends, and the late one cannot settle it`(_ engine: Engine)
        async throws
    {
        try await engine.migrated().write { transaction in
            #expect(try Self.add(transaction, "a"))
            let first = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 1, lease: 10))
            #expect(try transaction.claimJob(kinds: ["sms.code"], at: 5, lease: 10) == nil)
            let second = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 12, lease: 10))
            #expect(second.tries == 2)
            #expect(try transaction.settle(first, .done, reason: nil, at: 13) == false)
            #expect(try transaction.settle(second, .done, reason: nil, at: 13))
            let left = try transaction.first("SELECT payload FROM outbox")
            #expect(try left?.get("payload", as: [UInt8].self) == [], "a code does not outlive its message")
        }
    }

    @Test(arguments: Engine.available)
    func `Jobs are claimed when they are due, the longest waiting or the newest first`(_ engine: Engine)
        async throws
    {
        try await engine.migrated().write { transaction in
            for (key, due) in [("b", Int64(20)), ("a", 10), ("c", 30)] {
                #expect(try Self.add(transaction, key, due: due))
            }
            #expect(try transaction.claimJob(kinds: ["sms.code"], at: 9, lease: 10) == nil)
            #expect(try transaction.claimJob(kinds: ["other"], at: 99, lease: 10) == nil)
            let oldest = try transaction.claimJob(kinds: ["sms.code"], at: 50, lease: 1000)
            #expect(oldest?.idempotencyKey == "a")
            let newest = try transaction.claimJob(kinds: ["sms.code"], at: 50, lease: 1000, newestFirst: true)
            #expect(newest?.idempotencyKey == "c")
        }
    }

    @Test(arguments: Engine.available)
    func `What another worker left unfinished comes before what waits`(_ engine: Engine) async throws {
        try await engine.migrated().write { transaction in
            #expect(try Self.add(transaction, "left", due: 20))
            let left = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 20, lease: 10))
            #expect(try Self.add(transaction, "older", due: 10))
            #expect(
                try transaction.claimJob(kinds: ["sms.code"], at: 25, lease: 10)?.idempotencyKey == "older")
            #expect(try Self.add(transaction, "newest", due: 30))
            let again = try transaction.claimJob(kinds: ["sms.code"], at: 31, lease: 10, newestFirst: true)
            #expect(again?.id == left.id && again?.tries == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `A lease is renewed by who has it, and by nobody else`(_ engine: Engine) async throws {
        try await engine.migrated().write { transaction in
            #expect(try Self.add(transaction, "a"))
            let first = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 1, lease: 10))
            #expect(try transaction.renewLease(of: first, until: 50))
            #expect(try transaction.claimJob(kinds: ["sms.code"], at: 20, lease: 10) == nil)
            let second = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 51, lease: 10))
            #expect(try transaction.renewLease(of: first, until: 99) == false, "it is another's now")
            #expect(try transaction.settle(second, .done, reason: nil, at: 52))
            #expect(try transaction.renewLease(of: second, until: 99) == false, "it has ended")
        }
    }

    @Test(arguments: Engine.available)
    func `The figures count what waits and what was given up, and how late the oldest is`(_ engine: Engine)
        async throws
    {
        try await engine.migrated().write { transaction in
            for (key, due) in [("a", Int64(10)), ("b", 20), ("c", 900)] {
                #expect(try Self.add(transaction, key, due: due))
            }
            let first = try #require(try transaction.claimJob(kinds: ["sms.code"], at: 30, lease: 10))
            #expect(try transaction.settle(first, .failed, reason: "no", at: 31))
            let figures = try #require(try transaction.outboxFigures(at: 100).first)
            #expect(figures.kind == "sms.code" && figures.waiting == 2 && figures.failed == 1)
            #expect(figures.oldestDue == 20, "what is due later is not late")
        }
    }

    @Test(arguments: Engine.available)
    func `A job that was given up can be done again until its time ends, and a code cannot`(_ engine: Engine)
        async throws
    {
        try await engine.migrated().write { transaction in
            let day: Int64 = 86_400_000
            for (key, expires) in [("mail", day), ("code", 120_000)] {
                try transaction.enqueue(
                    key, key: key, payload: [1, 2, 3], id: key, at: 0, due: 0, expires: expires)
                let job = try #require(try transaction.claimJob(kinds: [key], at: 1, lease: 10))
                #expect(try transaction.settle(job, .failed, reason: "refused(status: 550)", at: 2))
            }
            #expect(try transaction.reviveJob("code", at: 3) == false, "its payload was wiped at once")
            #expect(try transaction.endedJob("code")?.hasPayload == false)
            let ledgers = try transaction.outboxLedgers(of: ["mail", "code", "none"], at: 3, since: 0)
            #expect(ledgers["mail"]?.failed == 1 && ledgers["mail"]?.revivable == 1)
            #expect(ledgers["code"]?.failed == 1 && ledgers["code"]?.revivable == 0)
            #expect(ledgers["none"]?.lastFailure == nil)
            let page = try transaction.endedJobs(
                ["mail", "code"], ["failed", "expired"], before: nil, limit: 1)
            let first = try #require(page.first)
            let rest = try transaction.endedJobs(
                ["mail", "code"], ["failed"], before: (first.finishedAt, first.id), limit: 5)
            #expect(Set(page.map(\.id) + rest.map(\.id)) == ["mail", "code"])

            #expect(try transaction.reviveJob("mail", at: 3))
            let again = try #require(try transaction.claimJob(kinds: ["mail"], at: 4, lease: 10))
            #expect(again.payload == [1, 2, 3] && again.tries == 1)
            #expect(try transaction.settle(again, .failed, reason: nil, at: 5))
            try transaction.wipeOverdueJobs(at: day)
            #expect(try transaction.endedJob("mail")?.hasPayload == false)
            #expect(try transaction.reviveJob("mail", at: day) == false)
        }
    }

    @Test(arguments: Engine.available) func `Five workers share fifty jobs, and each is done once`(
        _ engine: Engine
    ) async throws {
        let database = try await engine.migrated()
        try await database.write { transaction in
            for number in 0..<50 { _ = try Self.add(transaction, "job \(number)") }
        }
        let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<5 {
                group.addTask {
                    var mine: [String] = []
                    while let job = try await Self.claim(database, at: 10) { mine.append(job.id) }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 50 && Set(claimed).count == 50)
        #expect(try await Self.claim(database, at: 20) == nil)
        #expect(try await Self.claim(database, at: 70_000) != nil, "the lease ran out: somebody died")
    }

    private static func claim(_ database: any Database, at now: Int64) async throws -> OutboxJob? {
        try await database.write(.readCommitted) {
            try $0.claimJob(kinds: ["sms.code"], at: now, lease: 60_000)
        }
    }
}
