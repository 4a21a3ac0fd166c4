public import Access
import Directory
public import Storage

/// An act that two different people decide (security.md 3.5): proposed by one, approved by another, done once, before
/// its end, exactly as it was proposed. A person is told by a number that is the person's and not the account's, so that
/// two accounts of one person are one person.
public struct FourEyesAct: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum Kind: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case activateAccount, addStaff, firstAdministrator
    }

    public let id: ID
    public let kind: Kind
    public let subjectID: String
    /// What will be done, in a form that reads the same for everybody.
    public let parameters: String
    /// A keyed hash of it: who approves says which one he has read.
    public let parametersHash: [UInt8]
    /// Nil: by a command of the operator.
    public let proposedBy: Account.ID?
    public let proposerPerson: String
    public let proposedAt: Timestamp
    public let expiresAt: Timestamp
    public let approvedBy: Account.ID?

    /// What the form of the approval carries back.
    public var seal: String { EnrolmentActions.hex(parametersHash) }
}

/// What the second person agrees to: everything a decision rests on, frozen when it was proposed.
struct ActivationParameters {
    let text: String

    /// - Parameter identity: from outside, which will open the account too.
    init(_ request: AccountRequest, _ proof: IdentityProof, _ identity: LinkedIdentity?) {
        let person = request.declared
        let lines: [(String, String)] = [
            ("request", request.id.rawValue), ("version", String(request.version)),
            ("role", person.profession.role.rawValue), ("honorific", person.honorific),
            ("familyName", person.familyName), ("givenName", person.givenName), ("email", person.email),
            ("mobile", person.mobile.rawValue), ("codeChannel", person.codeChannel.rawValue),
            ("identifier", "\(person.identifier.kind.rawValue) \(person.identifier.value)"),
            ("profession", person.profession.rawValue), ("specialities", person.specialities),
            ("practice", person.practice), ("responsible", person.responsible),
            ("screening", String(person.wantsScreening)), ("provedBy", proof.recordedBy.rawValue),
            ("provedAt", String(proof.recordedAt.rawValue)), ("identityIssuer", identity?.issuer ?? ""),
            ("identitySubject", identity?.subject ?? ""),
            ("identityLevel", identity.map { String($0.level.rawValue) } ?? ""),
        ]
        text = FrozenText.of(lines)
    }
}

/// Names and values in one text that cannot be read two ways: each value with its length.
enum FrozenText {
    static func of(_ lines: [(name: String, value: String)]) -> String {
        lines.map { "\($0.name):\($0.value.utf8.count):\($0.value)" }.joined(separator: "\n")
    }
}

extension EnrolmentActions {
    /// Proposes an act, in the transaction of what leads to it. One that waits for the same subject ends.
    /// - Throws: `EnrolmentRefusal.personUnknown`.
    func propose(
        _ kind: FourEyesAct.Kind, on subject: String, _ parameters: String, object: AuditObject,
        _ holder: Holder,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        guard let person = try transaction.personNumber(of: holder.accountID) else {
            throw EnrolmentRefusal.personUnknown
        }
        try transaction.withdrawActs(kind, on: subject, at: now)
        let id = FourEyesAct.ID(rawValue: RandomText.identifier())
        try transaction.insert(
            act: id, kind, on: subject, parameters, hash: hash("act \(id.rawValue)", parameters),
            by: holder.accountID, person: person, at: now, expires: now.adding(hours: rules.approvalHours))
        try transaction.record(
            AuditEntry(.actProposed, object: object, detail: "act=\(id.rawValue)"), by: .person(holder),
            at: now)
    }

    /// The second person approves what was proposed. Of many who do so at once, one does.
    /// - Parameters:
    ///   - seal: what the person has read.
    ///   - parameters: what would be done now.
    /// - Throws: `EnrolmentRefusal.noProposal`, `.changedMeanwhile`, `.samePerson`, `.personUnknown`, `.proposerGone`,
    ///   `.alreadyDecided`.
    func approve(
        _ kind: FourEyesAct.Kind, on subject: String, seal: String, parameters: String, object: AuditObject,
        proposers: Set<Account.Role>, _ holder: Holder, in transaction: any Transaction, at now: Timestamp
    ) throws -> FourEyesAct {
        guard let act = try transaction.openAct(kind, on: subject, at: now) else {
            throw try transaction.approvedAct(kind, on: subject) == nil
                ? EnrolmentRefusal.noProposal : EnrolmentRefusal.alreadyDecided
        }
        // the text in the row is as the one who proposed it wrote it, and as it would be written now
        guard areEqualSecrets(act.seal, seal), areEqualSecrets(act.parameters, parameters),
            areEqualSecrets(act.seal, Self.hex(hash("act \(act.id.rawValue)", parameters)))
        else { throw EnrolmentRefusal.changedMeanwhile }
        guard let person = try transaction.personNumber(of: holder.accountID) else {
            throw EnrolmentRefusal.personUnknown
        }
        guard !areEqualSecrets(act.proposerPerson, person), act.proposedBy != holder.accountID else {
            throw EnrolmentRefusal.samePerson
        }
        if let proposer = act.proposedBy {
            guard let account = try transaction.account(proposer), account.state == .active,
                proposers.contains(account.role)
            else { throw EnrolmentRefusal.proposerGone }
        }
        guard try transaction.approve(act.id, by: holder.accountID, person: person, at: now) else {
            throw EnrolmentRefusal.alreadyDecided
        }
        try transaction.record(
            AuditEntry(.actApproved, object: object, detail: "act=\(act.id.rawValue)"), by: .person(holder),
            at: now)
        return act
    }

    /// Writes a refused attempt to decide, in a transaction of its own.
    func traced<T>(
        _ event: AuditEventKind, _ object: AuditObject, _ holder: Holder, _ work: () async throws -> T
    ) async throws -> T {
        do { return try await work() } catch let refusal as EnrolmentRefusal {
            try await access.recordRefusal(
                AuditEntry(event, .refused, rule: refusal.rule, object: object), by: .person(holder))
            throw refusal
        }
    }
}
