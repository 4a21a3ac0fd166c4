/// Who acts, for whom, and what he did. `Access` holds the accounts, the sign-in, the sessions, the delegations,
/// the machine clients and the audit trail. It is the only maker of a `Holder` (a signed-in person, as himself), a
/// `Viewer` (the same person in a space of documents) and a `MachineViewer` (a signed-in program): every clinical
/// query asks for one of the last two, so no row is read for nobody.
public struct Viewer: Sendable {
    /// The person who acts.
    public let holder: Holder
    /// Whose space it is: the account itself, or the principal of a delegation.
    public let principalID: Account.ID
    /// «Dre Claire Favre».
    public let principalName: String
    /// What the delegation allows; nil in one's own space.
    public let acting: ActingRights?

    public var accountID: Account.ID { holder.accountID }
    public var sessionID: Session.ID { holder.sessionID }
    public var role: Account.Role { holder.role }
    /// The name of the person who acts.
    public var displayName: String { holder.displayName }
    public var origin: RequestOrigin { holder.origin }
    /// Whether it is a program that reads in the person's name, and not he himself.
    public var isSoftware: Bool { holder.client != nil }

    /// Whether the space allows this to the person: in one's own space everything, else what was granted.
    public func may(_ right: DelegationRight) -> Bool { acting?.rights.contains(right) ?? true }

    /// In one's own space.
    /// - Returns: nil for roles that have no space of documents.
    init?(own holder: Holder) {
        guard holder.role == .practitioner else { return nil }
        self.holder = holder
        principalID = holder.accountID
        principalName = holder.displayName
        acting = nil
    }

    /// In the space of another person, under a delegation that was looked up and is in force.
    init(_ grant: DelegationGrant, _ holder: Holder) {
        self.holder = holder
        principalID = grant.delegation.principalID
        principalName = grant.principalName
        acting = ActingRights(
            delegationID: grant.delegation.id, rights: grant.delegation.rights,
            endsAt: grant.delegation.endsAt)
    }
}

/// Somebody who is signed in, as himself: with his own password, factors, sessions and delegations, and the choice
/// of a space. Opens nothing clinical; for that he enters a space and becomes a `Viewer`.
public struct Holder: Sendable {
    public let accountID: Account.ID
    public let sessionID: Session.ID
    public let role: Account.Role
    /// «Mme Sandra Rochat».
    public let displayName: String
    /// By what he proved who he is: `password+code`, `hin`.
    public let authentication: String
    /// His role asks for an app or a passkey, and he came without: he may enrol one, and nothing of his role.
    public let lacksStrongFactor: Bool
    public let origin: RequestOrigin
    /// The program through which he reads, which has no session.
    let client: Client.ID?

    /// A professional through a program that is bound to him. It opens his space of documents for reading, and
    /// nothing of his account: only `confirm(viewer:to:at:)` lets it pass.
    init(_ account: Account, through machine: MachineViewer) {
        client = machine.clientID
        authentication = "private_key_jwt"
        lacksStrongFactor = false
        accountID = account.id
        sessionID = Session.ID(rawValue: "")
        role = account.role
        displayName = account.displayName
        origin = machine.origin
    }

    init(
        _ account: Account, session: Session.ID, authentication: String, _ rules: AccessRules,
        origin: RequestOrigin
    ) {
        client = nil
        self.authentication = authentication
        lacksStrongFactor = StaffFactors.isLacking(account.role, authentication, rules)
        accountID = account.id
        sessionID = session
        role = account.role
        displayName = account.displayName
        self.origin = origin
    }
}

/// What somebody may do in another person's space, and until when.
public struct ActingRights: Sendable, Equatable {
    public let delegationID: Delegation.ID
    public let rights: Set<DelegationRight>
    public let endsAt: Timestamp
}

/// A hospital system that proved who it is, with the scopes it was granted.
public struct MachineViewer: Sendable {
    /// By what it proved that; as kept in the trail.
    public enum Authentication: String, Sendable {
        /// SMART Backend Services: a signed assertion, then a token.
        case privateKey = "private_key_jwt"
        /// MLLP over TLS, with the certificate that the configuration names.
        case clientCertificate = "mllp-client-certificate"
        /// MLLP from a program on the portal's own machine, without TLS.
        case loopback = "mllp-loopback"
    }
    public let clientID: Client.ID
    public let scopes: Set<Scope>
    /// The professional to whom the client is bound: it sees his space and nothing of a hospital's. Nil for a
    /// hospital system, which sees what it sent itself.
    public let principalID: Account.ID?
    public let origin: RequestOrigin
    public let authentication: Authentication

    init(
        clientID: Client.ID, scopes: Set<Scope>, principalID: Account.ID? = nil, origin: RequestOrigin,
        authentication: Authentication = .privateKey
    ) {
        self.clientID = clientID
        self.scopes = scopes
        self.principalID = principalID
        self.origin = origin
        self.authentication = authentication
    }
}
