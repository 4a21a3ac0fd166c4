public import Access
public import Dispatches
import Foundation
import Storage

/// What the lane of the trace needs: where it goes, and in which words.
public struct RecordSink: Sendable {
    let send: @Sendable (DocumentNews) async throws -> Void
    /// Where the record system takes several events at once.
    let batch: Batch?

    /// Several events in one go.
    public struct Batch: Sendable {
        let atOnce: Int
        let send: @Sendable ([DocumentNews]) async throws -> [RecordFailure?]

        /// - Parameters:
        ///   - atOnce: events in one go, at most.
        ///   - send: brings the first of these events to the record system; returns one outcome for each that it
        ///     tried, nil when it was taken.
        public init(atOnce: Int, send: @escaping @Sendable ([DocumentNews]) async throws -> [RecordFailure?])
        {
            self.atOnce = atOnce
            self.send = send
        }
    }

    /// - Parameter send: brings one event to the record system; throws a `DeliveryFailure`.
    public init(batch: Batch? = nil, send: @escaping @Sendable (DocumentNews) async throws -> Void) {
        self.batch = batch
        self.send = send
    }

    /// The real record system. The adapter blocks: it works on threads of its own.
    /// - Parameters:
    ///   - resource: the event as FHIR JSON.
    public init(
        _ feed: RecordFeed, clock: Clock, resource: @escaping @Sendable (DocumentNews) -> [UInt8]
    ) {
        let posts = BlockingWork(atOnce: 2, maximumWaiting: 100)
        let held = RecordToken()
        @Sendable func token() async throws -> String? {
            let now = clock.now()
            switch feed.credentials {
            case .connection: return nil
            case .bearer(let file): return try Self.token(in: file)
            case .smart(let smart):
                if let token = await held.current(at: now) { return token }
                let bought = try await posts.run { try smart.token(over: feed.connection, at: now) }
                await held.keep(bought.token, until: now.adding(seconds: bought.seconds - 15))
                return bought.token
            }
        }
        @Sendable func post<T: Sendable>(_ work: @escaping @Sendable (String?) throws -> T) async throws -> T
        {
            let token = try await token()
            do {
                return try await posts.run { try work(token) }
            } catch let failure as RecordFailure {
                if case .unavailable(status: 401, _) = failure { await held.drop() }
                throw failure
            }
        }
        send = { news in
            let body = resource(news)
            try await post { try feed.send(body, id: "record-\(news.number)", token: $0) }
        }
        guard feed.atOnce > 1 else {
            batch = nil
            return
        }
        batch = Batch(atOnce: feed.atOnce) { news in
            let events = news.map(resource)
            let fitting = Array(events.prefix(RecordBatch.fitting(events)))
            let id = "record-\(news.first?.number ?? 0)"
            return try await post { try feed.send(fitting, id: id, token: $0) }
        }
    }

    private static func token(in file: String) throws -> String {
        let data = FileManager.default.contents(atPath: file) ?? Data()
        let text = String(decoding: data.prefix(8192), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw RecordFailure.misconfigured("the token file is empty or cannot be read")
        }
        return text
    }
}

extension OutboxLanes {
    /// The trace of documents to the hospital's record system, in the order of the events of each document: tried for
    /// fourteen days. What is given up can still be polled.
    public func recordFeed(_ dispatches: DispatchActions, _ access: AccessActions, _ sink: RecordSink)
        -> OutboxLane
    {
        OutboxLane(
            name: "record feed", kinds: [RecordFeedJob.outboxKind], leaseSeconds: leaseSeconds,
            maximumTries: 100_000, stopsAtFailure: true,
            together: sink.batch.map { recordBatches(dispatches, access, sink, $0) },
            work: { job in
                guard let number = RecordFeedJob.event(in: job.payload),
                    let news = try await dispatches.news(number)
                else { return try await access.settleFeed(job, .cancelled, reason: "no such event") }
                if try await dispatches.mustWait(news) {
                    throw JobFailure.notYet("an older event of the document waits")
                }
                try await sink.send(news)
                try await access.settleFeed(job, .done, reason: nil)
            },
            end: { job, how, reason in try await access.settleFeed(job, how, reason: reason) })
    }
}
