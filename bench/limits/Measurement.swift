import Foundation
import Glibc

/// What some seconds of one limit gave, in the words of `bench/run.py`.
struct Measurement: Encodable {
    let bench = "limit"
    let target: String
    /// Units of work done: documents, syncs, checks.
    let count: Int
    let perSecond: Double
    let medianMicroseconds: Double
    let p99Microseconds: Double
    /// User and system time of this process, per unit.
    let cpuMicroseconds: Double
    /// Calls of `fsync` and `fdatasync` made here, per unit; those inside SQLite are one more for each
    /// transaction.
    let syncs: Double
    let errors = 0

    enum CodingKeys: String, CodingKey {
        case bench, target, errors
        case count = "n"
        case perSecond = "rps"
        case medianMicroseconds = "p50_us"
        case p99Microseconds = "p99_us"
        case cpuMicroseconds = "cpu_us_per_req"
        case syncs = "syncs_per_req"
    }

    init(
        _ target: String, rounds: [Double], unitsPerRound: Int, syncsPerRound: Int, wall: Double, cpu: Double
    ) {
        let sorted = rounds.sorted()
        let units = Double(max(rounds.count * unitsPerRound, 1))
        self.target = target
        count = rounds.count * unitsPerRound
        perSecond = units / wall
        medianMicroseconds = sorted.isEmpty ? 0 : sorted[sorted.count / 2] * 1e6
        p99Microseconds = sorted.isEmpty ? 0 : sorted[min(sorted.count * 99 / 100, sorted.count - 1)] * 1e6
        cpuMicroseconds = cpu / units * 1e6
        syncs = Double(syncsPerRound) / Double(unitsPerRound)
    }

    /// Repeats `work`, which is handed the number of the round, until `seconds` have passed.
    static func take(
        _ target: String, seconds: Double, syncsPerRound: Int = 0, _ work: (Int) throws -> Void
    ) throws -> Measurement {
        var stopwatch = Stopwatch(seconds: seconds)
        while stopwatch.isRunning {
            try work(stopwatch.rounds.count)
            stopwatch.lap()
        }
        return stopwatch.measurement(target, unitsPerRound: 1, syncsPerRound: syncsPerRound)
    }
}

/// Laps of wall time, and the processor time of the whole.
struct Stopwatch {
    private(set) var rounds: [Double] = []
    private let length: Double
    private let start = Self.wall
    private let cpuStart = Self.cpu
    private var last = Self.wall

    init(seconds: Double) {
        length = seconds
        rounds.reserveCapacity(1 << 16)
    }

    var isRunning: Bool { last - start < length }

    mutating func lap() {
        let now = Self.wall
        rounds.append(now - last)
        last = now
    }

    func measurement(_ target: String, unitsPerRound: Int, syncsPerRound: Int) -> Measurement {
        Measurement(
            target, rounds: rounds, unitsPerRound: unitsPerRound, syncsPerRound: syncsPerRound,
            wall: last - start, cpu: Self.cpu - cpuStart)
    }

    static var wall: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// User and system time of this process, in seconds.
    static var cpu: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        return seconds + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}

/// One JSON line for each measurement on standard output.
enum Report {
    static func write(_ measurement: Measurement) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        FileHandle.standardOutput.write(try encoder.encode(measurement) + Data("\n".utf8))
    }
}
