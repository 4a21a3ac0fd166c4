import Access
import Documents
import Foundation
import ServiceLifecycle

/// How often open pages are told something.
package struct LiveRules: Sendable {
    /// A line that says nothing keeps proxies and browsers from hanging up; the session is looked at then, too.
    package var heartbeat = Duration.seconds(25)
    /// Between two looks at the tables for one page.
    package var pause = Duration.milliseconds(250)
    /// After this the page is sent away and comes back, to another node perhaps.
    package var longest = Duration.seconds(3600)
    package init() {}
}

/// The events of one open page.
struct LiveFeed: Sendable {
    let site: PortalSite
    let viewer: Viewer
    /// What came before the page knows.
    let since: Timestamp
    let rules: LiveRules

    private static let gone = "event: espace\ndata: {\"ferme\":true}\n\n"

    /// Writes events until the session or the delegation is over, or the node is asked to stop.
    func run(
        _ signals: AsyncStream<SpaceSignal?>, write: @escaping (String) async throws -> Void
    ) async throws {
        // browsers that lost a node do not all come back in the same second
        try await write("retry: \(Int.random(in: 3000...7000))\n\n")
        let looks = LiveMailbox()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await signal in signals.cancelOnGracefulShutdown() { looks.put(signal) }
                looks.finish()
            }
            group.addTask {
                let end = ContinuousClock.now + rules.longest
                while ContinuousClock.now < end {
                    try await Task.sleep(for: min(rules.heartbeat, rules.longest))
                    looks.beat()
                }
                looks.finish()
            }
            defer { group.cancelAll() }
            try await tell(looks, write)
        }
    }

    private func tell(_ looks: LiveMailbox, _ write: (String) async throws -> Void) async throws {
        var (end, unread): (Timestamp?, Int?) = (nil, nil)
        var (known, takenBack): ([Document.ID], [Document.ID]) = ([], [])
        var since = since
        for await _ in looks.turns {
            let turn = looks.take()
            do {
                let now = site.access.clock.now()
                let presence = try await site.access.presence(of: viewer)
                if presence != end {
                    // in seconds, too: clocks of browsers are wrong
                    let left = (presence.rawValue - now.rawValue) / 1000
                    try await write(
                        "event: session\ndata: {\"fin\":\(presence.rawValue),\"dans\":\(left)}\n\n")
                    end = presence
                }
                guard turn.isLook else {
                    try await write(": ok\n\n")
                    continue
                }
                let state = try await site.documents.news(since: since, viewer)
                if state.unread != unread {
                    try await write(Self.event("compteurs", "{\"non_lus\":\(state.unread)}", now))
                    unread = state.unread
                }
                if state.others > 0 {
                    try await write(Self.event("autres", "{\"nombre\":\(state.others)}", now))
                }
                for id in state.arrived where !known.contains(id) {
                    try await write(Self.event("document", "{\"id\":\"\(id.rawValue)\"}", now))
                    known.append(id)
                }
                for id in state.takenBack where !takenBack.contains(id) {
                    try await write(Self.event("retrait", "{\"id\":\"\(id.rawValue)\"}", now))
                    takenBack.append(id)
                }
                for reading in turn.readings {
                    let who = reading.reader == viewer.accountID ? "vous" : "delegue"
                    try await write(
                        Self.event("document-lu", "{\"id\":\"\(reading.document)\",\"par\":\"\(who)\"}", now))
                }
                known = known.suffix(2 * DocumentLimits.arrivals)
                takenBack = takenBack.suffix(2 * DocumentLimits.arrivals)
                since = max(since, state.at)
            } catch is any Refusal {
                return try await write(Self.gone)
            }
            try await Task.sleep(for: rules.pause)
        }
    }

    private static func event(_ name: String, _ data: String, _ now: Timestamp) -> String {
        "id: \(now.rawValue)\nevent: \(name)\ndata: \(data)\n\n"
    }
}

/// What one page has still to be told. However much comes in meanwhile is one look at the tables.
final class LiveMailbox: @unchecked Sendable {
    struct Turn {
        /// More than a heartbeat.
        var isLook = false
        var readings: [SpaceSignal.Reading] = []
    }

    let turns: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let lock = NSLock()
    // a page that comes looks first of all
    private var waiting = Turn(isLook: true)

    init() {
        (turns, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        bell.yield()
    }

    func put(_ signal: SpaceSignal?) {
        lock.withLock {
            waiting.isLook = true
            if let reading = signal?.read, waiting.readings.count < 200 { waiting.readings.append(reading) }
        }
        bell.yield()
    }

    func beat() { bell.yield() }
    func finish() { bell.finish() }

    func take() -> Turn {
        lock.withLock {
            defer { waiting = Turn() }
            return waiting
        }
    }
}
