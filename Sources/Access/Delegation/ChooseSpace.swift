import Storage
import Vault

/// A space that somebody may enter.
public struct Space: Sendable {
    /// Whose it is.
    public var principalID: Account.ID { viewer.principalID }
    public var name: String { viewer.principalName }
    /// The person in this space, for what its card tells.
    public let viewer: Viewer

    /// Nil for one's own.
    public var acting: ActingRights? { viewer.acting }
    public var isOwn: Bool { acting == nil }
}

extension AccessActions {
    /// The spaces somebody may enter: those of his principals by name, then his own if he has one.
    public func spaces(of holder: Holder) async throws -> [Space] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.spaces(of: holder, at: now)
        }
    }

    /// Enters a space: «Sous quelle responsabilité vous connectez-vous ?» (DEL-07). The session gets a new token;
    /// the old one opens nothing any more (SES-3).
    /// - Parameters:
    ///   - principal: whose space; one's own account for one's own.
    ///   - token: the session's present token.
    /// - Returns: the new token.
    /// - Throws: `DelegationRefusal.notFound` when it is not a space one may enter now.
    public func enterSpace(of principal: Account.ID, token: String, _ holder: Holder) async throws -> String {
        let now = clock.now()
        let newToken = RandomText.token()
        do {
            try await database.write { transaction in
                try transaction.confirm(holder, at: now)
                guard
                    let space = try transaction.spaces(of: holder, at: now).first(where: {
                        $0.principalID == principal
                    })
                else { throw DelegationRefusal.notFound }
                guard
                    try transaction.enterSpace(
                        of: principal, under: space.acting?.delegationID, holder,
                        replacing: Self.tokenHash(token), by: Self.tokenHash(newToken), at: now)
                else { throw AccessRefusal.sessionEnded }
                try transaction.recordEntrance(into: space, holder, at: now)
            }
        } catch let refusal as DelegationRefusal {
            throw try await refuse(refusal, .spaceEntered, holder)
        }
        return newToken
    }
}

extension Transaction {
    func spaces(of holder: Holder, at now: Timestamp) throws -> [Space] {
        let others = try grants(to: holder.accountID, at: now).map { Space(viewer: Viewer($0, holder)) }
        return others + [Viewer(own: holder)].compactMap { $0.map(Space.init) }
    }

    /// After the sign-in: who has one space is in it, who has several chooses.
    func enterOnlySpace(_ account: Account, _ holder: Holder, at now: Timestamp) throws {
        let spaces = try spaces(of: holder, at: now)
        guard spaces.count == 1, let only = spaces.first else { return }
        try setSpace(only.principalID, under: only.acting?.delegationID, of: holder.sessionID)
        if !only.isOwn { try recordEntrance(into: only, holder, at: now) }
    }

    fileprivate func recordEntrance(into space: Space, _ holder: Holder, at now: Timestamp) throws {
        try record(
            AuditEntry(
                .spaceEntered, object: .account(space.principalID),
                basis: space.acting.map { "delegation \($0.delegationID.rawValue)" }), by: .person(holder),
            at: now)
    }
}
