public import Storage

/// A key on somebody's device that signs for this portal. We hold its public half.
public struct Passkey: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// At most so many an account.
    static let limit = 20

    public let id: ID
    let accountID: Account.ID
    let credentialID: [UInt8]
    let key: PasskeyKey
    let signCount: Int64
    /// Whether it may be copied to other devices of its owner.
    public let isBackupEligible: Bool
    let isBackedUp: Bool
    /// As its owner calls it: at most 100 bytes.
    public let name: String
    public let createdAt: Timestamp
    public let lastUsedAt: Timestamp?
}

/// All SQL that touches passkeys stands in `PasskeyQueries.swift`.
extension Passkey {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        credentialID = try row.get("credential_id")
        let algorithm: Int = try row.get("algorithm")
        guard let algorithm = PasskeyKey.Algorithm(rawValue: algorithm) else {
            throw FactorRefusal.passkey(.algorithm)
        }
        key = PasskeyKey(algorithm: algorithm, bytes: try row.get("public_key"))
        signCount = try row.get("sign_count")
        isBackupEligible = try row.get("is_backup_eligible")
        isBackedUp = try row.get("is_backed_up")
        name = try row.get("name")
        createdAt = try row.get("created_at")
        lastUsedAt = try row.get("last_used_at")
    }
}
