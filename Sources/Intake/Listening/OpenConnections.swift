import Foundation
import NIOCore

/// The connections that are open: there is a limit, and at the end those that do nothing are closed, the others once
/// they have been answered.
final class OpenConnections: @unchecked Sendable {
    private struct Connection {
        let channel: any Channel
        var isBusy = false
    }

    private let maximum: Int
    private let lock = NSLock()
    private var connections: [ObjectIdentifier: Connection] = [:]
    private var isLeaving = false

    init(maximum: Int) { self.maximum = maximum }

    /// - Returns: false when there are too many, or the node is leaving.
    func admit(_ channel: any Channel) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        guard connections.count < maximum, !isLeaving else { return false }
        connections[ObjectIdentifier(channel)] = Connection(channel: channel)
        return true
    }

    func remove(_ channel: any Channel) {
        lock.lock()
        defer { lock.unlock() }
        connections[ObjectIdentifier(channel)] = nil
    }

    /// - Returns: false when the node is leaving: the connection ends here.
    func mark(_ channel: any Channel, isBusy: Bool) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        connections[ObjectIdentifier(channel)]?.isBusy = isBusy
        return !isLeaving
    }

    /// No more messages are taken.
    func leave() {
        lock.lock()
        isLeaving = true
        let idle = connections.values.filter { !$0.isBusy }.map(\.channel)
        lock.unlock()
        for channel in idle { channel.close(promise: nil) }
    }
}

/// Ends a connection whose time is over.
struct ConnectionWatch {
    private let channel: any Channel
    private var task: Scheduled<Void>?

    init(_ channel: any Channel) { self.channel = channel }

    /// From now on the connection has so many seconds.
    mutating func allow(seconds: Int) {
        task?.cancel()
        task = channel.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) { [channel] in
            channel.close(promise: nil)
        }
    }

    mutating func stop() {
        task?.cancel()
        task = nil
    }
}
