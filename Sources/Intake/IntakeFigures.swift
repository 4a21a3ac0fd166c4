import Foundation
import HL7v2

/// What the listener did since it began: for those who watch over the node. No name, address or number of a message is
/// in it.
public struct IntakeFigures: Sendable, Equatable {
    public struct Count: Sendable, Equatable {
        /// A code that the program itself wrote.
        public let label: String
        public let count: Int
    }

    /// By what was answered: `AA`, `AE`, `AR`, also where the sender wants another answer or none; `none` where something
    /// passing was in the way and the connection was closed. All four are always there.
    public let messages: [Count]
    /// That are open now.
    public let connections: Int
    /// That were not let in: `full`, `address`.
    public let refusedConnections: [Count]
}

/// How many messages were answered, and how.
final class AnswerCounts: @unchecked Sendable {
    private let lock = NSLock()
    private var counts: [Acknowledgement.Verdict?: Int] = [:]

    /// - Parameter verdict: nil when there is no answer.
    func count(_ verdict: Acknowledgement.Verdict?) {
        lock.lock()
        defer { lock.unlock() }
        counts[verdict, default: 0] += 1
    }

    var all: [IntakeFigures.Count] {
        lock.lock()
        defer { lock.unlock() }
        return [.accepted, .error, .rejected, nil].map { (verdict: Acknowledgement.Verdict?) in
            IntakeFigures.Count(label: verdict?.rawValue ?? "none", count: counts[verdict] ?? 0)
        }
    }
}
