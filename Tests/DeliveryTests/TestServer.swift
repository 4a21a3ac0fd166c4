import Foundation
import Testing

/// A real server beside the tests, from `Tests/infra`. Ends when the value goes away, or with this process:
/// the scripts watch their standard input.
final class TestServer: Sendable {
    let port: Int
    let folder: String
    private let process: Process
    private let input: Pipe

    /// The Python of `.venv`, made by `scripts/setup-tests.sh`.
    static let python = root + "/.venv/bin/python"
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path(percentEncoded: false)

    /// Whether to run tests that need these programs: always where `CI` or `PASSERELLE_REQUIRE_SERVERS` is set, so
    /// that a missing server is a failure there and not a silent pass.
    static func isWanted(needing programs: String...) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment["CI"] != nil || environment["PASSERELLE_REQUIRE_SERVERS"] != nil
            || programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// - Parameter ports: how many free ports in a row.
    init(_ script: String, ports: Int = 1, options: [String] = []) throws {
        port = try #require(Self.freePorts(ports))
        folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID())")
            .path(percentEncoded: false)
        let infra = Self.root + "/Tests/infra/"
        try Self.run("/bin/sh", [infra + "ca.sh", folder])
        process = Process()
        let isPython = script.hasSuffix(".py")
        process.executableURL = URL(filePath: isPython ? Self.python : "/bin/bash")
        process.arguments = [infra + script, String(port), folder] + options
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
        try #require(String(decoding: answer, as: UTF8.self) == "ready\n")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The certificate of the authority that signed this server's.
    var authority: String { folder + "/ca.crt" }
    var foreignAuthority: String { folder + "/foreign.crt" }

    func text(of file: String) -> String {
        (try? String(contentsOfFile: folder + "/" + file, encoding: .utf8)) ?? ""
    }

    static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private static func freePorts(_ count: Int) -> Int? {
        (0..<50).lazy.map { _ in Int.random(in: 28000..<28990) }
            .first { start in (start..<start + count).allSatisfy(isFree) }
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
