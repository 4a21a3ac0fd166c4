import Foundation
import Testing

@testable import PDF

/// The programs that stand ready, their children, and what becomes of files when either is killed.
@Suite(.timeLimit(.minutes(2)), .serialized) struct PDFKeeperTests {
    /// Long enough in work to be met there.
    static let slow = SamplePDF.handmade(pages: 500)

    private func inspection(_ keeper: PDFKeeper) -> PDFInspection {
        var inspection = PDFInspection()
        inspection.keeper = keeper
        return inspection
    }

    @Test func `A keeper that is killed under way is started again, and so is its file`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            let inspection = inspection(keeper)
            var killed = 0
            while killed < 10 {
                let result = Task { try await inspection.inspect(Self.slow) }
                let met = await KeeperProcesses.meet(keeper)
                if let (process, child) = met, kill(process, SIGKILL) == 0 {
                    killed += 1
                    #expect(await ProcessTree.eventually { ProcessTree.isGone(child) })
                }
                #expect(try await result.value.pages == 500)
            }
        }
    }

    @Test func `Walls that are killed while they are built leave nobody inside`() async throws {
        guard await Confinement.available() == .sandbox else { return }
        var started: [pid_t] = []
        for delay in stride(from: 0, to: 9000, by: 300) {
            let keeper = PDFKeeper(confinement: .sandbox)
            let begin = ContinuousClock.now
            let result = Task {
                try await keeper.run(.sayVersion(.qpdf), MemoryFile([]), limits: PDFLimits())
            }
            #expect(await ProcessTree.eventually(every: 0) { keeper.processID() != nil })
            let walls = try #require(keeper.processID())
            try await Task.sleep(for: .microseconds(delay))
            kill(walls, SIGKILL)
            started.append(walls)
            #expect(try await result.value.status == 0)
            #expect(ContinuousClock.now - begin < .seconds(5))
        }
        #expect(await ProcessTree.eventually { ProcessTree.groups().isDisjoint(with: started) })
    }

    @Test func `A keeper that does not stay alive puts files off, and accepts none`() async throws {
        let letter = try SamplePDF.letter(paragraphs: 1)
        let dead = PDFKeeper(path: "/usr/bin/false", confinement: .limitsOnly)
        await #expect(throws: ChildProcess.Failure.killed(signal: SIGKILL)) {
            try await inspection(dead).inspect(letter)
        }
        await #expect(throws: ChildProcess.Failure.missing("/no/such/keeper")) {
            try await inspection(PDFKeeper(path: "/no/such/keeper")).inspect(letter)
        }
        await #expect(throws: ChildProcess.Failure.missing("/no/such/keeper")) {
            try await PDFKeeper(path: "/no/such/keeper").check()
        }
    }

    @Test func `Children that are killed all the time cost a file its turn, and nothing else`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            let inspection = inspection(keeper)
            let killer = Task.detached {
                var killed = 0
                while !Task.isCancelled {
                    for child in KeeperProcesses.children(keeper) where kill(child, SIGKILL) == 0 {
                        killed += 1
                    }
                    await Task.yield()
                }
                return killed
            }
            var (accepted, later) = (0, 0)
            while accepted + later < 500, later < 60 {
                do {
                    _ = try await inspection.inspect(MemoryFile(Self.slow, label: "kill-test"))
                    accepted += 1
                } catch ChildProcess.Failure.killed { later += 1 }
            }
            killer.cancel()
            #expect(await killer.value >= 100)
            #expect(later > 0)
            #expect(try await inspection.inspect(Self.slow).pages == 500)
            #expect(!ProcessTree.descriptors().contains { $0.contains("kill-test") })
            #expect(await ProcessTree.zombiesDisappear())
        }
    }

    @Test func `A child has its own file and nothing else, beside another at the same time`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            let inspection = inspection(keeper)
            var results: [Task<Int, any Error>] = []
            var met: Set<pid_t> = []
            var stopped: Set<pid_t> = []
            // a child may be over before it is met: then two others are sent
            for _ in 0..<50 where stopped.count < 2 {
                for child in met { kill(child, SIGCONT) }
                for result in results { _ = try await result.value }
                (met, stopped) = ([], [])
                results = ["one-file", "other-file"].map { label in
                    Task { try await inspection.inspect(MemoryFile(Self.slow, label: label)).pages }
                }
                let end = ContinuousClock.now + .milliseconds(500)
                while stopped.count < 2, ContinuousClock.now < end {
                    for child in KeeperProcesses.children(keeper)
                    where ProcessTree.status("Seccomp", of: child) == "2" {
                        if kill(child, SIGSTOP) == 0 { met.insert(child) }
                    }
                    // one that has just ended takes the signal, too, and has no file any more
                    stopped = met.filter { ProcessTree.status("State", of: $0)?.first == "T" }
                    await Task.yield()
                }
            }
            #expect(stopped.count == 2)
            var files: Set<String> = []
            for child in stopped {
                #expect(ProcessTree.status("NoNewPrivs", of: child) == "1")
                // others than root may not even look
                let open = Set(ProcessTree.descriptors(of: child).filter { !$0.contains("memfd:output") })
                #expect(open.count == (geteuid() == 0 ? 1 : 0), "\(open)")
                files.formUnion(open)
            }
            #expect(files.count == (geteuid() == 0 ? 2 : 0), "\(files)")
            for child in stopped { kill(child, SIGCONT) }
            for result in results { #expect(try await result.value == 500) }
        }
    }

    @Test func `Who cancels waits until the child has ended`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            for delay in stride(from: 0, to: 6000, by: 200) {
                let task = Task {
                    try await keeper.run(.check, MemoryFile(Self.slow), limits: PDFLimits())
                }
                try await Task.sleep(for: .microseconds(delay))
                task.cancel()
                _ = await task.result
                #expect(KeeperProcesses.children(keeper).isEmpty)
            }
            #expect(try await keeper.run(.countPages, MemoryFile(Self.slow), limits: PDFLimits()).status == 0)
        }
    }

    @Test func `Time and output are limited for each child`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            var limits = PDFLimits()
            limits.objectListBytes = 1000
            await #expect(throws: PDFRefusal.tooLarge) {
                try await keeper.run(.listObjects, MemoryFile(Self.slow), limits: limits)
            }
            limits = PDFLimits()
            limits.seconds = 0
            await #expect(throws: PDFRefusal.timeout) {
                try await keeper.run(.check, MemoryFile(Self.slow), limits: limits)
            }
            #expect(try await keeper.run(.check, MemoryFile(Self.slow), limits: PDFLimits()).status == 0)
        }
    }

    @Test func `A keeper goes when nobody needs it any more`() async throws {
        var left: [pid_t] = []
        for keeper in await KeeperProcesses.keepers() {
            #expect(
                try await keeper.run(.sayVersion(.qpdf), MemoryFile([]), limits: PDFLimits()).text.contains(
                    "qpdf"))
            #expect(await ProcessTree.eventually { keeper.processID() != nil })
            left.append(try #require(keeper.processID()))
            left.append(try #require(KeeperProcesses.process(keeper)))
        }
        #expect(await ProcessTree.eventually { left.allSatisfy(ProcessTree.isGone) })
    }

    @Test func `A hundred inspections leave neither descriptor nor child`() async throws {
        let inspection = PDFInspection()
        let good = try SamplePDF.letter(paragraphs: 1)
        let bad = Array(good.prefix(good.count / 2)) + Array("startxref\n0\n%%EOF\n".utf8)
        let pipes = ProcessTree.descriptors().filter { $0.hasPrefix("pipe:") }.count
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
        #expect(!ProcessTree.descriptors().contains { $0.contains("leak-test") })
        // other tests run beside this one: allow for theirs, not for one per inspection
        #expect(ProcessTree.descriptors().filter { $0.hasPrefix("pipe:") }.count < pipes + 60)
        #expect(await ProcessTree.zombiesDisappear())
    }
}
