public import Storage

/// An identity outside and what it opens here. One row for each issuer and subject, for good.
public struct LinkedIdentity: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// What it may do. Only `active` opens a session.
    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        case active
        /// An account was asked for with it; its request is being looked at.
        case requested
        /// It claims the GLN of somebody who has an account: the portal team decides.
        case waiting
        /// By the portal team.
        case refused
    }

    public let id: ID
    public let provider: String
    public let issuer: String
    public let subject: String
    public let state: State
    public let accountID: Account.ID?
    /// The request for an account that was made with it.
    public let requestID: String?
    public let gln: String
    public let level: VerificationLevel
    /// As the provider told it at the first sign-in; while it waits, at the last one.
    public let displayName: String
    public let email: String
    public let createdAt: Timestamp
    public let lastUsedAt: Timestamp?
    /// Who of the portal team takes it for the account holder's, while it waits for a second person.
    let proposedBy: Account.ID?
    let proposedAt: Timestamp?
    /// Its provider's switch, where it matters: told with the identity of a request only.
    public internal(set) var isSwitchedOff = false

    /// Whether its provider has seen the person's document itself (D03): the check of a request is shorter then. Of a
    /// provider that is switched off nothing is believed.
    public var provesPerson: Bool {
        provider == IdentityProviderName.hin.rawValue && level == .epdg && state == .requested
            && !isSwitchedOff
    }

    /// Whether this is what it said of itself before.
    func isSaid(by identity: ForeignIdentity) -> Bool {
        identity.gln ?? "" == gln && identity.level == level && identity.displayName == displayName
            && identity.email == email
    }

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        provider = try row.get("provider")
        issuer = try row.get("issuer")
        subject = try row.get("subject")
        state = try row.get("state")
        accountID = try row.get("account_id")
        requestID = try row.get("request_id")
        gln = try row.get("gln")
        level = VerificationLevel(number: try row.get("verification_level"))
        displayName = try row.get("display_name")
        email = try row.get("email")
        createdAt = try row.get("created_at")
        lastUsedAt = try row.get("last_used_at")
        proposedBy = try row.get("proposed_by")
        proposedAt = try row.get("proposed_at")
    }
}

extension AuditObject {
    public static func identity(_ id: LinkedIdentity.ID) -> AuditObject {
        .init(kind: "identity", id: id.rawValue)
    }
}

/// Looks for the account that is known under a GLN; the directory knows, not this module.
public struct GLNLookup: Sendable {
    private let find: @Sendable (String, any Transaction) throws -> Account.ID?

    public init(_ find: @escaping @Sendable (String, any Transaction) throws -> Account.ID?) {
        self.find = find
    }

    /// Whose a GLN is: the directory's word, or another identity's that opens an account already.
    func owner(of gln: String, in transaction: any Transaction) throws -> Account.ID? {
        guard !gln.isEmpty else { return nil }
        return try find(gln, transaction) ?? transaction.accountOfLinkedIdentity(gln: gln)
    }
}

/// What the sign-in with an identity from outside can answer.
public enum IdentityAnswer: Sendable {
    /// Signed in, with a new token.
    case signedIn(token: String, Account)
    /// The hospital asks for a second factor of ours too.
    case codeExpected(token: String, CodeSending)
    /// Nobody is known by it. It is kept for ten minutes, for the wish to ask for an account.
    case unknown(ForeignIdentity)
    /// It claims the GLN of an account: the portal team decides.
    case waiting
    /// An account was asked for with it.
    case requested
    /// The portal team has refused it.
    case refused
    /// Not one natural person's.
    case notPersonal(PersonKind)
    /// The account behind it is not active.
    case notActive(Account.State)
    /// People of the portal team and validators sign in here, with their own factors.
    case roleNotAllowed
    /// The hospital asks for a second factor of ours, and the account has none left.
    case noFactor
}

/// Why a sign-in from outside does not even begin or end.
public enum IdentityRefusal: Refusal, Equatable {
    /// The portal team has switched the provider off.
    case switchedOff
    /// From one network, in ten minutes.
    case tooMany
    /// Not begun in this browser, older than ten minutes, or finished already.
    case unknownState
    /// The identity that was to be asked with has gone: older than ten minutes, or used.
    case nothingHeld
    /// Somebody has decided it meanwhile.
    case decided
    case notFound
    /// It takes another person: the account is one's own, or the proposal, or nobody has entered who one is.
    case otherPerson
    /// The identity claims another GLN than that of the account it waits for.
    case otherGLN

    public var kind: RefusalKind {
        switch self {
        case .switchedOff, .tooMany: .unavailable
        case .unknownState, .nothingHeld: .expired
        case .decided, .otherPerson, .otherGLN: .conflict
        case .notFound: .notFound
        }
    }
    public var rule: String {
        switch self {
        case .switchedOff: "identity.switchedOff"
        case .tooMany: "identity.tooMany"
        case .unknownState: "identity.state"
        case .nothingHeld: "identity.nothingHeld"
        case .decided: "identity.decided"
        case .notFound: "identity.notFound"
        case .otherPerson: "identity.otherPerson"
        case .otherGLN: "identity.otherGLN"
        }
    }
}
