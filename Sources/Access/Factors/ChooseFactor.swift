import Storage

/// Where a sign-in that waits stands: what it asks for, and what else the person could use.
public struct SignInStep: Sendable {
    public let factor: SecondFactor
    /// «+41 79 ••• •• 34» where the code is sent; empty elsewhere.
    public let target: String
    /// The account's other factors.
    public let others: [SecondFactor]
    /// Whether it has a passkey, too.
    public let hasPasskey: Bool
}

extension AccessActions {
    /// - Returns: nil when the sign-in is over.
    public func signInStep(of session: Session) async throws -> SignInStep? {
        try await database.read { transaction in
            guard session.stage == .codeExpected, let account = try transaction.account(session.accountID)
            else { return nil }
            let factor =
                try transaction.expectedFactor(of: session.id) ?? SecondFactor(account.codeChannel)
            return SignInStep(
                factor: factor, target: SignInRules.maskedTarget(factor, account),
                others: try self.factors(of: account, in: transaction).filter { $0 != factor },
                hasPasskey: try !transaction.passkeys(of: account.id).isEmpty)
        }
    }

    /// Goes on with another factor of the account; a code is sent where that is how it works.
    /// - Returns: nil when the sign-in is over, or the account has no such factor.
    public func choose(_ factor: SecondFactor, token: String, origin: RequestOrigin) async throws
        -> CodeSending?
    {
        let now = clock.now()
        let code = RandomText.sixDigits()
        return try await database.write { transaction in
            guard let pending = try self.pending(token, origin: origin, in: transaction, at: now),
                try self.factors(of: pending.account, in: transaction).contains(factor)
            else { return nil }
            try transaction.expect(factor, of: pending.session.id)
            guard let channel = factor.channel else { return .notSent }
            // one that is on its way already is enough
            if let last = try transaction.lastCode(of: pending.session.id, by: channel),
                now < last.adding(seconds: 60)
            {
                return .sent
            }
            return try self.send(
                code, by: factor, to: pending.account, session: pending.session.id, origin: origin,
                in: transaction, at: now)
        }
    }
}

extension SignInRules {
    /// Where codes of a factor go, as its owner recognises it.
    static func maskedTarget(_ factor: SecondFactor, _ account: Account) -> String {
        switch factor {
        case .sms: masked(mobile: account.mobile ?? "")
        case .email: masked(email: account.email)
        case .authenticator, .recoveryCode: ""
        }
    }
}
