public import Storage
import Vault

/// A proposal to take away somebody's second factors: his telephone is lost, and he proved anew who he is (D34).
public struct FactorReset: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }
    public let id: ID
    public let accountID: Account.ID
    public let proposedBy: Account.ID
    public let proposedAt: Timestamp
    /// Not before then may it be approved: until then the holder, who was told, can stop it (REC-1).
    public let openFrom: Timestamp
    /// And not after.
    public let expiresAt: Timestamp

    init(_ row: SQLRow, delayHours: Int) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        proposedBy = try row.get("proposed_by")
        proposedAt = try row.get("proposed_at")
        openFrom = proposedAt.adding(hours: delayHours)
        expiresAt = try row.get("expires_at")
    }
}

/// A proposal as the team sees it.
public struct WaitingFactorReset: Sendable {
    public let reset: FactorReset
    /// «Dre Claire Favre», whose factors they are.
    public let accountName: String
    public let proposerName: String
    /// Whether the one who looks is the person who proposed it, or the one concerned: another must approve.
    public let isOwn: Bool
}

/// Four eyes (security.md 3.5): one of the team proposes, another approves after a day, and in between the holder can
/// stop it. Nobody sees, chooses or sets a secret (REC-3): afterwards there is no factor, and a new number becomes one
/// by a code that is sent to it (`NewMobile`).
extension AccessActions {
    /// Who may propose and approve.
    static let proofers: Set<Account.Role> = [.registrar, .portalAdmin]

    /// - Throws: `FactorRefusal.samePerson`, `.personUnknown`, `.notFound`, `.alreadyEnrolled` when one is open already.
    public func proposeFactorReset(of id: Account.ID, by holder: Holder) async throws -> FactorReset.ID {
        let now = clock.now()
        let delay = rules.recoveryDelayHours
        let reset = FactorReset.ID(rawValue: RandomText.identifier())
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.proofers, at: now)
            guard try !transaction.isSamePerson(id, holder.accountID) else { throw FactorRefusal.samePerson }
            guard let account = try transaction.account(id) else { throw FactorRefusal.notFound }
            guard try transaction.personNumber(of: holder.accountID) != nil else {
                throw FactorRefusal.personUnknown
            }
            guard try transaction.openFactorReset(of: id, at: now) == nil else {
                throw FactorRefusal.alreadyEnrolled
            }
            try transaction.insertFactorReset(
                reset, of: id, by: holder.accountID, at: now, expires: now.adding(hours: delay + 24))
            try transaction.notify(account, .factorResetAsked, self.keyring, at: now)
            try transaction.notifyByText(
                account, .factorResetAsked, perHour: self.rules.smsPerHour, self.keyring, at: now)
            try transaction.record(
                AuditEntry(.factorResetProposed, object: .account(id)), by: .person(holder), at: now)
        }
        return reset
    }

    /// What waits for a second person, the oldest first.
    public func openFactorResets(_ holder: Holder) async throws -> [WaitingFactorReset] {
        let now = clock.now()
        let delay = rules.recoveryDelayHours
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.proofers, at: now)
            let open = try transaction.openFactorResets(at: now, delayHours: delay)
            let names = try transaction.displayNames(of: open.flatMap { [$0.accountID, $0.proposedBy] })
            return try open.map { reset in
                WaitingFactorReset(
                    reset: reset, accountName: names[reset.accountID] ?? "",
                    proposerName: names[reset.proposedBy] ?? "",
                    isOwn: try transaction.isSamePerson(reset.proposedBy, holder.accountID)
                        || transaction.isSamePerson(reset.accountID, holder.accountID))
            }
        }
    }

    /// The second person agrees; it is done at once, and once.
    /// - Throws: `FactorRefusal.samePerson`, `.personUnknown`, `.notFound`, `.tooEarly`.
    public func approveFactorReset(_ id: FactorReset.ID, by holder: Holder) async throws {
        let now = clock.now()
        let delay = rules.recoveryDelayHours
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.proofers, at: now)
            guard let reset = try transaction.openFactorReset(id, at: now, delayHours: delay) else {
                throw FactorRefusal.notFound
            }
            guard reset.openFrom <= now else { throw FactorRefusal.tooEarly }
            guard try !transaction.isSamePerson(reset.proposedBy, holder.accountID) else {
                throw FactorRefusal.samePerson
            }
            guard try transaction.approveFactorReset(id, by: holder.accountID, at: now) else {
                throw FactorRefusal.notFound
            }
            try self.resetFactors(
                of: reset.accountID, by: reset.proposedBy, approvedBy: holder, in: transaction, at: now)
        }
    }

    /// Draws a proposal back: one of the team, or the holder of the account himself.
    /// - Returns: false when none was open.
    public func stopFactorReset(of id: Account.ID, by holder: Holder) async throws -> Bool {
        let now = clock.now()
        return try await database.write { transaction in
            if id == holder.accountID {
                try transaction.confirm(holder, at: now)
            } else {
                try transaction.confirm(holder, as: Self.proofers, at: now)
            }
            guard try transaction.withdrawFactorResets(of: id, at: now) > 0 else { return false }
            try transaction.record(
                AuditEntry(.factorResetStopped, object: .account(id)), by: .person(holder), at: now)
            return true
        }
    }

    /// Until when a proposal about oneself can still be stopped; nil when there is none.
    public func ownFactorReset(_ holder: Holder) async throws -> Timestamp? {
        let now = clock.now()
        let delay = rules.recoveryDelayHours
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.openFactorReset(of: holder.accountID, at: now).map {
                $0.adding(hours: delay)
            }
        }
    }

    /// Takes away all second factors of an account and ends its sessions. For callers with a state machine of their own.
    /// - Parameters:
    ///   - proposer: the first person; must still be active and in the team.
    ///   - holder: the second one.
    /// - Throws: `FactorRefusal.samePerson`, `.personUnknown`, `.notFound`, `AccessRefusal.roleNotAllowed`.
    public func resetFactors(of id: Account.ID, by proposer: Account.ID, approvedBy holder: Holder)
        async throws
    {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.proofers, at: now)
            try self.resetFactors(of: id, by: proposer, approvedBy: holder, in: transaction, at: now)
        }
    }

    private func resetFactors(
        of id: Account.ID, by proposer: Account.ID, approvedBy holder: Holder,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        for (one, other) in [(id, proposer), (id, holder.accountID), (proposer, holder.accountID)]
        where try transaction.isSamePerson(one, other) { throw FactorRefusal.samePerson }
        // without a number nobody can tell whether two accounts are two people
        for member in [proposer, holder.accountID] where try transaction.personNumber(of: member) == nil {
            throw FactorRefusal.personUnknown
        }
        guard let first = try transaction.account(proposer), first.state == .active,
            Self.proofers.contains(first.role)
        else { throw AccessRefusal.roleNotAllowed }
        guard let account = try transaction.account(id) else { throw FactorRefusal.notFound }
        _ = try transaction.deleteAuthenticators(of: id)
        try transaction.deletePasskeys(of: id)
        try transaction.deleteRecoveryCodes(of: id)
        try transaction.setMobile(nil, of: id)
        try transaction.endSessions(of: id, except: nil, at: now)
        try forgetFactorTries(of: id, in: transaction)
        try transaction.notify(account, .factorsReset, keyring, at: now)
        try transaction.notifyByText(account, .factorsReset, perHour: rules.smsPerHour, keyring, at: now)
        try transaction.record(
            AuditEntry(.factorsReset, object: .account(id), detail: "proposedBy=\(proposer.rawValue)"),
            by: .person(holder), at: now)
    }
}
