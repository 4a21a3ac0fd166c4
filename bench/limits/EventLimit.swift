import Access
import Foundation
import Storage

/// The least that a traced request writes: one event of the audit trail, on the disk before the answer. Several writers
/// share commits as requests do. On SQLite it has its place in the chain with that; only the tree above is made later.
struct EventLimit {
    let folder: String
    /// How many wait for their commit at once.
    let writers: Int

    func measure(seconds: Double) async throws -> Measurement {
        let database = try SQLiteDatabase(path: "\(folder)/\(UUID().uuidString).sqlite")
        try await Migrations.apply(to: database, at: 0)
        let (wall, cpu) = (Stopwatch.wall, Stopwatch.cpu)
        let rounds = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<writers {
                group.addTask {
                    var stopwatch = Stopwatch(seconds: seconds)
                    while stopwatch.isRunning {
                        let now = Timestamp(rawValue: Int64(stopwatch.rounds.count))
                        try await database.write { transaction in
                            try transaction.record(
                                AuditEntry(.documentSearched, detail: "unread=true"),
                                by: .system(node: "bench"), at: now)
                        }
                        stopwatch.lap()
                    }
                    return stopwatch.rounds
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let measured = Measurement(
            "event-\(writers)", rounds: rounds, unitsPerRound: 1, syncsPerRound: 0,
            wall: Stopwatch.wall - wall, cpu: Stopwatch.cpu - cpu)
        await database.close()
        return measured
    }
}
