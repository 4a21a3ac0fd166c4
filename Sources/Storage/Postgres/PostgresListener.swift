import Foundation

/// The one connection of this process that listens for the wake-ups of all nodes, whatever the number of
/// listeners.
final class PostgresListener: Sendable {
    private struct State: Sendable {
        var isListening = false
        var isClosed = false
    }
    private let state = Locked(State())
    private let connection: PostgresConnection
    private let notifications: Notifications

    init(_ connection: PostgresConnection, _ notifications: Notifications) {
        self.connection = connection
        self.notifications = notifications
    }

    /// Begins to listen, unless it does already.
    func start() {
        let isFirst = state.withLock { state in
            defer { state.isListening = true }
            return !state.isListening
        }
        guard isFirst else { return }
        // `self` is held for half a second at a time: whoever forgets to close ends the loop all the same
        connection.queue.async { [weak self] in
            var isReady = false
            while let self, !self.state.withLock({ $0.isClosed }) { self.listen(&isReady) }
        }
    }

    private func listen(_ isReady: inout Bool) {
        do {
            if !isReady {
                for channel in Channel.allCases { try connection.simple("LISTEN \(channel.rawValue)") }
                isReady = true
                for channel in Channel.allCases { notifications.publish(channel, "") }  // look again
            }
            try connection.waitForNotifications(milliseconds: 500) { name, payload in
                if let channel = Channel(rawValue: name) { notifications.publish(channel, payload) }
            }
        } catch {
            connection.disconnect()
            isReady = false
            Thread.sleep(forTimeInterval: 0.5)
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        notifications.finish()
    }
}
