import Storage
import Vault

extension AccessActions {
    /// The first step. The try is counted before the password is looked at, so that parallel guesses do not
    /// outrun the counter; known and unknown addresses take the same path and the same time (S7, S10).
    public func signIn(email: String, password: String, origin: RequestOrigin) async throws -> PasswordAnswer
    {
        let now = clock.now()
        let address = EmailAddress.normalised(email) ?? "-"
        let subject = keyring.mac(.codes, Array("sign-in \(address)".utf8))
        let (blocked, account, hash) = try await database.write { transaction in
            let blocked = try transaction.countTry(of: subject, from: origin, self.rules, at: now)
            let account = try transaction.account(email: address)
            return (blocked, account, try account.flatMap { try transaction.passwordHash(of: $0.id) })
        }
        if let blocked {
            try await recordRefusal(
                AuditEntry(.signInPassword, .refused, rule: "signIn.wait"),
                by: .anonymous(origin, claimed: account?.id))
            return .wait(until: blocked)
        }
        let isRight =
            try await isPassword(password.utf8.count <= 1024 ? password : "", of: hash) && account != nil
        guard isRight, let account else {
            try await recordRefusal(
                AuditEntry(.signInPassword, .refused, rule: "signIn.wrongPair"),
                by: .anonymous(origin, claimed: account?.id))
            return .wrongPair
        }
        guard account.state == .active else {
            try await recordRefusal(
                AuditEntry(
                    .signInPassword, .refused, rule: "signIn.notActive", detail: account.state.rawValue),
                by: .anonymous(origin, claimed: account.id))
            return .notActive(account.state)
        }
        let (token, sending) = try await beginSession(of: account, origin: origin)
        return .codeExpected(token: token, sending)
    }

    private func beginSession(of account: Account, origin: RequestOrigin) async throws
        -> (token: String, CodeSending)
    {
        let now = clock.now()
        let token = RandomText.token()
        let id = Session.ID(rawValue: RandomText.identifier())
        let formToken = RandomText.token()
        let code = RandomText.sixDigits()
        let sending = try await database.write { transaction in
            try transaction.insertSession(
                id, tokenHash: Self.tokenHash(token), account.id, formToken: formToken, origin: origin,
                at: now,
                expires: now.adding(minutes: 15))
            try transaction.record(
                AuditEntry(.signInPassword, object: .session(id)),
                by: .anonymous(origin, claimed: account.id),
                at: now)
            return try self.send(code, to: account, session: id, origin: origin, in: transaction, at: now)
        }
        return (token, sending)
    }

    /// Ends the failures in a row of an address.
    func clearTries(of account: Account, in transaction: any Transaction) throws {
        try transaction.forgetTries(of: keyring.mac(.codes, Array("sign-in \(account.email)".utf8)))
    }
}
