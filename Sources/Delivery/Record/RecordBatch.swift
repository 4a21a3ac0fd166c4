import Access
import CCurl
import Dispatches
import Documents
import Foundation
import Storage

/// Several events in one FHIR R4 Bundle of type `batch`: the record system takes or refuses each by itself.
enum RecordBatch {
    /// Bytes of all events of one bundle, at most; a longer event goes alone.
    static let maximumBytes = 256 << 10

    /// How many of the first events fit into one bundle; at least one.
    static func fitting(_ events: [[UInt8]]) -> Int {
        var bytes = 0
        let end = events.firstIndex { event in
            bytes += event.count
            return bytes > maximumBytes
        }
        return max(end ?? events.count, 1)
    }

    static func bundle(_ events: [[UInt8]]) -> [UInt8] {
        var body = Array(#"{"resourceType":"Bundle","type":"batch","entry":["#.utf8)
        for (number, event) in events.enumerated() {
            if number > 0 { body.append(0x2C) }
            body += Array(#"{"resource":"#.utf8) + event
            body += Array(#","request":{"method":"POST","url":"AuditEvent"}}"#.utf8)
        }
        return body + Array("]}".utf8)
    }

    /// The status of each entry, in the order of the request, as the standard asks; nil for an answer that is none:
    /// nobody knows then what was taken.
    static func statuses(_ answer: [UInt8], count: Int) -> [Int]? {
        guard let bundle = try? JSONDecoder().decode(Answer.self, from: Data(answer)),
            bundle.type == "batch-response", bundle.entry?.count == count
        else { return nil }
        return bundle.entry?.map { Int($0.response.status.prefix(3)) ?? 0 }
    }

    private struct Answer: Decodable {
        let type: String
        let entry: [Entry]?

        struct Entry: Decodable { let response: Response }
        struct Response: Decodable { let status: String }
    }
}

extension OutboxLanes {
    /// The trace of documents, several events at once. An entry of a bundle must not depend on another, so that a
    /// bundle has one event of a document at most: the next one goes with the next bundle.
    func recordBatches(
        _ dispatches: DispatchActions, _ access: AccessActions, _ sink: RecordSink, _ batch: RecordSink.Batch
    ) -> OutboxLane.Together {
        OutboxLane.Together(atOnce: batch.atOnce) { jobs in
            var failures: [String: JobFailure] = [:]
            var waiting: [(job: OutboxJob, news: DocumentNews)] = []
            let order = jobs.sorted {
                (RecordFeedJob.event(in: $0.payload) ?? 0) < (RecordFeedJob.event(in: $1.payload) ?? 0)
            }
            for job in order {
                do {
                    guard let number = RecordFeedJob.event(in: job.payload),
                        let news = try await dispatches.news(number)
                    else {
                        try await access.settleFeed(job, .cancelled, reason: "no such event")
                        continue
                    }
                    if let id = news.document?.id, waiting.contains(where: { $0.news.document?.id == id }) {
                        failures[job.id] = .nextTime("an event of the document goes before")
                    } else if try await dispatches.mustWait(news) {
                        failures[job.id] = .notYet("an older event of the document waits")
                    } else {
                        waiting.append((job, news))
                    }
                } catch { failures[job.id] = OutboxWorker.failure(error) }
            }
            for (job, failure) in zip(waiting.map(\.job), await sink.failures(of: waiting.map(\.news), batch))
            {
                failures[job.id] = failure
                guard failure == nil else { continue }
                do {
                    try await access.settleFeed(job, .done, reason: nil)
                } catch { failures[job.id] = OutboxWorker.failure(error) }
            }
            return jobs.map { failures[$0.id] }
        }
    }
}

extension RecordSink {
    /// Sends them, in one bundle where there are several; each by itself when the bundle as a whole is refused, so that
    /// one event that cannot be read holds up nothing.
    fileprivate func failures(of news: [DocumentNews], _ batch: Batch) async -> [JobFailure?] {
        guard news.count > 1 else { return await oneByOne(news) }
        do {
            let outcomes = try await batch.send(news).map { $0.map(OutboxWorker.failure) }
            return outcomes + news.dropFirst(outcomes.count).map { _ in .nextTime("the bundle was full") }
        } catch RecordFailure.refused {
            return await oneByOne(news)
        } catch {
            return news.map { _ in OutboxWorker.failure(error) }
        }
    }

    private func oneByOne(_ news: [DocumentNews]) async -> [JobFailure?] {
        var failures: [JobFailure?] = []
        for one in news {
            if let last = failures.last, case .temporary? = last {
                failures.append(last)
                continue
            }
            do {
                try await send(one)
                failures.append(nil)
            } catch { failures.append(OutboxWorker.failure(error)) }
        }
        return failures
    }
}
