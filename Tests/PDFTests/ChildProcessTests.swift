import Foundation
import Testing

@testable import PDF

@Suite(.timeLimit(.minutes(2)), .serialized) struct ChildProcessTests {
    @Test(arguments: [Confinement.limitsOnly, .sandbox])
    func `A child is bounded in time, memory and output`(_ confinement: Confinement) async throws {
        guard await Confinement.available() == .sandbox || confinement == .limitsOnly else { return }
        var child = ChildProcess()
        child.confinement = confinement
        #expect(try await child.run("/usr/bin/false", []).status == 1)
        await #expect(throws: ChildProcess.Failure.outputTooLong) { try await child.run("/usr/bin/yes", []) }
        child.seconds = 1
        await #expect(throws: ChildProcess.Failure.timeout) { try await child.run("/usr/bin/sleep", ["60"]) }
        child.seconds = 20
        child.memoryBytes = 64 << 20
        #expect(try await child.run("/usr/bin/tail", ["-n", "1", "/dev/zero"]).status != 0)
    }

    @Test func `A missing program is a fault of the machine`() async throws {
        await #expect(throws: ChildProcess.Failure.missing("/usr/bin/no-such-tool")) {
            try await ChildProcess().run("/usr/bin/no-such-tool", [])
        }
    }

    @Test(arguments: [Confinement.limitsOnly, .sandbox])
    func `A child has no environment and cannot write`(_ confinement: Confinement) async throws {
        guard await Confinement.available() == .sandbox || confinement == .limitsOnly else { return }
        var child = ChildProcess()
        child.confinement = confinement
        let environment = try await child.run("/usr/bin/env", []).text
        #expect(environment.isEmpty || environment == "PWD=/\n")
        let file = try MemoryFile(Array("secret".utf8))
        #expect(try await child.run("/usr/bin/cat", ["/dev/stdin"], input: file).text == "secret")
        let write = try await child.run("/usr/bin/truncate", ["-s", "0", "/dev/stdin"], input: file)
        #expect(write.status != 0)
        #expect(try await child.run("/usr/bin/cat", ["/dev/stdin"], input: file).text == "secret")
    }

    @Test(
        .enabled("bubblewrap is missing, or the kernel does not allow it") {
            await Confinement.available() == .sandbox
        })
    func `In the sandbox neither files nor network are visible`() async throws {
        let path = NSTemporaryDirectory() + "key-\(UUID())"
        try Data("key".utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try await ChildProcess().run("/usr/bin/cat", [path]).status != 0)
        #expect(try await ChildProcess().run("/usr/bin/ls", ["/sys/class/net"]).status != 0)
        let processes = try await ChildProcess().run("/usr/bin/ls", ["/proc"]).text
        #expect(processes.split(separator: "\n").filter { Int($0) != nil }.count <= 2)
        let network = try await ChildProcess().run("/usr/bin/cat", ["/proc/net/dev"]).text
        #expect(network.split(separator: "\n").dropFirst(2).allSatisfy { $0.contains("lo:") })
    }

    @Test func `A child cancelled at any moment of its start leaves nothing behind`() async throws {
        for delay in stride(from: 0, to: 12_000, by: 200) {
            let file = try MemoryFile(Array("x".utf8), label: "cancel-test")
            let task = Task { try await ChildProcess().run("/usr/bin/sleep", ["60"], input: file) }
            try await Task.sleep(for: .microseconds(delay))
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
        }
        for _ in 0..<100 where Self.holders(of: "cancel-test") > 0 {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(Self.holders(of: "cancel-test") == 0)
    }

    /// How many processes have the memory file of this name open.
    private static func holders(of label: String) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.count { name in
            guard let number = Int32(name), number != ProcessInfo.processInfo.processIdentifier else {
                return false
            }
            return ProcessTree.descriptors(of: number).contains { $0.contains(label) }
        }
    }
}
