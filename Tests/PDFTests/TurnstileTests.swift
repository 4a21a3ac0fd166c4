import Testing

@testable import PDF

@Suite(.timeLimit(.minutes(1))) struct TurnstileTests {
    private actor Gauge {
        var now = 0
        var most = 0
        func enter() {
            now += 1
            most = max(most, now)
        }
        func leave() { now -= 1 }
    }

    @Test func `Only so many pass at a time, and all pass in the end`() async throws {
        let turnstile = Turnstile(atOnce: 2, maximumWaiting: 100)
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await turnstile.pass {
                        await gauge.enter()
                        await Task.yield()
                        await gauge.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await gauge.most == 2)
    }

    @Test func `A full queue answers at once, and a cancelled waiter frees its place`() async throws {
        let turnstile = Turnstile(atOnce: 1, maximumWaiting: 1)
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let (started, starter) = AsyncStream.makeStream(of: Void.self)
        let inside = Task {
            try await turnstile.pass {
                starter.finish()
                for await _ in gate {}
            }
        }
        for await _ in started {}
        let waiting = Task { try await turnstile.pass {} }
        while await turnstile.waitingCount < 1 { await Task.yield() }
        await #expect(throws: Turnstile.Busy.self) { try await turnstile.pass {} }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(await turnstile.waitingCount == 0)
        opener.finish()
        try await inside.value
        #expect(try await turnstile.pass { 7 } == 7)
    }
}
