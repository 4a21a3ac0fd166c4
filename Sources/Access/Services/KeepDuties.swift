public import Storage

/// What somebody of the hospital may do besides his role.
public enum Duty: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    /// Reads who had access to one patient's documents.
    case dataProtection
}

/// Somebody with a duty, or who is to have it once a second person has agreed.
public struct DutyHolder: Sendable {
    public let accountID: Account.ID
    public let displayName: String
    public let email: String
    /// Nil: a second person is to agree.
    public let approvedAt: Timestamp?
    /// Whether the one who looks has proposed it, or is the one: he cannot agree.
    public let isOwn: Bool

    public init(
        accountID: Account.ID, displayName: String, email: String, approvedAt: Timestamp?, isOwn: Bool
    ) {
        self.accountID = accountID
        self.displayName = displayName
        self.email = email
        self.approvedAt = approvedAt
        self.isOwn = isOwn
    }
}

extension Transaction {
    /// The first line of each action of a duty: the session is alive, and two people have given the duty.
    /// - Throws: `AccessRefusal.sessionEnded`, `.roleNotAllowed`, `ServiceRefusal.noDuty`.
    public func confirm(_ holder: Holder, with duty: Duty, at now: Timestamp) throws {
        try confirm(holder, as: [.serviceMember], at: now)
        guard try hasDuty(duty, holder.accountID) else { throw ServiceRefusal.noDuty }
    }
}

extension AccessActions {
    private static let administrators: Set<Account.Role> = [.portalAdmin]

    /// Who has a duty, for the portal team.
    public func holders(of duty: Duty, _ holder: Holder) async throws -> [DutyHolder] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            return try transaction.dutyHolders(duty, seenBy: holder)
        }
    }

    /// Whether one has it oneself, for the frame of the pages.
    public func hasDuty(_ duty: Duty, _ holder: Holder) async throws -> Bool {
        try await database.read { try $0.hasDuty(duty, holder.accountID) }
    }

    /// Proposes a duty for somebody of the hospital's staff. He has it once another person has agreed.
    /// - Throws: `ServiceRefusal.unknownAccount`, `.personUnknown`, `.samePerson`.
    public func propose(_ duty: Duty, for email: String, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard let address = EmailAddress.normalised(email),
                let account = try transaction.account(email: address), account.role == .serviceMember,
                account.state == .active
            else { throw ServiceRefusal.unknownAccount }
            guard let person = try transaction.personNumber(of: holder.accountID) else {
                throw ServiceRefusal.personUnknown
            }
            guard try !transaction.isSamePerson(account.id, holder.accountID) else {
                throw ServiceRefusal.samePerson
            }
            try transaction.propose(duty, for: account.id, by: holder.accountID, person: person, at: now)
            try transaction.record(
                AuditEntry(.actProposed, object: .account(account.id), detail: "duty=\(duty.rawValue)"),
                by: .person(holder), at: now)
        }
    }

    /// The second person agrees: neither the one who proposed it nor the one who gets it.
    /// - Throws: `ServiceRefusal.notFound`, `.personUnknown`, `.samePerson`.
    public func approve(_ duty: Duty, for account: Account.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard let person = try transaction.personNumber(of: holder.accountID) else {
                throw ServiceRefusal.personUnknown
            }
            guard let proposer = try transaction.proposerPerson(of: duty, for: account) else {
                throw ServiceRefusal.notFound
            }
            guard !areEqualSecrets(proposer, person), try !transaction.isSamePerson(account, holder.accountID)
            else { throw ServiceRefusal.samePerson }
            guard try transaction.approve(duty, for: account, by: holder.accountID, person: person, at: now)
            else { throw ServiceRefusal.notFound }
            try transaction.record(
                AuditEntry(.actApproved, object: .account(account), detail: "duty=\(duty.rawValue)"),
                by: .person(holder), at: now)
        }
    }

    /// Gives a duty by the operator's command.
    /// - Throws: `ServiceRefusal.unknownAccount`.
    public func give(_ duty: Duty, to email: String) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            guard let address = EmailAddress.normalised(email),
                let account = try transaction.account(email: address), account.role == .serviceMember
            else { throw ServiceRefusal.unknownAccount }
            try transaction.give(duty, to: account.id, at: now)
            try transaction.record(
                AuditEntry(.staffChanged, object: .account(account.id), detail: "duty=\(duty.rawValue)"),
                by: actor, at: now)
        }
    }

    /// Takes a duty or its proposal back, with immediate effect; one person is enough.
    public func withdraw(_ duty: Duty, from account: Account.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard try transaction.removeDuty(duty, of: account) else { throw ServiceRefusal.notFound }
            try transaction.record(
                AuditEntry(.actWithdrawn, object: .account(account), detail: "duty=\(duty.rawValue)"),
                by: .person(holder), at: now)
        }
    }
}
