public import Access
import Storage

/// A message as its sender numbers it, with what tells it from another one under the same number.
public struct NumberedMessage: Sendable {
    /// MSH-3 and MSH-4.
    public let application: String
    public let facility: String
    /// MSH-10
    public let controlID: String
    /// SHA-256 of its bytes: engines begin to count anew when they are restarted.
    public let digest: [UInt8]

    public init(application: String, facility: String, controlID: String, digest: [UInt8]) {
        self.application = application
        self.facility = facility
        self.controlID = controlID
        self.digest = digest
    }
}

extension DispatchActions {
    /// For so long a repeated message is known by its number.
    public static var messageHours: Int { 24 }

    /// Whether this very message was processed a short while ago. One that was refused is not known: when a person
    /// has put right what was missing, the engine may send it again as it is.
    public func wasProcessed(_ message: NumberedMessage, _ viewer: MachineViewer) async throws -> Bool {
        let since = clock.now().adding(hours: -Self.messageHours)
        return try await database.read { transaction in
            try transaction.digest(of: message, viewer.clientID, since: since) == message.digest
        }
    }

    /// Remembers that a message was processed. After its effect: a crash in between has it processed again, and each
    /// action bears that.
    public func journal(_ message: NumberedMessage, _ viewer: MachineViewer) async throws {
        let now = clock.now()
        try await database.write { try $0.save(message, viewer.clientID, at: now) }
    }

    /// Forgets what was remembered for long enough.
    public func forgetMessages() async throws {
        let end = clock.now().adding(hours: -Self.messageHours)
        try await database.write { try $0.deleteMessages(before: end) }
    }
}
