import Crypto
import Storage

/// A token as it is handed out: 256 random bits, of which only the hash is kept.
public struct IssuedToken: Sendable {
    public let token: String
    public let scopes: Set<Scope>
    /// Seconds.
    public let lifetime: Int
}

extension AccessActions {
    /// Seconds that a machine's token lives (SMART: at most 300).
    public static var tokenSeconds: Int { 300 }

    /// The registered client, if it is active: the edge needs its keys to check an assertion.
    public func client(_ id: Client.ID) async throws -> Client? {
        try await database.read { try $0.activeClient(id) }
    }

    /// Registers a client, or replaces its keys and scopes.
    public func registerClient(_ client: Client) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            try transaction.save(client, at: now)
            try transaction.record(
                AuditEntry(.clientRegistered, object: .client(client.id), detail: Scope.text(client.scopes)),
                by: actor, at: now)
        }
    }

    /// Issues a token to a client whose assertion was verified by the edge.
    /// - Parameter assertion: its `jti` and expiry; each counts once. Nil for the operator's own command.
    /// - Returns: nil when the assertion was used before, or no asked scope is registered.
    public func issueToken(
        to client: Client, asking scopes: Set<Scope>, assertion: (jti: String, expires: Timestamp)?,
        origin: RequestOrigin
    ) async throws -> IssuedToken? {
        let granted = scopes.intersection(client.scopes)
        guard !granted.isEmpty else { return nil }
        let now = clock.now()
        let token = RandomText.token()
        let viewer = MachineViewer(clientID: client.id, scopes: granted, origin: origin)
        return try await database.write { transaction in
            try transaction.forgetExpiredTokens(at: now)
            if let assertion {
                guard try transaction.useAssertion(assertion.jti, of: client.id, until: assertion.expires)
                else {
                    return nil
                }
            }
            try transaction.insertToken(
                hash: Self.tokenHash(token), client.id, granted, at: now,
                expires: now.adding(seconds: Self.tokenSeconds))
            try transaction.record(
                AuditEntry(.tokenIssued, object: .client(client.id), detail: Scope.text(granted)),
                by: .machine(viewer), at: now)
            return IssuedToken(token: token, scopes: granted, lifetime: Self.tokenSeconds)
        }
    }

    /// Who presents `token`, or nil when it is unknown, expired, or its client was suspended.
    public func machine(token: String, origin: RequestOrigin) async throws -> MachineViewer? {
        let now = clock.now()
        let hash = Self.tokenHash(token)
        return try await database.read { transaction in
            try transaction.liveToken(hash, at: now).map {
                MachineViewer(
                    clientID: $0.client, scopes: $0.scopes, principalID: $0.principal, origin: origin)
            }
        }
    }

    static func tokenHash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }
}
