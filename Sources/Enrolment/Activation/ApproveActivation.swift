public import Access
import Directory
import Storage

extension EnrolmentActions {
    /// The second person activates an account: it is opened, still without any right, and its holder is asked to confirm
    /// the address (ACC-30). Only the portal team activates (ACC-25), never the one who has checked the identity.
    /// - Parameter seal: what the person has read, from the page.
    /// - Throws: `EnrolmentRefusal`; `IdentityRefusal.switchedOff` for a request with an identity of such a provider.
    public func approveActivation(of id: AccountRequest.ID, seal: String, _ holder: Holder) async throws {
        let now = clock.now()
        let object = AuditObject(kind: "accountRequest", id: id.rawValue)
        try await traced(.actApproved, object, holder) {
            do {
                try await database.write { transaction in
                    try transaction.confirm(holder, as: Self.administrators, at: now)
                    try self.activate(id, seal: seal, holder, in: transaction, at: now)
                }
            } catch StorageError.unique { throw EnrolmentRefusal.addressTaken }
        }
    }

    private func activate(
        _ id: AccountRequest.ID, seal: String, _ holder: Holder, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
        guard request.state == .identityVerified, let proof = try transaction.proof(of: id) else {
            throw request.state == .requested ? EnrolmentRefusal.noProposal : EnrolmentRefusal.alreadyDecided
        }
        try confirmProver(of: proof, isNot: holder, in: transaction)
        let person = request.declared
        let act = try approve(
            .activateAccount, on: id.rawValue, seal: seal,
            parameters: ActivationParameters(
                request, proof, try transaction.linkedIdentity(ofRequest: id.rawValue)
            ).text,
            object: request.auditObject, proposers: Self.registrars, holder, in: transaction, at: now)
        guard try transaction.mailDoubt(of: person) == nil else { throw EnrolmentRefusal.mailNotSecured }
        guard try transaction.account(email: person.email) == nil else { throw EnrolmentRefusal.addressTaken }
        guard try transaction.account(of: person.identifier) == nil else {
            throw EnrolmentRefusal.identifierTaken
        }
        if let hash = try transaction.documentHash(of: id), try transaction.isDocumentUsed(hash, besides: id)
        {
            throw EnrolmentRefusal.documentUsed
        }
        let password = try transaction.requestPasswordHash(id)
        // without a password there must be an identity to come in with
        let identity = try transaction.linkedIdentity(ofRequest: id.rawValue)
        guard password != nil || identity?.state == .requested else { throw EnrolmentRefusal.wrongState }
        let account = try transaction.openAccount(
            NewAccount(
                email: person.email, honorific: person.honorific, familyName: person.familyName,
                givenName: person.givenName, role: person.profession.role, mobile: person.mobile.rawValue,
                codeChannel: person.codeChannel),
            state: .emailUnconfirmed, passwordHash: password, by: .person(holder), at: now)
        try transaction.insert(
            person.identifier, person.profession, wantsScreening: person.wantsScreening, of: account.id)
        if account.role == .practitioner {
            try transaction.openPractitioner(
                account.id, gln: person.identifier.gln, profession: person.profession,
                specialities: person.specialities, practice: person.practice, email: person.email)
        }
        guard try transaction.activate(request, as: account.id, at: now) else {
            throw EnrolmentRefusal.alreadyDecided
        }
        try transaction.activateIdentity(ofRequest: id.rawValue, for: account.id, at: now)
        try sendConfirmation(of: account, as: .activated, in: transaction, at: now)
        try tellBoth(act, holder, in: transaction, at: now)
    }

    /// Who saw the identity document does not also activate, whoever proposed it last, and still checks identities.
    /// - Throws: `EnrolmentRefusal.samePerson`, `.personUnknown`, `.proposerGone`.
    private func confirmProver(
        of proof: IdentityProof, isNot holder: Holder, in transaction: any Transaction
    ) throws {
        guard let own = try transaction.personNumber(of: holder.accountID),
            let prover = try transaction.personNumber(of: proof.recordedBy)
        else { throw EnrolmentRefusal.personUnknown }
        guard proof.recordedBy != holder.accountID, !areEqualSecrets(own, prover) else {
            throw EnrolmentRefusal.samePerson
        }
        guard let account = try transaction.account(proof.recordedBy), account.state == .active,
            Self.registrars.contains(account.role)
        else { throw EnrolmentRefusal.proposerGone }
    }

    /// Both people hear of what they have decided together.
    func tellBoth(_ act: FourEyesAct, _ holder: Holder, in transaction: any Transaction, at now: Timestamp)
        throws
    {
        for id in [act.proposedBy, holder.accountID].compactMap({ $0 }) {
            guard let account = try transaction.account(id) else { continue }
            try transaction.notify(account, .fourEyesExecuted, keyring, at: now)
        }
    }
}
