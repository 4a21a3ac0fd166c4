import Storage
import Vault

/// Changes of factors want a proof of who is there that is not older than ten minutes (SES-6): the sign-in itself, or
/// the password once more. A code alone never enrols a factor (AUT-10): it is always a password and a second factor, or
/// a passkey, that began the session.
extension AccessActions {
    /// Minutes for which a proof is fresh.
    static var freshMinutes: Int { 10 }

    /// Whether the holder may change factors without proving again who he is.
    public func isFresh(_ holder: Holder) async throws -> Bool {
        let now = clock.now()
        do {
            try await database.read { try $0.confirmFresh(holder, at: now) }
            return true
        } catch FactorRefusal.stepUp { return false }
    }

    /// Proves once more who is there, by the password. The session gets a new token (SES-3).
    /// - Throws: `AccessRefusal.wrongCurrentPassword`, `.tooMuchAtOnce`.
    /// - Returns: the new token of this session.
    public func proveAgain(_ holder: Holder, password: String) async throws -> String {
        let now = clock.now()
        let hash = try await checkOwnPassword(password, holder, for: .proofRepeated)
        let tokens = FreshTokens()
        try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            guard let stored = try transaction.passwordHash(of: holder.accountID),
                areEqualSecrets(stored, hash)
            else { throw AccessRefusal.sessionEnded }
            let proof = try transaction.proof(of: holder.sessionID)?.proof ?? SecondFactor.sms.rawValue
            try transaction.prove(proof, of: holder.sessionID, at: now)
            try self.renew(holder, tokens, in: transaction, at: now)
            try transaction.record(
                AuditEntry(.proofRepeated, object: .session(holder.sessionID)), by: .person(holder), at: now)
        }
        return tokens.session
    }

    /// Compares with the holder's own password. The try is counted before; only the holder of a session gets here, so
    /// his own failures count, not those of his network.
    /// - Throws: `AccessRefusal.wrongCurrentPassword`, `.tooMuchAtOnce`.
    /// - Returns: the hash it was compared with. It took a while: the caller must look whether it is still the one.
    func checkOwnPassword(_ password: String, _ holder: Holder, for event: AuditEventKind) async throws
        -> String
    {
        let now = clock.now()
        let subject = ownPasswordSubject(holder.accountID)
        let attempt = SignInTry(
            counters: [.init(subject: subject, waitingMinutes: SignInRules.waitingMinutes)], network: nil,
            at: now)
        let (hash, block) = try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            let block = try self.count(attempt, in: transaction)
            if let block {
                try transaction.recordRepeated(
                    AuditEntry(event, .refused, rule: block.rule, object: .account(holder.accountID)),
                    of: block.subject, by: .person(holder), at: now)
            }
            return (try transaction.passwordHash(of: holder.accountID), block)
        }
        guard block == nil else { throw AccessRefusal.tooMuchAtOnce }
        guard let hash, try await isPassword(password.utf8.count <= 1024 ? password : "", of: hash) else {
            let refusal = AccessRefusal.wrongCurrentPassword
            try await recordRefusal(
                AuditEntry(event, .refused, rule: refusal.rule, object: .account(holder.accountID)),
                by: .person(holder))
            throw refusal
        }
        try await database.write { try $0.forgetTries(of: subject) }
        return hash
    }

    /// Under which failures at one's own password are counted.
    func ownPasswordSubject(_ id: Account.ID) -> [UInt8] {
        keyring.mac(.codes, Array("password \(id.rawValue)".utf8))
    }
}

/// The secrets that a session gets at each step.
struct FreshTokens: Sendable {
    let session = RandomText.token()
    let form = RandomText.token()
}

extension AccessActions {
    /// Gives this session a new token and a new form token; the old ones are dead.
    /// - Parameter proof: what has been proved just now, besides.
    func renew(
        _ holder: Holder, _ tokens: FreshTokens, adding proof: String? = nil, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        let session = try transaction.openSessions(of: holder.accountID, at: now, idle: rules.idleMinutes)
            .first { $0.id == holder.sessionID }
        guard let session,
            try transaction.advance(
                session, to: .signedIn, adding: proof, tokenHash: Self.tokenHash(tokens.session),
                formToken: tokens.form,
                at: now, expires: session.expiresAt)
        else { throw AccessRefusal.sessionEnded }
    }

    /// What follows each change of one's own factors: other sessions end (SES-4), this one gets a new token, the trail
    /// and the holder are told.
    /// - Parameter enrolled: the app or the passkey that was enrolled: who lacked one has just shown it.
    func settle(
        _ event: AuditEventKind, _ detail: String?, _ notice: AccountNotice, _ holder: Holder,
        _ tokens: FreshTokens, enrolled: String? = nil, in transaction: any Transaction, at now: Timestamp
    ) throws {
        guard let account = try transaction.account(holder.accountID) else {
            throw AccessRefusal.sessionEnded
        }
        try transaction.endSessions(of: holder.accountID, except: holder.sessionID, at: now)
        try renew(
            holder, tokens, adding: holder.lacksStrongFactor ? enrolled : nil, in: transaction, at: now)
        try transaction.notify(account, notice, keyring, at: now)
        try transaction.record(
            AuditEntry(event, object: .account(account.id), detail: detail), by: .person(holder), at: now)
    }

    /// Traces a refused change of factors and says no.
    func refuseFactor(_ refusal: FactorRefusal, _ event: AuditEventKind, _ holder: Holder) async throws
        -> Never
    {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.recordRepeated(
                AuditEntry(event, .refused, rule: refusal.rule, object: .account(holder.accountID)),
                of: holder.sessionID.rawValue, by: .person(holder), at: now)
        }
        throw refusal
    }
}

extension Transaction {
    /// The first line of each change of one's factors.
    /// - Throws: `FactorRefusal.stepUp`, `AccessRefusal.sessionEnded`.
    func confirmFresh(_ holder: Holder, at now: Timestamp) throws {
        try confirm(holder, at: now)
        guard let proof = try proof(of: holder.sessionID),
            proof.at > now.adding(minutes: -AccessActions.freshMinutes)
        else { throw FactorRefusal.stepUp }
    }

    /// The same, by an app or a passkey.
    /// - Throws: `FactorRefusal.strongFactorNeeded` besides.
    func confirmStrong(_ holder: Holder, at now: Timestamp) throws {
        try confirmFresh(holder, at: now)
        guard let proof = try proof(of: holder.sessionID), Proof.isStrong(proof.proof) else {
            throw FactorRefusal.strongFactorNeeded
        }
    }
}
