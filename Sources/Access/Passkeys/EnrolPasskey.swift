import Storage
import Vault

/// What a browser needs to make a passkey.
public struct PasskeyOffer: Sendable {
    public let request: PasskeyRequest
    /// Base64url; tells the key whose it is without saying it.
    public let handle: String
    public let email: String
    public let displayName: String
    /// Base64url of the account's keys, so that none is enrolled twice.
    public let known: [String]
}

/// What a browser answers when a passkey was made.
public struct PasskeyRegistration: Sendable {
    public let clientData: [UInt8]
    public let attestationObject: [UInt8]

    /// - Parameters: base64url.
    /// - Returns: nil when one is something else.
    public init?(clientData: String, attestationObject: String) {
        guard let data = Base64URL.decode(clientData), let object = Base64URL.decode(attestationObject)
        else { return nil }
        self.clientData = data
        self.attestationObject = object
    }
}

extension AccessActions {
    /// - Throws: `FactorRefusal.stepUp`, `.tooManyPasskeys`.
    public func offerPasskey(_ holder: Holder, binding: String) async throws -> PasskeyOffer {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirmFresh(holder, at: now)
            guard let account = try transaction.account(holder.accountID) else {
                throw AccessRefusal.sessionEnded
            }
            let known = try transaction.passkeys(of: account.id)
            guard known.count < Passkey.limit else { throw FactorRefusal.tooManyPasskeys }
            return PasskeyOffer(
                request: self.request(.enrolment, binding: binding),
                handle: Base64URL.encode(self.passkeyHandle(of: account.id)), email: account.email,
                displayName: account.displayName, known: known.map { Base64URL.encode($0.credentialID) })
        }
    }

    /// Takes a new passkey. Other sessions end. Without any recovery codes, some are made.
    /// - Throws: `FactorRefusal.stepUp`, `.name`, `.passkey`, `.backupEligible`, `.alreadyEnrolled`,
    ///   `.tooManyPasskeys`.
    public func enrolPasskey(
        _ holder: Holder, _ registration: PasskeyRegistration, name: String, binding: String
    ) async throws -> FactorChange {
        let now = clock.now()
        do {
            let passkey = try read(registration, of: holder, name: name, binding: binding, at: now)
            let tokens = FreshTokens()
            let codes = RecoveryCode.makeAll()
            let made = try await database.write { transaction -> Bool in
                try transaction.confirmFresh(holder, at: now)
                guard try transaction.answer(passkey.challenge) else {
                    throw FactorRefusal.passkey(.challenge)
                }
                guard try transaction.passkeys(of: holder.accountID).count < Passkey.limit else {
                    throw FactorRefusal.tooManyPasskeys
                }
                try transaction.insert(passkey.key)
                let made = try self.makeFirstRecoveryCodes(
                    codes, of: holder.accountID, in: transaction, at: now)
                try self.settle(
                    .factorAdded, "passkey", .factorAdded, holder, tokens, enrolled: Proof.passkey,
                    in: transaction, at: now)
                return made
            }
            return FactorChange(token: tokens.session, recoveryCodes: made ? codes : [])
        } catch StorageError.unique {
            try await refuseFactor(.alreadyEnrolled, .factorAdded, holder)
        } catch let refusal as FactorRefusal where refusal != .stepUp {
            try await refuseFactor(refusal, .factorAdded, holder)
        }
    }

    /// Takes a passkey away. Other sessions end.
    /// - Throws: `FactorRefusal.stepUp`, `.notFound`, `.lastFactor`.
    /// - Returns: the new token of this session.
    public func removePasskey(_ id: Passkey.ID, _ holder: Holder) async throws -> String {
        let now = clock.now()
        let tokens = FreshTokens()
        try await database.write { transaction in
            try transaction.confirmFresh(holder, at: now)
            guard try transaction.deletePasskey(id, of: holder.accountID) else {
                throw FactorRefusal.notFound
            }
            try transaction.confirmFactorsRemain(of: holder.accountID)
            try self.settle(
                .factorRemoved, "passkey", .factorRemoved, holder, tokens, in: transaction, at: now)
        }
        return tokens.session
    }

    private func read(
        _ registration: PasskeyRegistration, of holder: Holder, name typed: String, binding: String,
        at now: Timestamp
    ) throws -> (key: Passkey, challenge: PasskeyChallenge) {
        let challenge = try checkClientData(
            registration.clientData, .enrolment, binding: binding, at: now)
        guard let data = AttestationObject.authenticatorData(in: registration.attestationObject),
            let flags = WebAuthn.Flags(data), flags.hasCredential
        else { throw FactorRefusal.passkey(.unreadable) }
        guard flags.isUserPresent, flags.isUserVerified else {
            throw FactorRefusal.passkey(.userVerification)
        }
        if flags.isBackupEligible, Self.needsBoundKeys(holder.role) { throw FactorRefusal.backupEligible }
        let name = Self.trimmedName(typed)
        guard !name.isEmpty, name.utf8.count <= 100 else { throw FactorRefusal.name }
        let credential: (id: [UInt8], key: PasskeyKey)
        do {
            credential = try WebAuthn.readRegistration(
                relyingParty: rules.relyingParty, authenticatorData: data)
        } catch let failure as WebAuthn.Failure {
            throw FactorRefusal.passkey(failure.step == "relying party" ? .relyingParty : .algorithm)
        }
        let passkey = Passkey(
            id: Passkey.ID(rawValue: RandomText.identifier()), accountID: holder.accountID,
            credentialID: credential.id, key: credential.key, signCount: Int64(flags.signCount),
            isBackupEligible: flags.isBackupEligible, isBackedUp: flags.isBackedUp, name: name,
            createdAt: now,
            lastUsedAt: nil)
        return (passkey, challenge)
    }

    /// Whose keys must stay on their device (AUT-8): those who decide who else gets in.
    static func needsBoundKeys(_ role: Account.Role) -> Bool {
        switch role {
        case .portalAdmin, .registrar: true
        case .practitioner, .delegate, .serviceMember: false
        }
    }

    /// Without blanks around, and without what could not be shown.
    private static func trimmedName(_ typed: String) -> String {
        let scalars = typed.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        var text = String(String.UnicodeScalarView(scalars))
        while text.utf8.first == 0x20 { text.removeFirst() }
        while text.utf8.last == 0x20 { text.removeLast() }
        return text
    }
}
