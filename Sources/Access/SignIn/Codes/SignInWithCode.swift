import Storage

/// A sign-in whose password was right and that waits for its second factor.
struct PendingSignIn: Sendable {
    let session: Session
    let account: Account
    let origin: RequestOrigin

    /// Nobody yet.
    var actor: AuditActor { .anonymous(origin, claimed: account.id) }
}

extension AccessActions {
    /// The second step. What the factors have in common stands here, how each is checked in `Factors/CheckFactor`. A
    /// code counts once, under any race: it is consumed by one conditional update in the transaction that opens the
    /// session (S8).
    /// - Parameters:
    ///   - factor: another one than the sign-in waits for: a recovery code.
    ///   - browser: the cookie that tells a known browser, if there is one.
    public func signIn(
        code typed: String, with factor: SecondFactor? = nil, token: String, browser: String? = nil,
        origin: RequestOrigin
    ) async throws -> CodeAnswer {
        let now = clock.now()
        let freshCode = RandomText.sixDigits()
        return try await database.write { transaction -> CodeAnswer in
            guard let pending = try self.pending(token, origin: origin, in: transaction, at: now) else {
                return .sessionEnded
            }
            let factor =
                try factor ?? transaction.expectedFactor(of: pending.session.id)
                ?? SecondFactor(pending.account.codeChannel)
            let verdict = try self.check(
                typed, factor, pending, freshCode: freshCode, in: transaction, at: now)
            if case .no(let answer) = verdict { return answer }
            guard
                let token = try self.complete(
                    pending, by: factor.rawValue, .signInCode, browser: browser, in: transaction, at: now)
            else { return .sessionEnded }
            if factor == .recoveryCode {
                try transaction.notify(pending.account, .recoveryCodeUsed, self.keyring, at: now)
            }
            return .signedIn(token: token)
        }
    }

    /// The sign-in of a token, if it waits for its second factor.
    func pending(
        _ token: String, origin: RequestOrigin, in transaction: any Transaction, at now: Timestamp
    ) throws -> PendingSignIn? {
        guard
            let (session, account) = try transaction.liveSession(
                tokenHash: Self.tokenHash(token), at: now, idle: rules.idleMinutes),
            session.stage == .codeExpected
        else { return nil }
        return PendingSignIn(session: session, account: account, origin: origin)
    }

    /// Who is there is proved: the session opens, with a new token, and failures in a row are forgotten.
    /// - Parameter proof: by what.
    /// - Returns: the session's token, or nil when another request was faster.
    func complete(
        _ pending: PendingSignIn, by proof: String, _ event: AuditEventKind, browser: String?,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> String? {
        let (session, account) = (pending.session, pending.account)
        let tokens = FreshTokens()
        // a passkey is the whole sign-in, not a second step
        let added = session.authentication == proof ? nil : proof
        guard
            try transaction.advance(
                session, to: .signedIn, adding: added, tokenHash: Self.tokenHash(tokens.session),
                formToken: tokens.form, at: now,
                expires: now.adding(hours: rules.sessionHours(for: account.role)))
        else { return nil }
        try transaction.prove(proof, of: session.id, at: now)
        try transaction.noteSignIn(of: account.id, at: now)
        try clearTries(of: account, browser: browser, origin: pending.origin, in: transaction)
        try forgetFactorTries(of: account.id, in: transaction)
        let holder = Holder(
            account, session: session.id, authentication: session.proved(by: added), rules,
            origin: pending.origin)
        try transaction.record(
            AuditEntry(event, object: .session(session.id), detail: proof), by: .person(holder), at: now)
        try transaction.enterOnlySpace(account, holder, at: now)
        return tokens.session
    }
}

extension [UInt8] {
    /// Looks at every byte, whatever differs first.
    func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return zip(self, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Compares two secrets by bytes, in constant time: form tokens, pre-session values.
public func areEqualSecrets(_ left: String, _ right: String) -> Bool {
    Array(left.utf8).isEqualInConstantTime(to: Array(right.utf8))
}
