public import Storage

/// What a delegate may do in the principal's space (D19). None implies another.
public enum DelegationRight: String, Sendable, CaseIterable, Codable {
    /// «Lire»: documents, and requests with their answers.
    case read
    /// «Préparer»: drafts of requests and messages.
    case prepare
    /// «Envoyer»: submit and reply in the principal's name.
    case send
}

/// A professional (the principal) lets somebody who works under his responsibility (the delegate) act in his space.
/// Between two personal accounts, for a time, within chosen rights; n:m (DEL-01 to DEL-09). A delegate never passes
/// it on (DLG-1).
public struct Delegation: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// How far it has come (IDN-4). Only `confirmed` opens anything.
    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        /// The principal offers it; the delegate has not answered.
        case offered
        /// Both want it, or the portal team has drawn it up on their request; a second person approves.
        case accepted
        case confirmed
        case ended
    }

    /// Who set it up: the principal himself, or the portal team on request (DEL-04).
    public enum Origin: String, Sendable, SQLBindable, SQLDecodable { case principal, support }

    public let id: ID
    public let principalID: Account.ID
    public let delegateID: Account.ID
    public let rights: Set<DelegationRight>
    public let state: State
    public let origin: Origin
    /// The principal, or the member of the portal team who drew it up.
    public let proposedBy: Account.ID
    /// On what the portal team relies: «demande signée du 12.11.2026». Empty when the principal did it himself.
    public let evidence: String
    public let offeredAt: Timestamp
    public let confirmedAt: Timestamp?
    /// The first moment at which it is no longer in force.
    public let endsAt: Timestamp
    public let endedAt: Timestamp?
    /// Why it was ended or refused, for both sides.
    public let endReason: String

    /// Whether it opens the space, apart from the state of the two accounts.
    public func isInForce(at now: Timestamp) -> Bool { state == .confirmed && now < endsAt }
}

/// A delegation in force with the name of its principal, as the sign-in needs it.
struct DelegationGrant: Sendable {
    let delegation: Delegation
    let principalName: String
}

/// The figures of delegations (D19, D31).
public struct DelegationRules: Sendable {
    /// Whether the portal team must approve what a principal offered and a delegate accepted.
    public var needsApproval = true
    /// Days proposed, and at most allowed, for a delegation.
    public var proposedDays = 365
    public var longestDays = 5 * 365
    /// Offers of one principal in a day: whoever tries addresses does not learn many.
    public var offersPerDay = 20
    public init() {}
}

/// Why something about a delegation is refused.
public enum DelegationRefusal: Refusal, Equatable {
    /// Unknown, or not yours.
    case notFound
    /// No active account has this address, or it is one that cannot be a delegate.
    case noSuchDelegate
    case noSuchPrincipal
    case oneself
    case noRights
    /// The end lies in the past or too far away.
    case end
    /// There is one between the two already.
    case exists
    /// It has gone on to another state meanwhile.
    case state
    /// Whoever drew it up, or is a party to it, cannot approve it (four-eyes).
    case samePerson
    case evidenceMissing
    case reasonMissing
    case tooMany
    /// The delegation in whose name one acted is over.
    case ended
    /// The delegation does not include what was wanted.
    case right(DelegationRight)
    /// Only the holder himself, in his own space.
    case notAllowed

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .noSuchDelegate, .noSuchPrincipal, .oneself, .noRights, .end, .evidenceMissing, .reasonMissing:
            .invalid
        case .exists, .state: .conflict
        case .tooMany: .unavailable
        case .samePerson, .ended, .right, .notAllowed: .forbidden
        }
    }

    public var rule: String {
        switch self {
        case .notFound: "delegation.notFound"
        case .noSuchDelegate: "delegation.noSuchDelegate"
        case .noSuchPrincipal: "delegation.noSuchPrincipal"
        case .oneself: "delegation.oneself"
        case .noRights: "delegation.noRights"
        case .end: "delegation.end"
        case .exists: "delegation.exists"
        case .state: "delegation.state"
        case .samePerson: "delegation.samePerson"
        case .evidenceMissing: "delegation.evidence"
        case .reasonMissing: "delegation.reason"
        case .tooMany: "delegation.tooMany"
        case .ended: "delegation.ended"
        case .right(let right): "delegation.right.\(right.rawValue)"
        case .notAllowed: "role.notAllowed"
        }
    }
}
