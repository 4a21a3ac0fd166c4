import Access
import Foundation
import NIOCore

/// The connections that are open: there is a limit for all, and one for each address, so that who reaches the port
/// cannot take the places of the others before he has shown a certificate. At the end those that do nothing are
/// closed, the others once they have been answered.
final class OpenConnections: @unchecked Sendable {
    /// Why a connection is not let in.
    enum Refusal: String, Sendable, CaseIterable {
        /// All places are taken.
        case full
        /// Its address has its share.
        case address
    }

    enum Admission: Sendable, Equatable {
        case admitted
        /// The number is how many were refused since the log was last told, this one included; nil: it is told later.
        case refused(Refusal, toTell: Int?)
        case leaving
    }

    private struct Connection {
        let channel: any Channel
        let network: String
        var isBusy = false
    }

    /// Who knocks a thousand times a minute must not fill the log.
    private static let secondsBetweenLines = 60

    private let maximum: Int
    private let perAddress: Int
    private let lock = NSLock()
    private var connections: [ObjectIdentifier: Connection] = [:]
    /// How many of them each network has.
    private var shares: [String: Int] = [:]
    private var refused: [Refusal: Int] = [:]
    private var untold = 0
    private var toldAt: Timestamp?
    private var isLeaving = false

    init(maximum: Int, perAddress: Int) {
        self.maximum = maximum
        self.perAddress = perAddress
    }

    /// - Parameter address: as the socket tells it; of an IPv6 address the first 64 bits count.
    func admit(_ channel: any Channel, from address: String, at now: Timestamp) -> Admission {
        let network = NetworkAddress.network(of: address)
        lock.lock()
        defer { lock.unlock() }
        guard !isLeaving else { return .leaving }
        let share = shares[network] ?? 0
        guard connections.count < maximum else { return refuse(.full, at: now) }
        guard share < perAddress else { return refuse(.address, at: now) }
        connections[ObjectIdentifier(channel)] = Connection(channel: channel, network: network)
        shares[network] = share + 1
        return .admitted
    }

    private func refuse(_ why: Refusal, at now: Timestamp) -> Admission {
        refused[why, default: 0] += 1
        untold += 1
        if let toldAt, now < toldAt.adding(seconds: Self.secondsBetweenLines) {
            return .refused(why, toTell: nil)
        }
        defer { (untold, toldAt) = (0, now) }
        return .refused(why, toTell: untold)
    }

    func remove(_ channel: any Channel) {
        lock.lock()
        defer { lock.unlock() }
        guard let gone = connections.removeValue(forKey: ObjectIdentifier(channel)) else { return }
        let left = (shares[gone.network] ?? 1) - 1
        shares[gone.network] = left > 0 ? left : nil
    }

    /// How many are open, and how many were refused since the start, by reason.
    var figures: (open: Int, refused: [Refusal: Int]) {
        lock.lock()
        defer { lock.unlock() }
        return (connections.count, refused)
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
