import Access
import ArgumentParser
import Crypto
import Foundation
import Glibc

/// Each limit for some seconds, one JSON line each, as `performance/goals.md` names them.
struct LimitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limit", abstract: "Measures disk, database, cipher and password hash on their own.")

    @Option(help: "Where to write; must be on the disk of the server's data. Made, used and removed.")
    var data: String = NSTemporaryDirectory() + "passerelle-limit"

    @Option(help: "Seconds for each limit.")
    var seconds: Double = 2

    @Option(help: "Contents that download-1 and download-16 read.")
    var documents = 300

    @Argument(
        help: """
            Which limits: sync, aes, sha, argon2, file-1, log-1, log-8, log-32, event-1, event-16, event-64, download-1,
            download-16. All without a name.
            """)
    var names: [String] = []

    func validate() throws {
        guard documents > 0 else { throw ValidationError("There must be a content to read.") }
    }

    func run() async throws {
        let folder = data + "/limit-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let all = [
            "sync", "aes", "sha", "argon2", "file-1", "log-1", "log-8", "log-32", "event-1", "event-16",
            "event-64", "download-1", "download-16",
        ]
        for name in names.isEmpty ? all : names {
            try Report.write(try await measure(name, in: folder))
        }
    }

    private func measure(_ name: String, in folder: String) async throws -> Measurement {
        switch name {
        case "sync": try syncs(in: folder)
        case "aes": try sealing()
        case "sha": try hashing()
        case "argon2": try passwords()
        case "file-1": try await PublishLimit(folder: folder, form: .file).measure(seconds: seconds)
        case "log-1": try await PublishLimit(folder: folder, form: .log(batch: 1)).measure(seconds: seconds)
        case "log-8": try await PublishLimit(folder: folder, form: .log(batch: 8)).measure(seconds: seconds)
        case "log-32": try await PublishLimit(folder: folder, form: .log(batch: 32)).measure(seconds: seconds)
        case "event-1": try await EventLimit(folder: folder, writers: 1).measure(seconds: seconds)
        case "event-16": try await EventLimit(folder: folder, writers: 16).measure(seconds: seconds)
        case "event-64": try await EventLimit(folder: folder, writers: 64).measure(seconds: seconds)
        case "download-1": try await downloads(by: 1, in: folder)
        case "download-16": try await downloads(by: 16, in: folder)
        default: throw ValidationError("There is no limit named \(name).")
        }
    }

    private func downloads(by readers: Int, in folder: String) async throws -> Measurement {
        try await DownloadLimit(folder: folder, readers: readers, documents: documents)
            .measure(seconds: seconds)
    }

    /// Overwrites 4 KiB and syncs them: what the disk, or the host's cache in its place, allows.
    private func syncs(in folder: String) throws -> Measurement {
        let file = try RawFile(path: "\(folder)/sync")
        defer { file.close() }
        let block = [UInt8](repeating: 7, count: 4096)
        return try Measurement.take("sync", seconds: seconds, syncsPerRound: 1) { _ in
            try file.overwrite(block)
            try file.syncData()
        }
    }

    private func sealing() throws -> Measurement {
        let key = SymmetricKey(size: .bits256)
        var content = SampleContent()
        return try Measurement.take("aes", seconds: seconds) { round in
            guard try AES.GCM.seal(content.next(round), using: key).tag.count == 16 else {
                throw LimitFault.wrong
            }
        }
    }

    private func hashing() throws -> Measurement {
        var content = SampleContent()
        return try Measurement.take("sha", seconds: seconds) { round in
            guard SHA256.hash(data: content.next(round)).first(where: { _ in true }) != nil else {
                throw LimitFault.wrong
            }
        }
    }

    /// One check of a password with the portal's parameters: 19 MiB, two passes, one lane.
    private func passwords() throws -> Measurement {
        let password = Array("une phrase de passe fictive".utf8)
        let encoded = try Argon2.hash(password, Argon2.Cost(memoryKiB: 19 * 1024, passes: 2))
        return try Measurement.take("argon2", seconds: seconds) { _ in
            guard Argon2.verify(password, against: encoded) else { throw LimitFault.wrong }
        }
    }
}

/// A limit that did not do its work is no limit.
enum LimitFault: Error {
    case wrong
    case disk(action: String, code: Int32)
}

/// 100 KB of noise, different in each round, so that nothing can be reused from the round before.
struct SampleContent {
    private var bytes: [UInt8]

    init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<100_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    mutating func next(_ round: Int) -> [UInt8] {
        withUnsafeBytes(of: round.bigEndian) { for (place, byte) in $0.enumerated() { bytes[place] = byte } }
        return bytes
    }
}
