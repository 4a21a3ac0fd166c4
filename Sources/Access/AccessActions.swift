public import Storage
public import Vault

/// What can be done about accounts, sign-in and the trail. The list, by file:
///
/// `SignIn/Passwords/SignInWithPassword` → `SignInWithCode` (or `AbandonSignIn`) → `FindSession` → `EndSessions` ·
/// `KeepForm` · `ChangePassword` · `ForgetOld` ·
/// `Delegation/OfferDelegation` → `AnswerDelegation` → `ConfirmDelegation` → `ChooseSpace` → `EndDelegation` ·
/// `Factors/ChooseFactor`, `CheckFactor` · `StepUp` → `EnrolAuthenticator`, `RecoveryCodes`, `ListFactors` ·
/// `Passkeys/EnrolPasskey` → `SignInWithPasskey` ·
/// `Recovery/AskPasswordLink` → `ResetPassword` · `ResetFactors` → `NewMobile` ·
/// `Identities/BeginIdentitySignIn` → `SignInWithIdentity` → `RequestFromIdentity` · `DecideIdentity` ·
/// `SwitchProvider` ·
/// `Clients/IssueToken` → `FindMachine` · `RegisterPracticeClient` · `News/SwitchRecordFeed` · `Audit/…`
public struct AccessActions: Sendable {
    let database: any Database
    let keyring: Keyring
    /// The present, for edges too.
    public let clock: Clock
    let rules: AccessRules
    /// The name of this process in the trail.
    let node: String
    /// Two password hashes at a time: each holds tens of MiB.
    private let gate: BlockingWork
    /// Verified instead of a missing account's hash, so that both take the same time.
    private let decoy: String
    /// How long those wait who are not looked at.
    private let pace = PasswordPace()
    /// Who was found signed in last.
    let remembered = RememberedSessions()

    public init(database: any Database, keyring: Keyring, clock: Clock, rules: AccessRules, node: String) {
        self.database = database
        self.keyring = keyring
        self.clock = clock
        self.rules = rules
        self.node = node
        gate = BlockingWork(atOnce: 2, maximumWaiting: 100)
        decoy = Argon2.decoy(rules.passwordCost)
    }

    /// The name of this process in the trail.
    public var nodeName: String { node }

    /// Where browsers and programs see the portal, for pages.
    public var origin: String { rules.origin }

    /// The figures of delegations, for pages.
    public var delegationRules: DelegationRules { rules.delegations }

    /// The Argon2id hash of a password, under the key of the installation; two at a time.
    /// - Throws: `AccessRefusal.tooMuchAtOnce`.
    public func hashed(_ password: String) async throws -> String {
        let peppered = keyring.mac(.passwords, Array(password.utf8))
        return try await guarded { [cost = rules.passwordCost] in try Argon2.hash(peppered, cost) }
    }

    /// Takes the same time whether there is a hash or not.
    func isPassword(_ password: String, of hash: String?) async throws -> Bool {
        let peppered = keyring.mac(.passwords, Array(password.utf8))
        let isRight = try await guarded { [decoy] in Argon2.verify(peppered, against: hash ?? decoy) }
        return isRight && hash != nil
    }

    /// What a password opens at sign-in: the account of an address, its request that waits, or neither. Always two
    /// comparisons, one after the other in one place of the queue, so that time tells neither of them.
    func match(_ password: String, account: String?, request: String?) async throws -> (
        account: Bool, request: Bool
    ) {
        let peppered = keyring.mac(.passwords, Array(password.utf8))
        return try await pace.measure {
            try await guarded { [decoy] in
                let isAccounts = Argon2.verify(peppered, against: account ?? decoy)
                let isRequests = Argon2.verify(peppered, against: request ?? decoy)
                return (account: isAccounts && account != nil, request: isRequests && request != nil)
            }
        }
    }

    /// Takes as long as the last `match` did, without work; before the first one, with.
    func pretendToMatch() async throws {
        if try await !pace.wait() { _ = try await match("", account: nil, request: nil) }
    }

    private func guarded<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        do { return try await gate.run(work) } catch is BlockingWork.Busy {
            throw AccessRefusal.tooMuchAtOnce
        }
    }
}

/// The figures of sign-in and sessions. Defaults are those of the security document (S10, S11, D32).
public struct AccessRules: Sendable {
    public var passwordCost = Argon2.Cost(memoryKiB: 19 * 1024, passes: 2)
    /// Minutes without a request after which a session ends.
    public var idleMinutes = 20
    /// For the portal team and registrars, at most (D32).
    static let staffIdleMinutes = 15
    static let staffSessionHours = 8
    /// Hours after which a session ends in any case.
    public var sessionHours = 12
    public var codeMinutes = 10
    public var triesPerCode = 5
    public var codesPerHour = 5
    public var codesPerDay = 10
    public var smsPerNumberPer15Minutes = 3
    public var smsPerNumberPerDay = 10
    /// The budget of the whole installation.
    public var smsPerHour = 500
    /// Failed sign-ins from one network (IPv6: /64) in ten minutes before it must wait.
    public var failuresPerAddress = 50
    /// Sign-ins with a provider of identities begun from one network in ten minutes.
    public var identitySignInsPerNetwork = 100
    /// Whether who comes from a provider of identities gives a second factor of ours too.
    public var identitySecondFactor = false
    /// Whether those who decide who else gets in must come with an app or a passkey (AUT-2, AUT-6). A code that was sent
    /// opens no desk then: at the first sign-in it lets them enrol one of the two, and afterwards it is not asked for.
    public var staffNeedsStrongFactors = false
    /// The portal's host, for the last line of a code message (domain-bound codes).
    public var host = "localhost"
    /// Where browsers see the portal, `https://portail.hul.example`: the only place for which passkeys sign.
    public var origin = "http://localhost"
    /// Hours for which a reset of somebody's factors waits, so that its holder can stop it (REC-1).
    public var recoveryDelayHours = 24
    public var delegations = DelegationRules()
    public init() {}

    /// The host of the origin: what passkeys belong to.
    var relyingParty: String {
        let place = origin.utf8.split(separator: UInt8(ascii: "/")).last ?? []
        let host = place.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).first ?? []
        return String(decoding: host, as: UTF8.self)
    }

    /// Minutes without a request after which a session ends.
    func idleMinutes(for role: Account.Role) -> Int {
        switch role {
        case .registrar, .portalAdmin: min(idleMinutes, Self.staffIdleMinutes)
        case .practitioner, .delegate, .serviceMember: idleMinutes
        }
    }

    func sessionHours(for role: Account.Role) -> Int {
        switch role {
        case .registrar, .portalAdmin: min(sessionHours, Self.staffSessionHours)
        case .practitioner, .delegate, .serviceMember: sessionHours
        }
    }
}
