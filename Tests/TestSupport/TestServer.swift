import Foundation
import Synchronization

/// A real server beside the tests, from `Tests/infra`. Ends when the value goes away, or with this process:
/// the scripts watch their standard input. Used by one test at a time where it is stopped and started again.
package final class TestServer: @unchecked Sendable {
    /// It did not start; what it said stands in the test's output.
    package struct Failure: Error { let script: String }

    package let port: Int
    package let folder: String
    private let command: [String]
    private var process = Process()
    private var input = Pipe()

    /// The Python of `.venv`, made by `scripts/setup-tests.sh`.
    package static let python = root + "/.venv/bin/python"
    package static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().path(percentEncoded: false)

    /// Whether to run tests that need these programs: always where `CI` or `PASSERELLE_REQUIRE_SERVERS` is set, so
    /// that a missing server is a failure there and not a silent pass.
    package static func isWanted(needing programs: String...) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment["CI"] != nil || environment["PASSERELLE_REQUIRE_SERVERS"] != nil
            || programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// - Parameter ports: how many free ports in a row.
    package init(_ script: String, ports: Int = 1, options: [String] = []) throws {
        guard let port = Self.freePorts(ports) else { throw Failure(script: script) }
        self.port = port
        folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID())")
            .path(percentEncoded: false)
        let infra = Self.root + "/Tests/infra/"
        try Self.run("/bin/sh", [infra + "ca.sh", folder])
        command =
            [script.hasSuffix(".py") ? Self.python : "/bin/bash", infra + script, String(port), folder]
            + options
        try start()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Begins; after `stop`, on the same port with the same folder.
    package func start() throws {
        process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var answer = Data()
        while !answer.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            answer += more
        }
        guard String(decoding: answer, as: UTF8.self) == "ready\n" else { throw Failure(script: command[1]) }
    }

    /// Ends the server; its folder stays.
    package func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The certificate of the authority that signed this server's.
    package var authority: String { folder + "/ca.crt" }
    package var foreignAuthority: String { folder + "/foreign.crt" }

    package func text(of file: String) -> String {
        (try? String(contentsOfFile: folder + "/" + file, encoding: .utf8)) ?? ""
    }

    package func write(_ text: String, to file: String) throws {
        try text.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
    }

    package static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(script: program) }
    }

    /// Ports of this process's servers. One that still starts has not bound its own, and looks free.
    private static let given = Mutex<Set<Int>>([])

    private static func freePorts(_ count: Int) -> Int? {
        given.withLock { given in
            let start = (0..<50).lazy.map { _ in Int.random(in: 28000..<28990) }
                .first { start in
                    (start..<start + count).allSatisfy { !given.contains($0) && isFree($0) }
                }
            if let start { given.formUnion(start..<start + count) }
            return start
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
