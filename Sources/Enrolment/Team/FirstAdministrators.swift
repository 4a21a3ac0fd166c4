import Access
import Storage

/// What a command prints for one of the first administrators.
public struct HandedOver: Sendable {
    public let proposal: StaffDraft.ID
    /// To be handed over in person; asked for together with the link of the mail.
    public let secret: String
}

/// The first two administrators (IDN-6). There is no account before them, so two commands make them: the first one
/// names one person, the second one another, and neither exists before both are named. Each gets a link by mail and a
/// secret by hand: the operator alone cannot become one of them, because the link goes to the person's mailbox, and a
/// stolen mailbox is not enough, because the secret does not.
extension EnrolmentActions {
    /// Names the first of the two. Nothing is opened yet.
    /// - Throws: `StaffMistakes`, `EnrolmentRefusal.notTheFirst`.
    public func proposeFirstAdministrator(_ form: StaffForm) async throws -> HandedOver {
        let now = clock.now()
        let draft = try self.draft(form, at: now)
        let secret = Self.secret()
        try await database.write { transaction in
            guard try !transaction.hasAdministrator() else { throw EnrolmentRefusal.notTheFirst }
            try transaction.insert(draft, secret: self.hash("draft \(draft.id.rawValue)", secret))
            let act = FourEyesAct.ID(rawValue: RandomText.identifier())
            try transaction.insert(
                act: act, .firstAdministrator, on: draft.id.rawValue, draft.parameters,
                hash: self.hash("act \(act.rawValue)", draft.parameters), by: nil, person: draft.personNumber,
                at: now, expires: now.adding(hours: self.rules.approvalHours))
            try transaction.record(
                AuditEntry(.actProposed, object: draft.auditObject, detail: "act=\(act.rawValue)"),
                by: self.system, at: now)
        }
        return HandedOver(proposal: draft.id, secret: secret)
    }

    /// The second person, with an identity of her own, confirms the first by knowing his secret is not hers: both
    /// accounts are opened, and each gets a link by mail.
    /// - Parameter secret: the one that the first command printed, brought by the first person.
    /// - Throws: `StaffMistakes`, `EnrolmentRefusal.notTheFirst`, `.noProposal`, `.samePerson`, `.secretWrong`.
    public func approveFirstAdministrator(_ id: StaffDraft.ID, secret: String, second form: StaffForm)
        async throws
        -> HandedOver
    {
        let now = clock.now()
        let second = try draft(form, at: now)
        let secondSecret = Self.secret()
        let isRight = try await database.write { transaction -> Bool in
            guard try !transaction.hasAdministrator() else { throw EnrolmentRefusal.notTheFirst }
            guard let first = try transaction.staffDraft(id),
                let act = try transaction.openAct(.firstAdministrator, on: id.rawValue, at: now)
            else { throw EnrolmentRefusal.noProposal }
            guard areEqualSecrets(act.parameters, first.parameters) else {
                throw EnrolmentRefusal.changedMeanwhile
            }
            guard Self.areTwoPeople(first, second) else { throw EnrolmentRefusal.samePerson }
            let expected = try transaction.draftSecret(id) ?? []
            guard areEqualSecrets(Self.hex(expected), Self.hex(self.hash("draft \(id.rawValue)", secret)))
            else {
                try transaction.withdrawActs(.firstAdministrator, on: id.rawValue, at: now)
                try transaction.record(
                    AuditEntry(
                        .actApproved, .refused, rule: EnrolmentRefusal.secretWrong.rule,
                        object: first.auditObject),
                    by: self.system, at: now)
                return false
            }
            guard try transaction.approve(act.id, by: nil, person: second.personNumber, at: now) else {
                throw EnrolmentRefusal.alreadyDecided
            }
            try transaction.insert(second, secret: nil)
            for (draft, own) in [(first, secret), (second, secondSecret)] {
                try self.open(
                    draft, secretHash: { self.secretHash(own, of: $0) }, by: self.system, in: transaction,
                    at: now)
            }
            try transaction.record(
                AuditEntry(.actApproved, object: first.auditObject, detail: "act=\(act.id.rawValue)"),
                by: self.system, at: now)
            return true
        }
        guard isRight else { throw EnrolmentRefusal.secretWrong }
        return HandedOver(proposal: second.id, secret: secondSecret)
    }

    private func draft(_ form: StaffForm, at now: Timestamp) throws -> StaffDraft {
        var form = form
        form.role = Account.Role.portalAdmin.rawValue
        return try StaffRules.draft(
            form, country: rules.countryCode, id: StaffDraft.ID(rawValue: RandomText.identifier()), at: now)
    }

    private static func areTwoPeople(_ one: StaffDraft, _ other: StaffDraft) -> Bool {
        !areEqualSecrets(one.personNumber, other.personNumber) && !areEqualSecrets(one.email, other.email)
            && one.mobile != other.mobile
    }

    /// 96 bits in groups of four, to be typed.
    private static func secret() -> String {
        let digits = Array(RandomText.token().prefix(24))
        return stride(from: 0, to: 24, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
