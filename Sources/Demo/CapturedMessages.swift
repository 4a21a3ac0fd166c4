package import Access
package import Delivery
import Foundation

/// A mail or SMS that the demo shows in place of sending it.
package struct CapturedMessage: Codable, Sendable {
    package enum Kind: String, Codable, Sendable { case email, sms }
    package let kind: Kind
    package let to: String
    /// Empty for SMS.
    package let subject: String
    package let text: String
    /// ISO 8601, UTC, milliseconds.
    package let sentAt: String
}

/// The newest 500 messages of the demo, in memory.
package final class CapturedMessages: @unchecked Sendable {
    private let lock = NSLock()
    private var messages: [CapturedMessage] = []
    private let clock: Clock

    package init(clock: Clock) { self.clock = clock }

    /// Newest first.
    package var all: [CapturedMessage] {
        lock.lock()
        defer { lock.unlock() }
        return messages.reversed()
    }

    private func add(_ kind: CapturedMessage.Kind, to: String, subject: String, text: String) {
        let seconds = Double(clock.now().rawValue) / 1000
        let sentAt = Date(timeIntervalSince1970: seconds).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        lock.lock()
        defer { lock.unlock() }
        messages.append(CapturedMessage(kind: kind, to: to, subject: subject, text: text, sentAt: sentAt))
        if messages.count > 500 { messages.removeFirst() }
    }

    /// Channels that end here.
    package func channels(texts: MessageTexts, productName: String) -> DeliveryChannels {
        DeliveryChannels(
            texts: texts, from: "ne-pas-repondre@hul.example", fromName: productName,
            sendMail: { mail in self.add(.email, to: mail.to, subject: mail.subject, text: mail.text) },
            sendSMS: { message in self.add(.sms, to: message.to, subject: "", text: message.text) })
    }
}
