import Storage
import Vault

/// An authenticator app: begun, confirmed by a code of it, and from then on asked for at each sign-in.
extension AccessActions {
    /// Minutes in which an enrolment must be finished.
    private static var setupMinutes: Int { 15 }

    /// Makes a secret for this session.
    /// - Throws: `FactorRefusal.stepUp`, `.alreadyEnrolled`.
    public func beginAuthenticator(_ holder: Holder) async throws {
        let now = clock.now()
        let id = RandomText.identifier()
        let secret = RandomBytes.make(TimeBasedCode.secretBytes)
        let sealed = try keyring.seal(
            secret, for: .factors, context: Authenticator.context(id, holder.accountID))
        try await database.write { transaction in
            try transaction.confirmFresh(holder, at: now)
            guard try transaction.confirmedAuthenticator(of: holder.accountID) == nil else {
                throw FactorRefusal.alreadyEnrolled
            }
            try transaction.insert(Authenticator(id: id, holder, sealed: sealed, at: now))
        }
    }

    /// What is being enrolled in this session; nil when nothing is.
    public func authenticatorSetup(_ holder: Holder) async throws -> AuthenticatorSetup? {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            guard let app = try self.begun(holder, in: transaction, at: now),
                let account = try transaction.account(holder.accountID)
            else { return nil }
            let secret = try self.keyring.open(app.secret, for: .factors, context: app.context)
            return AuthenticatorSetup(secret: Base32.encode(secret), email: account.email)
        }
    }

    /// The first code of the app: from now on it counts. Other sessions end.
    /// - Throws: `FactorRefusal.nothingBegun`, `.wrongCode`, `.tooManyTries`, `.alreadyEnrolled`.
    public func confirmAuthenticator(_ holder: Holder, code typed: String) async throws -> FactorChange {
        let now = clock.now()
        let tokens = FreshTokens()
        let digits = Self.digits(typed)
        let codes = RecoveryCode.makeAll()
        let (isRight, made) = try await database.write { transaction -> (Bool, Bool) in
            try transaction.confirm(holder, at: now)
            guard let app = try self.begun(holder, in: transaction, at: now) else {
                throw FactorRefusal.nothingBegun
            }
            guard try transaction.confirmedAuthenticator(of: holder.accountID) == nil else {
                throw FactorRefusal.alreadyEnrolled
            }
            let bucket = "authenticator \(app.id)"
            guard try transaction.count(bucket, per: 3_600_000, limit: 20, at: now) else {
                throw FactorRefusal.tooManyTries
            }
            let secret = try self.keyring.open(app.secret, for: .factors, context: app.context)
            guard let step = TimeBasedCode.step(of: digits, secret, at: now, after: app.lastStep),
                try transaction.useStep(step, of: app, at: now),
                try transaction.confirmAuthenticator(app, at: now)
            else { return (false, false) }
            let made = try self.makeFirstRecoveryCodes(codes, of: holder.accountID, in: transaction, at: now)
            try self.settle(
                .factorAdded, "authenticator", .factorAdded, holder, tokens,
                enrolled: SecondFactor.authenticator.rawValue, in: transaction, at: now)
            return (true, made)
        }
        guard isRight else {
            try await refuseFactor(.wrongCode, .factorAdded, holder)
        }
        return FactorChange(token: tokens.session, recoveryCodes: made ? codes : [])
    }

    /// Takes the app away. Other sessions end.
    /// - Throws: `FactorRefusal.stepUp`, `.notFound`, `.lastFactor`.
    /// - Returns: the new token of this session.
    public func removeAuthenticator(_ holder: Holder) async throws -> String {
        let now = clock.now()
        let tokens = FreshTokens()
        try await database.write { transaction in
            try transaction.confirmFresh(holder, at: now)
            guard try transaction.deleteAuthenticators(of: holder.accountID) else {
                throw FactorRefusal.notFound
            }
            try transaction.confirmFactorsRemain(of: holder.accountID)
            try self.settle(
                .factorRemoved, "authenticator", .factorRemoved, holder, tokens, in: transaction, at: now)
        }
        return tokens.session
    }

    private func begun(_ holder: Holder, in transaction: any Transaction, at now: Timestamp) throws
        -> Authenticator?
    {
        try transaction.begunAuthenticator(
            in: holder.sessionID, of: holder.accountID, since: now.adding(minutes: -Self.setupMinutes))
    }
}

extension Transaction {
    /// - Throws: `FactorRefusal.lastFactor` when nothing but recovery codes would be left.
    func confirmFactorsRemain(of id: Account.ID) throws {
        guard let account = try account(id) else { throw FactorRefusal.notFound }
        let remaining = try secondFactors(of: account).contains { $0 != .recoveryCode }
        guard try remaining || !passkeys(of: id).isEmpty else { throw FactorRefusal.lastFactor }
    }
}
