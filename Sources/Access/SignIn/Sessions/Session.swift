public import Storage

/// A sign-in, from the right password to its end. Only the hash of its token is kept; the token changes at
/// each step, so that one seen before the second factor opens nothing after it (SES-3).
public struct Session: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// What is not an identifier could be anything, a name too, and does not go into the trail.
        var isWellFormed: Bool {
            rawValue.utf8.count == 32
                && rawValue.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
    }

    /// How far the sign-in has come.
    public enum Stage: String, Sendable, SQLBindable, SQLDecodable {
        /// The password was right; opens nothing but the page of the code.
        case codeExpected
        case signedIn
    }

    public let id: ID
    public let accountID: Account.ID
    public let stage: Stage
    /// Whose space it is in; nil while none is chosen.
    public let principalID: Account.ID?
    /// Under which delegation, if it is another person's space.
    public let delegationID: Delegation.ID?
    /// By what its holder has proved who he is so far: `password`, `password+code`, `hin`.
    public let authentication: String
    /// The hidden field of each form of this session.
    public let formToken: String
    public let address: String
    public let userAgent: String
    public let createdAt: Timestamp
    public internal(set) var lastSeenAt: Timestamp
    public let expiresAt: Timestamp

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        stage = try row.get("stage")
        principalID = try row.get("principal_id")
        delegationID = try row.get("delegation_id")
        authentication = try row.get("authentication")
        formToken = try row.get("form_token")
        address = try row.get("address")
        userAgent = try row.get("user_agent")
        createdAt = try row.get("created_at")
        lastSeenAt = try row.get("last_seen_at")
        expiresAt = try row.get("expires_at")
    }
}
