public import Storage

/// The second step of a sign-in after the password. Each kind is a case here and nowhere a condition of its own:
/// a new one does not compile until it is said how it is asked for, checked and named.
public enum SecondFactor: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    /// A code sent to the mobile number.
    case sms
    /// A code sent to a mailbox secured by HIN.
    case email
    /// A code that the person's own app makes (RFC 6238).
    case authenticator
    /// One of the codes kept on paper.
    case recoveryCode

    init(_ channel: Account.CodeChannel) {
        self =
            switch channel {
            case .sms: .sms
            case .email: .email
            }
    }

    /// How its code travels; nil where the person has it already.
    public var channel: Account.CodeChannel? {
        switch self {
        case .sms: .sms
        case .email: .email
        case .authenticator, .recoveryCode: nil
        }
    }
}

/// What has proved who is at the other end of a session, in the words that are stored: a second factor after the
/// password, or a passkey alone.
enum Proof {
    static let passkey = "passkey"

    /// Whether nobody in between, no provider and no mailbox, could have had it: enough to change a number by
    /// oneself (D34, AUT-10).
    static func isStrong(_ proof: String) -> Bool {
        proof == passkey || proof == SecondFactor.authenticator.rawValue
    }
}

/// What the account has to prove itself with, in the order in which it is asked.
extension Transaction {
    /// - Returns: the app first, because nobody is in between; recovery codes last. Empty after a reset: then only a
    ///   new proof of identity helps.
    func secondFactors(of account: Account) throws -> [SecondFactor] {
        var factors: [SecondFactor] = []
        if try confirmedAuthenticator(of: account.id) != nil { factors.append(.authenticator) }
        switch account.codeChannel {
        case .sms:
            if account.mobile != nil { factors.append(.sms) }
        case .email:
            // who has the mailbox and changed the password by its link has one thing, not two
            let isOneThing = try isPasswordFromLink(of: account.id)
            if !isOneThing || factors.isEmpty && account.mobile == nil { factors.append(.email) }
            if account.mobile != nil { factors.append(.sms) }
        }
        if try unusedRecoveryCodes(of: account.id) > 0 { factors.append(.recoveryCode) }
        return factors
    }
}

/// Why something about second factors, passkeys or recovery is refused.
public enum FactorRefusal: Refusal, Equatable {
    /// One has to prove again who one is: it was too long ago.
    case stepUp
    /// One has to prove it with an app or a passkey: a code that was sent is not enough.
    case strongFactorNeeded
    /// Nothing is being enrolled in this session, or it took too long.
    case nothingBegun
    case wrongCode
    case tooManyTries
    case alreadyEnrolled
    /// The last way to sign in: another one first.
    case lastFactor
    case notFound
    case name
    case mobile
    /// An administrator's passkey must not leave its device (AUT-8).
    case backupEligible
    case passkey(PasskeyMistake)
    case tooManyPasskeys
    /// Four eyes are two persons, and neither is the one concerned.
    case samePerson
    /// One of the two has no number of a person yet: nobody can tell whether they are two.
    case personUnknown
    /// The holder still has time to stop it.
    case tooEarly

    public var kind: RefusalKind {
        switch self {
        case .stepUp, .strongFactorNeeded, .samePerson, .personUnknown: .forbidden
        case .wrongCode, .name, .mobile, .backupEligible, .passkey: .invalid
        case .alreadyEnrolled, .lastFactor, .tooManyPasskeys, .tooEarly: .conflict
        case .nothingBegun: .expired
        case .notFound: .notFound
        case .tooManyTries: .unavailable
        }
    }

    public var rule: String {
        switch self {
        case .stepUp: "factor.stepUp"
        case .strongFactorNeeded: "factor.strongNeeded"
        case .nothingBegun: "factor.nothingBegun"
        case .wrongCode: "factor.wrongCode"
        case .tooManyTries: "factor.tooManyTries"
        case .alreadyEnrolled: "factor.alreadyEnrolled"
        case .lastFactor: "factor.last"
        case .notFound: "factor.notFound"
        case .name: "factor.name"
        case .mobile: "factor.mobile"
        case .backupEligible: "factor.backupEligible"
        case .passkey(let mistake): "passkey.\(mistake.rawValue)"
        case .tooManyPasskeys: "factor.tooManyPasskeys"
        case .samePerson: "factor.samePerson"
        case .personUnknown: "factor.personUnknown"
        case .tooEarly: "factor.tooEarly"
        }
    }
}
