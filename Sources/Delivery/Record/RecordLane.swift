public import Access
public import Dispatches
import Foundation
import Storage

/// What the lane of the trace needs: where it goes, and in which words.
public struct RecordSink: Sendable {
    let send: @Sendable (DocumentNews) async throws -> Void

    /// - Parameter send: brings one event to the record system; throws a `DeliveryFailure`.
    public init(send: @escaping @Sendable (DocumentNews) async throws -> Void) { self.send = send }

    /// The real record system. The adapter blocks: it works on threads of its own.
    /// - Parameters:
    ///   - resource: the event as FHIR JSON.
    public init(
        _ feed: RecordFeed, clock: Clock, resource: @escaping @Sendable (DocumentNews) -> [UInt8]
    ) {
        let posts = BlockingWork(atOnce: 2, maximumWaiting: 100)
        let held = RecordToken()
        send = { news in
            let body = resource(news)
            let now = clock.now()
            var token = await held.current(at: now)
            switch feed.credentials {
            case .connection: break
            case .bearer(let file): token = try Self.token(in: file)
            case .smart(let smart) where token == nil:
                let bought = try await posts.run { try smart.token(over: feed.connection, at: now) }
                await held.keep(bought.token, until: now.adding(seconds: bought.seconds - 15))
                token = bought.token
            case .smart: break
            }
            do {
                try await posts.run { [token] in
                    try feed.send(body, id: "record-\(news.number)", token: token)
                }
            } catch let failure as RecordFailure {
                if case .unavailable(status: 401, _) = failure { await held.drop() }
                throw failure
            }
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
