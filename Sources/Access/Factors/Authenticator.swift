import Storage

/// A row of `authenticator`.
struct Authenticator: Sendable {
    let id: String
    let accountID: Account.ID
    /// The session in which it was begun.
    let sessionID: Session.ID
    /// Sealed.
    let secret: [UInt8]
    let lastStep: Int64
    let createdAt: Timestamp
    let confirmedAt: Timestamp?
    let lastUsedAt: Timestamp?

    /// What its secret is sealed for.
    var context: String { Self.context(id, accountID) }
    static func context(_ id: String, _ account: Account.ID) -> String {
        "authenticator \(id) \(account.rawValue)"
    }

    init(id: String, _ holder: Holder, sealed secret: [UInt8], at now: Timestamp) {
        self.id = id
        accountID = holder.accountID
        sessionID = holder.sessionID
        self.secret = secret
        lastStep = 0
        createdAt = now
        confirmedAt = nil
        lastUsedAt = nil
    }

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        sessionID = try row.get("session_id")
        secret = try row.get("secret")
        lastStep = try row.get("last_step")
        createdAt = try row.get("created_at")
        confirmedAt = try row.get("confirmed_at")
        lastUsedAt = try row.get("last_used_at")
    }
}

/// What an app is set up with, while it is being enrolled; never shown again.
public struct AuthenticatorSetup: Sendable {
    /// Base32, 32 signs.
    public let secret: String
    /// The account's address, as the app will show it.
    public let email: String
}

/// What a change of one's factors gives back.
public struct FactorChange: Sendable {
    /// The new token of this session.
    public let token: String
    /// Shown once; empty where none were made.
    public let recoveryCodes: [String]
}
