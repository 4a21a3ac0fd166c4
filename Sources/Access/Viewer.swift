/// Who acts, for whom, and what he did. `Access` holds the accounts, the sign-in, the sessions, the machine
/// clients and the audit trail. It is the only maker of a `Viewer` (a signed-in person) and a `MachineViewer`
/// (a signed-in program): every clinical query asks for one of them, so no row is read for nobody.
public struct Viewer: Sendable {
    public let accountID: Account.ID
    /// Whose space it is: the account itself, or the principal of a delegation.
    public let principalID: Account.ID
    public let sessionID: Session.ID
    public let role: Account.Role
    /// «Dre Claire Favre».
    public let displayName: String
    public let origin: RequestOrigin

    init(account: Account, sessionID: Session.ID, origin: RequestOrigin) {
        accountID = account.id
        principalID = account.id
        self.sessionID = sessionID
        role = account.role
        displayName = account.displayName
        self.origin = origin
    }
}

/// A hospital system that proved its key (SMART Backend Services), with the scopes it was granted.
public struct MachineViewer: Sendable {
    public let clientID: Client.ID
    public let scopes: Set<Scope>
    public let origin: RequestOrigin
}

/// Where a request came from, as far as it is known; goes into the audit trail.
public struct RequestOrigin: Sendable {
    /// The client's network address, after the trusted proxy.
    public let address: String
    /// At most 200 bytes are kept.
    public let userAgent: String
    public let requestID: String
    /// W3C trace identifier of `traceparent`, 32 hex digits.
    public let traceID: String?
    /// The node that answered.
    public let node: String

    public init(address: String, userAgent: String, requestID: String, traceID: String? = nil, node: String) {
        self.address = address
        self.userAgent = String(decoding: userAgent.utf8.prefix(200), as: UTF8.self)
        self.requestID = requestID
        self.traceID = traceID
        self.node = node
    }

    /// Work of the portal itself: jobs, commands.
    public static func system(node: String) -> RequestOrigin {
        RequestOrigin(address: "", userAgent: "", requestID: "", node: node)
    }
}
