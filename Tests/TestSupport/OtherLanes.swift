import Access
package import Delivery
import Demo
package import Dispatches
import Logging
import Storage

extension TestPortal {
    /// The lane of the national record, at the end of which is another server.
    package func recordWorker(_ record: any NationalRecord) -> OutboxWorker {
        let lanes = OutboxLanes(
            database: database, keyring: keyring, clock: time.clock,
            channels: messages.channels(
                texts: MessageTexts(productName: "Mon Espace Pro", baseURL: "https://portail.hul.example"),
                productName: "Mon Espace Pro"))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return OutboxWorker(
            lanes.records(dispatches, record), database: database, clock: time.clock, logger: logger)
    }

    /// The lane of the trace, at the end of which is another record system.
    package func feedWorker(_ sink: RecordSink) -> OutboxWorker {
        let lanes = OutboxLanes(
            database: database, keyring: keyring, clock: time.clock,
            channels: messages.channels(
                texts: MessageTexts(productName: "Mon Espace Pro", baseURL: "https://portail.hul.example"),
                productName: "Mon Espace Pro"))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return OutboxWorker(
            lanes.recordFeed(dispatches, access, sink), database: database, clock: time.clock, logger: logger)
    }

    /// The lane of secured mails over another relay.
    package func worker(sending: @escaping @Sendable (Mail) async throws -> Void) -> OutboxWorker {
        worker(sending) { $0.securedMails(dispatches) }
    }

    /// The lane of notices over another relay.
    package func noticeWorker(sending: @escaping @Sendable (Mail) async throws -> Void) -> OutboxWorker {
        worker(sending) { $0.notices(dispatches) }
    }

    private func worker(
        _ sending: @escaping @Sendable (Mail) async throws -> Void, _ lane: (OutboxLanes) -> OutboxLane
    ) -> OutboxWorker {
        let channels = DeliveryChannels(
            texts: MessageTexts(productName: "Mon Espace Pro", baseURL: "https://portail.hul.example"),
            from: "ne-pas-repondre@hul.example", fromName: "Mon Espace Pro", sendMail: sending,
            sendSMS: { _ in })
        let lanes = OutboxLanes(database: database, keyring: keyring, clock: time.clock, channels: channels)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return OutboxWorker(lane(lanes), database: database, clock: time.clock, logger: logger)
    }
}
