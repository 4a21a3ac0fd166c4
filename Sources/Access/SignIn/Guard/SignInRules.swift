/// The pure rules of guessing and waiting.
enum SignInRules {
    /// Minutes to wait after so many failures in a row for one address from one network or one known browser,
    /// whether it has an account or not: nothing up to 4, then longer and longer.
    static func waitingMinutes(afterFailures failures: Int) -> Int {
        switch failures {
        case ..<5: 0
        case ..<10: 1
        case ..<20: 5
        case ..<40: 15
        default: 60
        }
    }

    /// The same for one address from all networks together: growing from 20 on (AUT-5), and from 100 on one
    /// try an hour. Not longer, because it is the doctor at a new place who waits, and somebody else who makes
    /// her wait; known browsers and networks are not counted here.
    static func waitingMinutesEverywhere(afterFailures failures: Int) -> Int {
        switch failures {
        case ..<20: 0
        case ..<40: 1
        case ..<60: 5
        case ..<100: 15
        default: 60
        }
    }

    /// «+41 79 ••• •• 34»: enough to recognise one's own number.
    static func masked(mobile: String) -> String {
        let digits = Array(mobile)
        guard digits.count >= 8 else { return "••••" }
        let head = mobile.hasPrefix("+41") ? "+41 \(String(digits[3...4]))" : String(digits[0...2])
        return "\(head) ••• •• \(String(digits.suffix(2)))"
    }

    /// «c•••@hin.ch».
    static func masked(email: String) -> String {
        "\(email.prefix(1))•••@\(EmailAddress.domain(of: email))"
    }
}

/// What the page of the password can answer.
public enum PasswordAnswer: Sendable {
    /// The pair is right; a code is on its way, unless too many were asked for or the person's own app makes it.
    case codeExpected(token: String, CodeSending)
    /// Wrong password or no such account: nobody learns which.
    case wrongPair
    /// Too many tries for this address or from this network.
    case wait(until: Timestamp)
    /// The pair is right, but the account is not active.
    case notActive(Account.State)
    /// The pair is right for a request for an account that nobody has decided yet.
    /// - Parameter link: opens the applicant's own page.
    case requestPending(link: String)
    /// The pair is right, but the account has no second factor: only a new proof of identity helps.
    case noFactor
}

/// What the page of the code can answer.
public enum CodeAnswer: Sendable {
    /// Signed in, with a new token.
    case signedIn(token: String)
    /// How many tries the newest code, or this sign-in, has left.
    case wrong(triesLeft: Int)
    /// The last try of this sign-in was wrong: it is over.
    case triesUsedUp
    /// Too many failures over several sign-ins.
    case wait(until: Timestamp)
    /// So many that only a new proof of identity helps, or a passkey.
    case newProofNeeded
    /// No code is alive any more; a new one was sent if the limits allow it.
    case expired(newCode: CodeSending)
    /// The sign-in itself is over: back to the password.
    case sessionEnded
}

/// What came of asking for a code.
public enum CodeSending: Sendable, Equatable {
    case sent
    /// None is needed: the person has it.
    case notSent
    /// Less than 60 s since the last one, or the limit of the hour or the day.
    case wait(until: Timestamp)
}

/// A message for the person, to be sent by Delivery; what lies sealed in the outbox under kind `code`.
public struct CodeMessage: Codable, Sendable {
    public enum Channel: String, Codable, Sendable { case sms, email }
    public let channel: Channel
    /// E.164 number or mail address.
    public let to: String
    public let code: String

    /// The outbox kind of these messages.
    public static let outboxKind = "code"
}
