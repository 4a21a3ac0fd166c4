import Storage
import Vault

/// What a browser is asked to sign. A challenge that is open stands nowhere: it carries its end and a keyed hash of
/// what it is for and to which browser it was handed out, so that nobody fills the database by looking at the sign-in
/// page. The one that was answered is remembered until its end, and counts once.
struct PasskeyChallenge: Sendable {
    enum Purpose: String, Sendable { case signIn, enrolment }

    /// A person looks at the page, fetches a key, and signs.
    static let minutes = 15

    let bytes: [UInt8]

    static func make(_ purpose: Purpose, binding: String, _ keyring: Keyring, at now: Timestamp)
        -> PasskeyChallenge
    {
        let random = RandomBytes.make(16)
        let end = withUnsafeBytes(of: now.adding(minutes: minutes).rawValue.bigEndian) { Array($0) }
        return PasskeyChallenge(
            bytes: random + end + mark(random + end, purpose, binding, keyring))
    }

    /// Whether it is one of ours, for this, for this browser, and not too old.
    func isOpen(for purpose: Purpose, binding: String, _ keyring: Keyring, at now: Timestamp) -> Bool {
        guard bytes.count == 56 else { return false }
        let mark = Self.mark(Array(bytes[..<24]), purpose, binding, keyring)
        return mark.isEqualInConstantTime(to: Array(bytes[24...])) && now < end
    }

    /// UTC.
    var end: Timestamp {
        guard bytes.count >= 24 else { return Timestamp(rawValue: 0) }
        return Timestamp(rawValue: bytes[16..<24].reduce(Int64(0)) { $0 << 8 | Int64($1) })
    }

    private static func mark(
        _ bytes: [UInt8], _ purpose: Purpose, _ binding: String, _ keyring: Keyring
    ) -> [UInt8] {
        keyring.mac(.challenges, Array("\(purpose.rawValue) \(binding) ".utf8) + bytes)
    }
}

/// Why a passkey's answer was not taken. The raw value stands in the trail.
public enum PasskeyMistake: String, Sendable, Equatable {
    /// Not what a browser sends.
    case unreadable
    /// Another's challenge, an old one, or one that was answered already.
    case challenge
    /// Another site asked for it.
    case origin
    case relyingParty
    /// Nobody proved to the key who he is.
    case userVerification
    /// An algorithm that we did not ask for.
    case algorithm
    case unknownCredential
    /// The key says it is another person's.
    case otherAccount
    case signature
    /// The counter does not grow: somebody may have a copy of the key.
    case counter
    case backupEligible
}

/// What a page hands to the browser.
public struct PasskeyRequest: Sendable {
    /// Base64url.
    public let challenge: String
    public let relyingParty: String
}

extension AccessActions {
    /// - Parameter binding: a secret of this browser: that of its forms.
    public func passkeyRequest(binding: String) -> PasskeyRequest { request(.signIn, binding: binding) }

    func request(_ purpose: PasskeyChallenge.Purpose, binding: String) -> PasskeyRequest {
        let challenge = PasskeyChallenge.make(purpose, binding: binding, keyring, at: clock.now())
        return PasskeyRequest(
            challenge: Base64URL.encode(challenge.bytes), relyingParty: rules.relyingParty)
    }

    /// Looks at what the browser signed with.
    /// - Throws: `PasskeyMistake`'s refusal.
    func checkClientData(
        _ bytes: [UInt8], _ purpose: PasskeyChallenge.Purpose, binding: String, at now: Timestamp
    ) throws -> PasskeyChallenge {
        guard let data = ClientData(bytes) else { throw FactorRefusal.passkey(.unreadable) }
        let type = purpose == .signIn ? "webauthn.get" : "webauthn.create"
        guard data.type.utf8.elementsEqual(type.utf8) else { throw FactorRefusal.passkey(.unreadable) }
        let challenge = PasskeyChallenge(bytes: data.challenge)
        guard challenge.isOpen(for: purpose, binding: binding, keyring, at: now) else {
            throw FactorRefusal.passkey(.challenge)
        }
        guard data.origin.utf8.elementsEqual(rules.origin.utf8), !data.isCrossOrigin else {
            throw FactorRefusal.passkey(.origin)
        }
        return challenge
    }

    /// What a passkey keeps of the account: no name, and not its identifier either.
    func passkeyHandle(of id: Account.ID) -> [UInt8] {
        Array(keyring.mac(.challenges, Array("handle \(id.rawValue)".utf8)).prefix(32))
    }
}
