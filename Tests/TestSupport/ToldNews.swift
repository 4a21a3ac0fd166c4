import Access
package import Delivery
package import Dispatches
import Foundation

/// The hospital's record system of a test: it keeps what it is told, or is away.
package final class ToldNews: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [DocumentNews] = []
    private var failure: RecordFailure?

    package init() {}

    package var news: [DocumentNews] { lock.withLock { kept } }
    /// The events, in the order in which they came.
    package var events: [String] { news.map(\.record.event) }

    /// From now on it answers with this.
    package func fail(with failure: RecordFailure?) { lock.withLock { self.failure = failure } }

    package var sink: RecordSink {
        RecordSink { [self] news in
            try lock.withLock {
                if let failure { throw failure }
                kept.append(news)
            }
        }
    }
}

/// The programs of practices of a test: they note that they were called, or do not answer.
package final class CalledPrograms: @unchecked Sendable {
    private let lock = NSLock()
    private var calls: [String] = []
    private var failure: WebhookFailure?

    package init() {}

    /// The addresses, in the order of the calls.
    package var addresses: [String] { lock.withLock { calls } }

    package func fail(with failure: WebhookFailure?) { lock.withLock { self.failure = failure } }

    package var webhooks: Webhooks {
        Webhooks { [self] place in
            try lock.withLock {
                if let failure { throw failure }
                calls.append(place.text)
            }
        }
    }
}

extension TestPortal {
    /// Publishes a letter to Dre Claire Favre, as the record system does.
    package func publishLetter(master: String = "urn:oid:2.16.756.5.30.1.999.3.417") async throws
        -> PublishedDocument
    {
        try await dispatches.publish(Letter.command(master: master), try await recordSystem())
    }
}
