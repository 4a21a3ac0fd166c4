import Storage
import Vault

extension AccessActions {
    /// The first step. The try is counted before the password is looked at; known and unknown addresses take
    /// the same path and the same time (S7, S10). The look at the password takes long and happens outside of
    /// any transaction: what it was compared with is read again in the one that begins the session.
    /// - Parameter browser: the cookie that tells a known browser, if there is one.
    /// - Parameter pending: the token of a sign-in that waits for its code in this browser: the new one ends it.
    /// - Parameter requests: finds who has asked for an account. It is asked about each address, whether it has an
    ///   account or not: who asks with the address of another must read the same about his own request in both cases.
    public func signIn(
        email: String, password: String, browser: String? = nil, replacing pending: String? = nil,
        among requests: PendingRequestLookup = .none, origin: RequestOrigin
    ) async throws -> PasswordAnswer {
        let now = clock.now()
        let address = EmailAddress.normalised(email) ?? "-"
        let (attempt, block, account, hash, waiting) = try await database.write { transaction in
            let account = try transaction.account(email: address)
            let attempt = try self.signInTry(
                on: address, of: account, browser: browser, origin: origin, in: transaction, at: now)
            let block = try self.count(attempt, in: transaction)
            if let block {
                try transaction.recordRepeated(
                    AuditEntry(.signInPassword, .refused, rule: block.rule), of: block.subject,
                    by: .anonymous(origin, claimed: account?.id), at: now)
            }
            let waiting = try requests.find(address, transaction)
            return (
                attempt, block, account, try account.flatMap { try transaction.passwordHash(of: $0.id) },
                waiting
            )
        }
        if let block {
            try await pretendToMatch()
            return .wait(until: block.until)
        }
        let opens = try await match(
            password.utf8.count <= 1024 ? password : "", account: hash, request: waiting?.passwordHash)
        if opens.account, let account, let hash {
            return try await beginSession(
                of: account.id, verified: hash, attempt, replacing: pending, origin: origin)
        }
        if opens.request, let waiting {
            return try await tellPending(waiting, attempt, claimed: account?.id, origin: origin)
        }
        try await recordRefusal(
            AuditEntry(.signInPassword, .refused, rule: "signIn.wrongPair"),
            by: .anonymous(origin, claimed: account?.id))
        return .wrongPair
    }

    /// The pair is that of a request. Whether the address has an account besides is not told: whoever can ask with an
    /// address would learn it.
    /// - Parameter account: the one that has the address, for the trail.
    private func tellPending(
        _ waiting: PendingRequest, _ attempt: SignInTry, claimed account: Account.ID?, origin: RequestOrigin
    ) async throws -> PasswordAnswer {
        let now = clock.now()
        try await database.write { transaction in
            try self.giveBack(attempt, in: transaction)
            try transaction.record(
                AuditEntry(
                    .signInPassword, .refused, rule: "signIn.notActive",
                    detail: Account.State.requested.rawValue),
                by: .anonymous(origin, claimed: account), at: now)
        }
        return .requestPending(link: waiting.link)
    }

    /// Opens a session that waits for its code, if the account is still active and its password still the one
    /// that was verified.
    /// - Parameter hash: what the password was compared with.
    func beginSession(
        of id: Account.ID, verified hash: String, _ attempt: SignInTry, replacing pending: String? = nil,
        origin: RequestOrigin
    ) async throws -> PasswordAnswer {
        let now = clock.now()
        let token = RandomText.token()
        let session = Session.ID(rawValue: RandomText.identifier())
        let formToken = RandomText.token()
        let code = RandomText.sixDigits()
        let actor = AuditActor.anonymous(origin, claimed: id)
        return try await database.write { transaction in
            guard let account = try transaction.account(id),
                let current = try transaction.passwordHash(of: id),
                areEqualSecrets(current, hash)
            else {
                try transaction.record(
                    AuditEntry(.signInPassword, .refused, rule: "signIn.passwordChanged"), by: actor, at: now)
                return .wrongPair
            }
            try self.giveBack(attempt, in: transaction)
            guard account.state == .active else {
                try transaction.record(
                    AuditEntry(
                        .signInPassword, .refused, rule: "signIn.notActive", detail: account.state.rawValue),
                    by: actor, at: now)
                return .notActive(account.state)
            }
            guard let factor = try self.factors(of: account, in: transaction).first else {
                try transaction.record(
                    AuditEntry(.signInPassword, .refused, rule: "signIn.noFactor"), by: actor, at: now)
                return .noFactor
            }
            if let pending { try self.endPending(pending, origin: origin, in: transaction, at: now) }
            try transaction.insertSession(
                session, tokenHash: Self.tokenHash(token), id, formToken: formToken, origin: origin, at: now,
                expires: now.adding(minutes: 15))
            try transaction.record(
                AuditEntry(.signInPassword, object: .session(session)), by: actor, at: now)
            try transaction.expect(factor, of: session)
            guard factor.channel != nil else { return .codeExpected(token: token, .notSent) }
            let sending = try self.send(
                code, by: factor, to: account, session: session, origin: origin, in: transaction, at: now)
            return .codeExpected(token: token, sending)
        }
    }
}
