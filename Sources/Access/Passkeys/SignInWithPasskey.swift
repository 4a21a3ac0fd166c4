import Storage
import Vault

/// What a browser answers when a passkey has signed.
public struct PasskeyAssertion: Sendable {
    public let credentialID: [UInt8]
    public let clientData: [UInt8]
    public let authenticatorData: [UInt8]
    public let signature: [UInt8]
    /// What the key keeps of the account.
    public let handle: [UInt8]

    /// - Parameters: base64url.
    /// - Returns: nil when one is something else.
    public init?(
        credentialID: String, clientData: String, authenticatorData: String, signature: String,
        handle: String
    ) {
        guard let credentialID = Base64URL.decode(credentialID), (16...1023).contains(credentialID.count),
            let clientData = Base64URL.decode(clientData),
            let authenticatorData = Base64URL.decode(authenticatorData),
            let signature = Base64URL.decode(signature), let handle = Base64URL.decode(handle)
        else { return nil }
        self.credentialID = credentialID
        self.clientData = clientData
        self.authenticatorData = authenticatorData
        self.signature = signature
        self.handle = handle
    }
}

/// What a sign-in by passkey can answer.
public enum PasskeyAnswer: Sendable {
    /// Signed in, with the session's token.
    case signedIn(token: String, Account)
    /// The page was open for too long, or its question was answered already: the same again.
    case stale
    /// Anything else; the trail knows what.
    case refused
    case notActive(Account.State)
    /// Too many answers from this network.
    case wait(until: Timestamp)
}

extension AccessActions {
    /// The whole sign-in in one step: the key is what one has, and it asked for what one knows or is. Neither the
    /// password nor its waits play a part, so who guesses passwords does not lock out a holder of a passkey (AUT-5).
    /// - Parameters:
    ///   - binding: the secret of this browser for which the challenge was made.
    ///   - pending: the token of a sign-in that waits in this browser: this one ends it.
    ///   - browser: the cookie that tells a known browser, if there is one.
    public func signIn(
        passkey assertion: PasskeyAssertion, binding: String, replacing pending: String? = nil,
        browser: String? = nil, origin: RequestOrigin
    ) async throws -> PasskeyAnswer {
        let now = clock.now()
        let network = NetworkAddress.network(of: origin.address)
        let isWithin = try await database.write {
            try $0.count(
                "passkey \(network)", per: Self.passkeyWindow, limit: Self.passkeysPerNetwork, at: now)
        }
        guard isWithin else {
            let end = now.rawValue - now.rawValue % Self.passkeyWindow + Self.passkeyWindow
            return .wait(until: Timestamp(rawValue: end))
        }
        var claimed: Account.ID?
        do {
            let found = try await database.read { transaction -> (Passkey, Account)? in
                guard let passkey = try transaction.passkey(credential: assertion.credentialID),
                    let account = try transaction.account(passkey.accountID)
                else { return nil }
                return (passkey, account)
            }
            claimed = found?.1.id
            let challenge = try checkClientData(assertion.clientData, .signIn, binding: binding, at: now)
            guard let (passkey, account) = found else { throw FactorRefusal.passkey(.unknownCredential) }
            let flags = try verify(assertion, passkey, account)
            return try await open(
                passkey, account, flags, challenge, replacing: pending, browser: browser, origin: origin)
        } catch FactorRefusal.passkey(let mistake) {
            try await recordPasskeyRefusal(mistake, of: claimed, network, origin)
            return mistake == .challenge ? .stale : .refused
        }
    }

    /// Flood control only: keys are not guessed.
    private static var passkeysPerNetwork: Int { 600 }
    /// Ten minutes, in milliseconds.
    private static var passkeyWindow: Int64 { 600_000 }

    private func verify(_ assertion: PasskeyAssertion, _ passkey: Passkey, _ account: Account) throws
        -> WebAuthn.Flags
    {
        guard passkeyHandle(of: account.id).isEqualInConstantTime(to: assertion.handle) else {
            throw FactorRefusal.passkey(.otherAccount)
        }
        guard let flags = WebAuthn.Flags(assertion.authenticatorData) else {
            throw FactorRefusal.passkey(.unreadable)
        }
        guard flags.isUserPresent, flags.isUserVerified else {
            throw FactorRefusal.passkey(.userVerification)
        }
        do {
            try WebAuthn.verifyAssertion(
                relyingParty: rules.relyingParty, clientData: assertion.clientData,
                authenticatorData: assertion.authenticatorData, signature: assertion.signature,
                key: passkey.key)
        } catch is WebAuthn.Failure { throw FactorRefusal.passkey(.signature) }
        let count = Int64(flags.signCount)
        guard count > passkey.signCount || count == 0 && passkey.signCount == 0 else {
            throw FactorRefusal.passkey(.counter)
        }
        if flags.isBackupEligible || passkey.isBackupEligible, Self.needsBoundKeys(account.role) {
            throw FactorRefusal.passkey(.backupEligible)
        }
        return flags
    }

    private func open(
        _ passkey: Passkey, _ account: Account, _ flags: WebAuthn.Flags, _ challenge: PasskeyChallenge,
        replacing pending: String?, browser: String?, origin: RequestOrigin
    ) async throws -> PasskeyAnswer {
        let now = clock.now()
        let id = Session.ID(rawValue: RandomText.identifier())
        let begun = FreshTokens()
        return try await database.write { transaction in
            guard try transaction.answer(challenge) else { throw FactorRefusal.passkey(.challenge) }
            guard
                try transaction.use(
                    passkey, count: Int64(flags.signCount), isBackedUp: flags.isBackedUp, at: now)
            else { throw FactorRefusal.passkey(.counter) }
            // it took a while: the account may have been stopped meanwhile
            guard let account = try transaction.account(account.id), account.state == .active else {
                let state = try transaction.account(account.id)?.state ?? .closed
                try transaction.record(
                    AuditEntry(
                        .signInPasskey, .refused, rule: "signIn.notActive", detail: state.rawValue),
                    by: .anonymous(origin, claimed: account.id), at: now)
                return .notActive(state)
            }
            if let pending { try self.endPending(pending, origin: origin, in: transaction, at: now) }
            try transaction.insertSession(
                id, tokenHash: Self.tokenHash(begun.session), account.id, formToken: begun.form,
                authentication: Proof.passkey, origin: origin, at: now, expires: now.adding(minutes: 15))
            let session = try transaction.liveSession(
                tokenHash: Self.tokenHash(begun.session), at: now, idle: self.rules.idleMinutes)?.session
            guard let session,
                let token = try self.complete(
                    PendingSignIn(session: session, account: account, origin: origin), by: Proof.passkey,
                    .signInPasskey, browser: browser, in: transaction, at: now)
            else { return .refused }
            return .signedIn(token: token, account)
        }
    }

    private func recordPasskeyRefusal(
        _ mistake: PasskeyMistake, of account: Account.ID?, _ network: String, _ origin: RequestOrigin
    ) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.recordRepeated(
                AuditEntry(
                    .signInPasskey, .refused, rule: FactorRefusal.passkey(mistake).rule,
                    object: account.map { .account($0) }),
                of: network.isEmpty ? "-" : network, by: .anonymous(origin, claimed: account), at: now)
        }
    }
}
