import Storage
import Vault

/// One try at a password, as the limits of guessing count it.
struct SignInTry: Sendable {
    /// Failures in a row that are counted together, and how long they make one wait.
    struct Counter: Sendable {
        let subject: [UInt8]
        let waitingMinutes: @Sendable (_ failures: Int) -> Int
    }
    let counters: [Counter]
    /// The network whose failures count too; nil where the browser is known.
    let network: String?
    let at: Timestamp
}

/// Why a try was not looked at.
struct SignInBlock: Sendable {
    let until: Timestamp
    /// What is blocked: the trail tells its tries together, once a minute.
    let subject: String
    let rule: String
}

extension AccessActions {
    /// How a try at an address counts. Three ways, so that strangers' guesses stay few in all and still do not
    /// keep the doctor out for long (S10, AUT-5):
    /// - A browser that has signed in with this address before counts for itself.
    /// - Any other counts by address and network.
    /// - Unless that network is one from which the account has signed in lately, the try counts together with
    ///   those from all other networks as well.
    ///
    /// An address that nobody has is counted like any other (S7).
    func signInTry(
        on address: String, of account: Account?, browser: String?, origin: RequestOrigin,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> SignInTry {
        if let number = browserNumber(browser, knowing: address) {
            let own = SignInTry.Counter(
                subject: guardSubject("browser \(number)", address),
                waitingMinutes: SignInRules.waitingMinutes)
            return SignInTry(counters: [own], network: nil, at: now)
        }
        let network = NetworkAddress.network(of: origin.address)
        let isKnown = try transaction.recentAddresses(
            of: account?.id ?? Account.ID(rawValue: ""), since: now.adding(days: -30)
        ).contains { NetworkAddress.network(of: $0) == network }
        let here = SignInTry.Counter(
            subject: guardSubject("network \(network)", address), waitingMinutes: SignInRules.waitingMinutes)
        let everywhere = SignInTry.Counter(
            subject: guardSubject("everywhere", address),
            waitingMinutes: SignInRules.waitingMinutesEverywhere)
        return SignInTry(counters: isKnown ? [here] : [here, everywhere], network: network, at: now)
    }

    /// Counts a try before its password is looked at, so that parallel guesses do not outrun the counter.
    /// - Returns: why it must wait, or nil when it may go on. Who must wait is not counted again.
    func count(_ attempt: SignInTry, in transaction: any Transaction) throws -> SignInBlock? {
        let now = attempt.at
        for counter in attempt.counters {
            if let until = try transaction.retryTime(of: counter.subject), until > now {
                let subject = counter.subject.prefix(16).map { String($0, radix: 16) }.joined(separator: "-")
                return SignInBlock(until: until, subject: subject, rule: "signIn.wait")
            }
        }
        if let network = attempt.network {
            let window = Self.networkWindow
            guard
                try transaction.count(
                    "sign-in \(network)", per: window, limit: rules.failuresPerAddress, at: now)
            else {
                try transaction.uncount("sign-in \(network)", per: window, at: now)
                let end = Timestamp(rawValue: now.rawValue - now.rawValue % window + window)
                return SignInBlock(until: end, subject: network, rule: "signIn.network")
            }
        }
        for counter in attempt.counters {
            try transaction.countFailure(of: counter.subject, at: now, counter.waitingMinutes)
        }
        return nil
    }

    /// The password was right: only failures count.
    func giveBack(_ attempt: SignInTry, in transaction: any Transaction) throws {
        for counter in attempt.counters {
            try transaction.uncountFailure(of: counter.subject, at: attempt.at)
        }
        if let network = attempt.network {
            try transaction.uncount("sign-in \(network)", per: Self.networkWindow, at: attempt.at)
        }
    }

    /// Ends the failures in a row of an address, after a whole sign-in.
    func clearTries(
        of account: Account, browser: String?, origin: RequestOrigin, in transaction: any Transaction
    ) throws {
        let network = NetworkAddress.network(of: origin.address)
        try transaction.forgetTries(of: guardSubject("everywhere", account.email))
        try transaction.forgetTries(of: guardSubject("network \(network)", account.email))
        if let number = browserNumber(browser, knowing: account.email) {
            try transaction.forgetTries(of: guardSubject("browser \(number)", account.email))
        }
    }

    /// A keyed hash: who reads the table does not learn which addresses were tried.
    private func guardSubject(_ place: String, _ address: String) -> [UInt8] {
        keyring.mac(.codes, Array("sign-in \(place) \(address)".utf8))
    }

    /// Ten minutes, in milliseconds.
    private static var networkWindow: Int64 { 600_000 }
}
