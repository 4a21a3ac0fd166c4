public import Access
import Storage

/// Somebody of the portal team.
public struct TeamMember: Sendable {
    public let accountID: Account.ID
    public let displayName: String
    public let role: Account.Role
    public let state: Account.State
    public let personNumber: String
    public let organisation: String
}

/// Somebody who waits for the second person.
public struct ProposedMember: Sendable {
    public let draft: StaffDraft
    public let act: FourEyesAct
    public let proposerName: String
    /// Whether the one who looks may approve.
    public let isOwn: Bool
}

/// The page of the team.
public struct Team: Sendable {
    public let members: [TeamMember]
    public let proposed: [ProposedMember]

    public init(members: [TeamMember], proposed: [ProposedMember]) {
        self.members = members
        self.proposed = proposed
    }
}

extension EnrolmentActions {
    /// Who is in the team, and who is to join.
    public func team(_ holder: Holder) async throws -> Team {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            let person = try transaction.personNumber(of: holder.accountID)
            let proposed = try transaction.openActs(.addStaff, at: now, limit: 100).compactMap { act in
                try transaction.staffDraft(StaffDraft.ID(rawValue: act.subjectID)).map { draft in
                    ProposedMember(
                        draft: draft, act: act,
                        proposerName: try self.name(of: act.proposedBy, in: transaction),
                        isOwn: act.proposedBy == holder.accountID || act.proposerPerson == person)
                }
            }
            return Team(members: try transaction.teamMembers(limit: 500), proposed: proposed)
        }
    }

    /// Proposes somebody for the team. He gets nothing before another administrator has agreed.
    /// - Throws: `StaffMistakes`, `EnrolmentRefusal.addressTaken`, `.personUnknown`.
    public func proposeStaff(_ form: StaffForm, _ holder: Holder) async throws {
        let now = clock.now()
        let draft = try StaffRules.draft(
            form, country: rules.countryCode, id: StaffDraft.ID(rawValue: RandomText.identifier()), at: now)
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard try transaction.account(email: draft.email) == nil else {
                throw EnrolmentRefusal.addressTaken
            }
            try transaction.insert(draft, secret: nil)
            try self.propose(
                .addStaff, on: draft.id.rawValue, draft.parameters, object: draft.auditObject, holder,
                in: transaction, at: now)
        }
    }

    /// Another administrator agrees: the account is opened, and its holder gets a link by mail with which he chooses a
    /// password. Nobody of the team ever knows one (REC-3).
    /// - Throws: `EnrolmentRefusal`.
    public func approveStaff(_ id: StaffDraft.ID, seal: String, _ holder: Holder) async throws {
        let now = clock.now()
        let object = AuditObject(kind: "staffDraft", id: id.rawValue)
        try await traced(.actApproved, object, holder) {
            do {
                try await database.write { transaction in
                    try transaction.confirm(holder, as: Self.administrators, at: now)
                    guard let draft = try transaction.staffDraft(id) else { throw EnrolmentRefusal.notFound }
                    let act = try self.approve(
                        .addStaff, on: id.rawValue, seal: seal, parameters: draft.parameters, object: object,
                        proposers: Self.administrators, holder, in: transaction, at: now)
                    // the new member is not one of the two
                    guard let own = try transaction.personNumber(of: holder.accountID),
                        !areEqualSecrets(own, draft.personNumber),
                        !areEqualSecrets(act.proposerPerson, draft.personNumber)
                    else { throw EnrolmentRefusal.samePerson }
                    guard try transaction.account(email: draft.email) == nil else {
                        throw EnrolmentRefusal.addressTaken
                    }
                    try self.open(draft, secretHash: nil, by: .person(holder), in: transaction, at: now)
                    try self.tellBoth(act, holder, in: transaction, at: now)
                }
            } catch StorageError.unique { throw EnrolmentRefusal.addressTaken }
        }
    }

    /// Takes a proposal back.
    public func withdrawStaff(_ id: StaffDraft.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard let draft = try transaction.staffDraft(id),
                try transaction.openAct(.addStaff, on: id.rawValue, at: now) != nil
            else { throw EnrolmentRefusal.noProposal }
            try transaction.withdrawActs(.addStaff, on: id.rawValue, at: now)
            try transaction.deleteDraft(id)
            try transaction.record(
                AuditEntry(.actWithdrawn, object: draft.auditObject), by: .person(holder), at: now)
        }
    }

    @discardableResult
    func open(
        _ draft: StaffDraft, secretHash: ((Account.ID) -> [UInt8])?, by actor: AuditActor,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> Account {
        let account = try transaction.openAccount(
            draft.newAccount, state: .emailUnconfirmed, passwordHash: nil, by: actor, at: now)
        try transaction.insertStaff(account.id, person: draft.personNumber, organisation: draft.organisation)
        try transaction.open(draft.id, as: account.id)
        try sendConfirmation(
            of: account, as: .staffInvited, secretHash: secretHash?(account.id), in: transaction, at: now)
        return account
    }

    /// Enters the number of the person behind an account of the team that a command has opened.
    /// - Throws: `EnrolmentRefusal.notFound`, `.incomplete`.
    public func recordStaff(email: String, personNumber: String, organisation: String) async throws {
        let now = clock.now()
        guard let number = PersonNumber.normalised(personNumber), let address = EmailAddress.normalised(email)
        else { throw EnrolmentRefusal.incomplete }
        try await database.write { transaction in
            guard let account = try transaction.account(email: address) else {
                throw EnrolmentRefusal.notFound
            }
            try transaction.insertStaff(
                account.id, person: number, organisation: PlainText.line(organisation))
            try transaction.record(
                AuditEntry(.staffChanged, object: .account(account.id)), by: self.system, at: now)
        }
    }
}

extension StaffDraft {
    var auditObject: AuditObject { AuditObject(kind: "staffDraft", id: id.rawValue) }
}
