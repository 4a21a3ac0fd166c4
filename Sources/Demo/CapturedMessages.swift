package import Access
package import Delivery
import Foundation

/// A mail or SMS that the demo shows in place of sending it.
package struct CapturedMessage: Codable, Sendable {
    package enum Kind: String, Codable, Sendable { case email, sms }
    package let kind: Kind
    /// What a mail relay knows it by (Message-ID).
    package let id: String
    package let to: String
    /// Empty for SMS.
    package let subject: String
    package let text: String
    /// ISO 8601, UTC, milliseconds.
    package let sentAt: String
}

/// The newest 500 messages of the demo: in memory, or in a file that several nodes of one demo share, one JSON
/// object a line.
package final class CapturedMessages: @unchecked Sendable {
    private let lock = NSLock()
    private var messages: [CapturedMessage] = []
    private var newCards: Set<String> = []
    private var newestFiles: [(to: String, mail: Mail)] = []
    private let clock: Clock
    private let file: String?
    private static let most = 500

    package init(clock: Clock, file: String? = nil) {
        self.clock = clock
        self.file = file
    }

    /// Newest first.
    package var all: [CapturedMessage] {
        lock.lock()
        defer { lock.unlock() }
        guard let file else { return messages.reversed() }
        let lines = (FileManager.default.contents(atPath: file) ?? Data()).split(separator: 0x0A)
        return lines.suffix(Self.most).reversed().compactMap {
            try? JSONDecoder().decode(CapturedMessage.self, from: $0)
        }
    }

    /// From now on the carrier says of a number that its card was exchanged lately, or not any more.
    package func exchangeCard(of number: String, isNew: Bool = true) {
        lock.lock()
        defer { lock.unlock() }
        if isNew { newCards.insert(number) } else { newCards.remove(number) }
    }

    private func hasNewCard(_ number: String) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        return newCards.contains(number)
    }

    /// The newest mails with a file, of ten at most, newest first.
    package func filed(to address: String) -> [Mail] {
        lock.lock()
        defer { lock.unlock() }
        return newestFiles.reversed().filter { $0.to == address }.map(\.mail)
    }

    private func keepFile(of mail: Mail) {
        guard mail.attachment != nil else { return }
        lock.lock()
        defer { lock.unlock() }
        newestFiles.append((mail.to, mail))
        if newestFiles.count > 10 { newestFiles.removeFirst() }
    }

    private func add(_ kind: CapturedMessage.Kind, _ id: String, to: String, subject: String, text: String) {
        let seconds = Double(clock.now().rawValue) / 1000
        let sentAt = Date(timeIntervalSince1970: seconds).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let message = CapturedMessage(
            kind: kind, id: id, to: to, subject: subject, text: text, sentAt: sentAt)
        lock.lock()
        defer { lock.unlock() }
        if let file { return append(message, to: file) }
        messages.append(message)
        if messages.count > Self.most { messages.removeFirst() }
    }

    /// The nodes take turns, so that their lines do not mix. A message that is there already came from a node that
    /// was killed before it could say so; a mailbox that knows the Message-ID would not show it twice either.
    private func append(_ message: CapturedMessage, to file: String) {
        guard let json = try? JSONEncoder().encode(message), let stream = fopen(file, "a") else { return }
        defer { fclose(stream) }  // and the lock with it
        guard flock(fileno(stream), LOCK_EX) == 0,
            let there = FileManager.default.contents(atPath: file),
            there.range(of: Data("\"id\":\"\(message.id)\"".utf8)) == nil
        else { return }
        let line = [UInt8](json) + [0x0A]
        setvbuf(stream, nil, _IOFBF, line.count + 1)
        fwrite(line, 1, line.count, stream)
    }

    /// Channels that end here.
    package func channels(texts: MessageTexts, productName: String) -> DeliveryChannels {
        DeliveryChannels(
            texts: texts, from: "ne-pas-repondre@hul.example", fromName: productName,
            returns: "retours@hul.example",
            sendMail: { mail in
                self.keepFile(of: mail)
                self.add(.email, mail.id, to: mail.to, subject: mail.subject, text: mail.text)
            },
            sendSMS: { message in self.add(.sms, message.id, to: message.to, subject: "", text: message.text)
            },
            isSIMSwapped: { number in self.hasNewCard(number) })
    }
}
