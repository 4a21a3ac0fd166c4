public import Access
import Storage

/// What the page of a confirmation link must ask for.
public struct AwaitedConfirmation: Sendable {
    /// Somebody of the team: has no password yet.
    public let needsPassword: Bool
    /// One of the first administrators: has got a second secret by another way.
    public let needsSecret: Bool

    public init(needsPassword: Bool, needsSecret: Bool) {
        self.needsPassword = needsPassword
        self.needsSecret = needsSecret
    }
}

extension EnrolmentActions {
    /// What a link asks for. Reading it changes nothing: programs that look at mails open links too.
    /// - Returns: nil when the link is unknown, used, replaced by a newer one, or too old.
    public func awaitedConfirmation(_ token: String) async throws -> AwaitedConfirmation? {
        let now = clock.now()
        return try await database.read { transaction in
            guard let found = try self.confirmation(token, in: transaction, at: now) else { return nil }
            return AwaitedConfirmation(
                needsPassword: try !self.hasWayIn(found.accountID, in: transaction),
                needsSecret: found.secretHash != nil)
        }
    }

    /// Confirms the address of a new account, which is active from now on. A link counts once, under any race.
    /// - Throws: `EnrolmentRefusal.linkExpired`, `.secretWrong`, `.password`, `.passwordsDiffer`.
    public func confirmEmail(
        _ token: String, password: String = "", again: String = "", secret: String = "", origin: RequestOrigin
    ) async throws {
        let now = clock.now()
        let (account, isChoosing) = try await database.read { transaction -> (Account, Bool) in
            guard let found = try self.confirmation(token, in: transaction, at: now),
                let account = try transaction.account(found.accountID)
            else { throw EnrolmentRefusal.linkExpired }
            return (account, try !self.hasWayIn(account.id, in: transaction))
        }
        var hash: String?
        if isChoosing {
            let context = [account.email, account.familyName, account.givenName]
            if let mistake = PasswordRules.mistake(in: password, context: context) {
                throw EnrolmentRefusal.password(mistake)
            }
            guard areEqualSecrets(password, again) else { throw EnrolmentRefusal.passwordsDiffer }
            hash = try await access.hashed(password)
        }
        let isRight = try await database.write { [hash] transaction -> Bool in
            guard let found = try self.confirmation(token, in: transaction, at: now) else {
                throw EnrolmentRefusal.linkExpired
            }
            if let expected = found.secretHash,
                !areEqualSecrets(Self.hex(expected), Self.hex(self.secretHash(secret, of: found.accountID)))
            {
                try transaction.countSecretFailure(of: found.id)
                try transaction.record(
                    AuditEntry(
                        .emailConfirmed, .refused, rule: EnrolmentRefusal.secretWrong.rule,
                        object: .account(found.accountID)), by: .anonymous(origin, claimed: found.accountID),
                    at: now)
                return false
            }
            guard try transaction.useConfirmation(found.id, at: now),
                try transaction.activateAccount(found.accountID, passwordHash: hash)
            else { throw EnrolmentRefusal.linkExpired }
            try transaction.markConfirmed(requestOf: found.accountID)
            try self.send(.confirmed, to: account.email, path: "/connexion", in: transaction, at: now)
            try transaction.record(
                AuditEntry(.emailConfirmed, object: .account(found.accountID)),
                by: .anonymous(origin, claimed: found.accountID), at: now)
            return true
        }
        guard isRight else { throw EnrolmentRefusal.secretWrong }
    }

    /// Whether somebody's account came from a request, and not from a command of the operator.
    public func cameByRequest(_ holder: Holder) async throws -> Bool {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.request(ofAccount: holder.accountID) != nil
        }
    }

    /// Sends a new link to the address of an account whose link is too old; the old one ends. Whoever holds the old link
    /// may ask; the answer is the same whatever it was.
    public func resendConfirmation(_ token: String, origin: RequestOrigin) async throws {
        let now = clock.now()
        guard token.utf8.count == 64 else { return }
        try await database.write { transaction in
            guard let found = try transaction.anyConfirmation(tokenHash: self.tokenHash(token)),
                let account = try transaction.account(found.accountID), account.state == .emailUnconfirmed,
                try transaction.count(
                    "confirmation \(account.id.rawValue)", per: 86_400_000, limit: 3, at: now)
            else { return }
            try self.sendConfirmation(
                of: account, as: try self.hasWayIn(account.id, in: transaction) ? .activated : .staffInvited,
                secretHash: found.secretHash, in: transaction, at: now)
            try transaction.record(
                AuditEntry(.confirmationSent, object: .account(account.id)),
                by: .anonymous(origin, claimed: account.id), at: now)
        }
    }

    /// Makes a link for the address of an account and puts it into a mail; older links end.
    /// - Parameter secretHash: of a second secret that is handed over by another way.
    func sendConfirmation(
        of account: Account, as mail: EnrolmentMail, secretHash: [UInt8]? = nil,
        in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        let token = RandomText.token()
        try transaction.voidConfirmations(of: account.id, at: now)
        try transaction.insertConfirmation(
            RandomText.identifier(), of: account.id, tokenHash: tokenHash(token), secretHash: secretHash,
            at: now,
            expires: now.adding(days: rules.confirmationDays))
        try send(mail, to: account.email, path: "/confirmer-email/\(token)", in: transaction, at: now)
    }

    /// Whether there is a password, or an identity from outside that stands for it.
    private func hasWayIn(_ id: Account.ID, in transaction: any Transaction) throws -> Bool {
        try transaction.hasPassword(id) || transaction.hasActiveIdentity(id)
    }

    func secretHash(_ secret: String, of account: Account.ID) -> [UInt8] {
        hash("secret \(account.rawValue)", PlainText.trimmed(secret))
    }

    private func confirmation(_ token: String, in transaction: any Transaction, at now: Timestamp) throws
        -> EmailConfirmation?
    {
        guard token.utf8.count == 64 else { return nil }
        return try transaction.liveConfirmation(
            tokenHash: tokenHash(token), tries: rules.triesPerCode, at: now)
    }
}
