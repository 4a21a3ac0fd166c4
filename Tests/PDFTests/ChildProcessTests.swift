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
    private static func holders(of label: String) -> Int { holders(named: label).count }

    private static func holders(named label: String) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let number = Int32(name), number != ProcessInfo.processInfo.processIdentifier else {
                return nil
            }
            let input = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/fd/0")
            return input?.contains(label) == true ? number : nil
        }
    }

    @Test func `A hundred inspections leave neither descriptor nor child`() async throws {
        let inspection = PDFInspection()
        let good = try SamplePDF.letter(paragraphs: 1)
        let bad = Array(good.prefix(good.count / 2)) + Array("startxref\n0\n%%EOF\n".utf8)
        let pipes = Self.descriptors().filter { $0.hasPrefix("pipe:") }.count
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let file = try MemoryFile(number % 4 == 3 ? bad : good, label: "leak-test")
                    return (try? await inspection.inspect(file)) != nil
                }
            }
            var accepted = 0
            for try await wasAccepted in group where wasAccepted { accepted += 1 }
            #expect(accepted == 75)
        }
        #expect(!Self.descriptors().contains { $0.contains("leak-test") })
        // other tests run beside this one: allow for theirs, not for one per inspection
        #expect(Self.descriptors().filter { $0.hasPrefix("pipe:") }.count < pipes + 60)
        #expect(await Self.zombiesDisappear())
    }

    @Test func `Children that are killed all the time cost a file its turn, and nothing else`() async throws {
        let inspection = PDFInspection()
        let good = try SamplePDF.letter(paragraphs: 1)
        let killer = Task.detached {
            var killed = 0
            while !Task.isCancelled {
                for child in Self.holders(named: "kill-test") where kill(child, SIGKILL) == 0 { killed += 1 }
                try? await Task.sleep(for: .milliseconds(2))
            }
            return killed
        }
        var outcomes: [String: Int] = [:]
        for _ in 0..<60 {
            do {
                _ = try await inspection.inspect(MemoryFile(good, label: "kill-test"))
                outcomes["accepted", default: 0] += 1
            } catch ChildProcess.Failure.killed { outcomes["later", default: 0] += 1 }
        }
        killer.cancel()
        #expect(await killer.value >= 100)
        #expect(outcomes["later", default: 0] > 0)
        #expect(try await inspection.inspect(good).pages == 1)
        #expect(!Self.descriptors().contains { $0.contains("kill-test") })
        #expect(await Self.zombiesDisappear())
    }

    static func descriptors() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
    }

    /// Children that have ended but were never waited for keep the state Z for ever.
    static func zombiesDisappear() async -> Bool {
        var suspects: Set<String>?
        for _ in 0..<100 {
            let zombies = Set(children().filter { state($0) == "Z" })
            suspects = suspects?.intersection(zombies) ?? zombies
            if suspects?.isEmpty == true { return true }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private static func children() -> [String] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return threads.flatMap { thread in
            let text =
                (try? String(contentsOfFile: "/proc/self/task/\(thread)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").map(String.init)
        }
    }

    private static func state(_ process: String) -> String? {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return text.split(separator: ")").last?.split(separator: " ").first.map(String.init)
    }
}
