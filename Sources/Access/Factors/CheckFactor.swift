import Storage
import Vault

/// What came of a look at a code.
enum FactorVerdict {
    case right
    case no(CodeAnswer)
}

/// The one place that says how each second factor is checked. A try is counted before it is compared, in the sign-in
/// and for the account over all its sign-ins (AUT-4, AUT-5, S10).
extension AccessActions {
    func check(
        _ typed: String, _ factor: SecondFactor, _ pending: PendingSignIn, freshCode: String,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> FactorVerdict {
        let account = pending.account
        let subject = factorSubject(factor, account.id)
        if let answer = try blocked(factor, subject, in: transaction, at: now) {
            try transaction.recordRepeated(
                AuditEntry(
                    .signInCode, .refused, rule: answer.rule, object: .session(pending.session.id)),
                of: pending.session.id.rawValue, by: pending.actor, at: now)
            return .no(answer.answer)
        }
        let verdict: FactorVerdict
        switch factor {
        case .sms, .email:
            verdict = try checkSent(typed, factor, pending, freshCode, subject, in: transaction, at: now)
        case .authenticator:
            verdict = try checkKept(pending, subject, factor, in: transaction, at: now) {
                guard let app = try transaction.confirmedAuthenticator(of: account.id) else { return false }
                let secret = try self.keyring.open(app.secret, for: .factors, context: app.context)
                let digits = Self.digits(typed)
                guard let step = TimeBasedCode.step(of: digits, secret, at: now, after: app.lastStep) else {
                    return false
                }
                return try transaction.useStep(step, of: app, at: now)
            }
        case .recoveryCode:
            verdict = try checkKept(pending, subject, factor, in: transaction, at: now) {
                try transaction.useRecoveryCode(
                    self.recoveryHash(typed, account.id), of: account.id, at: now)
            }
        }
        if case .right = verdict { try transaction.forgetTries(of: subject) }
        return verdict
    }

    /// A code that was sent for this sign-in.
    private func checkSent(
        _ typed: String, _ factor: SecondFactor, _ pending: PendingSignIn, _ freshCode: String,
        _ subject: [UInt8], in transaction: any Transaction, at now: Timestamp
    ) throws -> FactorVerdict {
        let session = pending.session
        let live = try transaction.countCodeTry(of: session.id, limit: rules.triesPerCode, at: now)
        guard !live.isEmpty else {
            try transaction.recordRepeated(
                AuditEntry(.signInCode, .refused, rule: "code.expired", object: .session(session.id)),
                of: session.id.rawValue, by: pending.actor, at: now)
            return .no(
                .expired(
                    newCode: try send(
                        freshCode, by: factor, to: pending.account, session: session.id,
                        origin: pending.origin, in: transaction, at: now)))
        }
        try transaction.countFailure(of: subject, at: now, SignInRules.waitingMinutes(of: factor))
        let digits = Self.digits(typed)
        let match = live.first { codeHash(digits, $0.id).isEqualInConstantTime(to: $0.hash) }
        guard let match, try transaction.useCode(match.id, at: now) else {
            try recordWrong(factor, pending, in: transaction, at: now)
            return .no(.wrong(triesLeft: rules.triesPerCode - (live.map(\.tries).min() ?? 0)))
        }
        return .right
    }

    /// A code that the person has: five tries a sign-in, and then the sign-in is over.
    private func checkKept(
        _ pending: PendingSignIn, _ subject: [UInt8], _ factor: SecondFactor,
        in transaction: any Transaction, at now: Timestamp, isRight: () throws -> Bool
    ) throws -> FactorVerdict {
        let session = pending.session
        guard let tries = try transaction.countFactorTry(of: session.id, limit: rules.triesPerCode) else {
            return .no(.triesUsedUp)
        }
        try transaction.countFailure(of: subject, at: now, SignInRules.waitingMinutes(of: factor))
        if try isRight() { return .right }
        try recordWrong(factor, pending, in: transaction, at: now)
        guard tries < rules.triesPerCode else {
            _ = try transaction.endSession(session.id, of: pending.account.id, at: now)
            try transaction.record(
                AuditEntry(.sessionEnded, object: .session(session.id), detail: "tries"), by: pending.actor,
                at: now)
            return .no(.triesUsedUp)
        }
        return .no(.wrong(triesLeft: rules.triesPerCode - tries))
    }

    private func recordWrong(
        _ factor: SecondFactor, _ pending: PendingSignIn, in transaction: any Transaction, at now: Timestamp
    ) throws {
        try transaction.record(
            AuditEntry(
                .signInCode, .refused, rule: "code.wrong", object: .session(pending.session.id),
                detail: factor.rawValue),
            by: pending.actor, at: now)
    }

    private func blocked(
        _ factor: SecondFactor, _ subject: [UInt8], in transaction: any Transaction, at now: Timestamp
    ) throws -> (answer: CodeAnswer, rule: String)? {
        if try transaction.failures(of: subject) >= SignInRules.failuresBeforeProofing {
            return (.newProofNeeded, "code.newProof")
        }
        if let until = try transaction.retryTime(of: subject), until > now {
            return (.wait(until: until), "code.wait")
        }
        return nil
    }

    /// Under which failures of an account are counted, over all its sign-ins: codes that are sent together, the others
    /// each by itself. Nobody locks out the one by guessing the other.
    func factorSubject(_ factor: SecondFactor, _ id: Account.ID) -> [UInt8] {
        let kind = factor.channel == nil ? factor.rawValue : "sent"
        return keyring.mac(.codes, Array("factor \(kind) \(id.rawValue)".utf8))
    }

    /// All that was counted for an account's second factors.
    func forgetFactorTries(of id: Account.ID, in transaction: any Transaction) throws {
        for factor in [SecondFactor.sms, .authenticator, .recoveryCode] {
            try transaction.forgetTries(of: factorSubject(factor, id))
        }
    }

    /// The digits of what was typed.
    static func digits(_ typed: String) -> String {
        String(decoding: typed.utf8.filter { (0x30...0x39).contains($0) }, as: UTF8.self)
    }
}

extension SignInRules {
    /// Failures in a row of an account's codes after which only a new proof of identity helps, or a passkey (AUT-5).
    static let failuresBeforeProofing = 100

    /// Minutes to wait after failures at the codes of one account, over all sign-ins. Of what is sent there are ten a
    /// day with five tries each, and no wait besides. An app always has three codes that open: with three hours from
    /// the eighth failure on it is 16 guesses a day, 1 in 20,000 (S10). 80 random bits are not guessed.
    static func waitingMinutes(of factor: SecondFactor) -> @Sendable (_ failures: Int) -> Int {
        switch factor {
        case .sms, .email, .recoveryCode: { _ in 0 }
        case .authenticator: { $0 < 8 ? 0 : 180 }
        }
    }
}
