import Storage

extension AccessActions {
    /// The second step. The try is counted before the code is compared; a code counts once, under any race:
    /// it is consumed by one conditional update in the transaction that opens the session (S8).
    /// - Parameter browser: the cookie that tells a known browser, if there is one.
    public func signIn(code typed: String, token: String, browser: String? = nil, origin: RequestOrigin)
        async throws -> CodeAnswer
    {
        let now = clock.now()
        let newToken = RandomText.token()
        let newFormToken = RandomText.token()
        let freshCode = RandomText.sixDigits()
        let digits = String(decoding: typed.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
        return try await database.write { transaction -> CodeAnswer in
            guard
                let session = try transaction.liveSession(
                    tokenHash: Self.tokenHash(token), at: now, idle: self.rules.idleMinutes),
                session.stage == .codeExpected, let account = try transaction.account(session.accountID)
            else { return .sessionEnded }
            let actor = AuditActor.anonymous(origin, claimed: account.id)
            let live = try transaction.countCodeTry(of: session.id, limit: self.rules.triesPerCode, at: now)
            guard !live.isEmpty else {
                try transaction.recordRepeated(
                    AuditEntry(.signInCode, .refused, rule: "code.expired", object: .session(session.id)),
                    of: session.id.rawValue, by: actor, at: now)
                return .expired(
                    newCode: try self.send(
                        freshCode, to: account, session: session.id, origin: origin, in: transaction, at: now)
                )
            }
            let match = live.first { self.codeHash(digits, $0.id).isEqualInConstantTime(to: $0.hash) }
            guard let match, try transaction.useCode(match.id, at: now) else {
                try transaction.record(
                    AuditEntry(.signInCode, .refused, rule: "code.wrong", object: .session(session.id)),
                    by: actor, at: now)
                return .wrong(triesLeft: self.rules.triesPerCode - (live.map(\.tries).min() ?? 0))
            }
            guard
                try transaction.advance(
                    session, to: .signedIn, tokenHash: Self.tokenHash(newToken), formToken: newFormToken,
                    at: now, expires: now.adding(hours: self.rules.sessionHours(for: account.role)))
            else { return .sessionEnded }
            try transaction.noteSignIn(of: account.id, at: now)
            try self.clearTries(of: account, browser: browser, origin: origin, in: transaction)
            let holder = Holder(account, session: session.id, origin: origin)
            try transaction.record(
                AuditEntry(.signInCode, object: .session(session.id)), by: .person(holder), at: now)
            try transaction.enterOnlySpace(account, holder, at: now)
            return .signedIn(token: newToken)
        }
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
