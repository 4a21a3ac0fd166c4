import Storage

/// What is known of a person whose identity has been proved.
public struct NewAccount: Sendable {
    public let email: String
    public let honorific: String
    public let familyName: String
    public let givenName: String
    public let role: Account.Role
    /// E.164, or nil when codes go by e-mail.
    public let mobile: String?
    public let codeChannel: Account.CodeChannel

    public init(
        email: String, honorific: String, familyName: String, givenName: String, role: Account.Role,
        mobile: String?, codeChannel: Account.CodeChannel
    ) {
        self.email = email
        self.honorific = honorific
        self.familyName = familyName
        self.givenName = givenName
        self.role = role
        self.mobile = mobile
        self.codeChannel = codeChannel
    }
}

extension AccessActions {
    /// Opens an active account. Until accounts are requested on line, only commands of the operator do so.
    /// - Throws: `AccessRefusal.email`, `.password`, `.duplicate`.
    public func createAccount(_ new: NewAccount, password: String) async throws -> Account.ID {
        guard let email = EmailAddress.normalised(new.email) else { throw AccessRefusal.email }
        if let mistake = PasswordRules.mistake(in: password, context: [email, new.familyName, new.givenName])
        {
            throw AccessRefusal.password(mistake)
        }
        let hash = try await hashed(password)
        let now = clock.now()
        let account = Account(
            id: Account.ID(rawValue: RandomText.identifier()), email: email, honorific: new.honorific,
            familyName: new.familyName, givenName: new.givenName, role: new.role, state: .active,
            mobile: new.mobile, codeChannel: new.codeChannel, lastSignedInAt: nil, previousSignedInAt: nil)
        let actor = AuditActor.system(node: node)
        do {
            try await database.write { transaction in
                try transaction.insert(account, passwordHash: hash, at: now)
                try transaction.record(
                    AuditEntry(.accountCreated, object: .account(account.id)), by: actor, at: now)
            }
        } catch StorageError.unique { throw AccessRefusal.duplicate }
        return account.id
    }

    /// Suspends or reactivates an account; its sessions end in the same transaction.
    public func setState(_ state: Account.State, of id: Account.ID) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            try transaction.setState(state, of: id)
            if state != .active {
                try transaction.endSessions(of: id, except: nil, at: now)
                try transaction.endDelegations(of: id, at: now)
            }
            try transaction.record(
                AuditEntry(.accountStateChanged, object: .account(id), detail: state.rawValue), by: actor,
                at: now)
        }
    }
}

/// Why something about accounts and sign-in is refused outside the sign-in itself, whose answers are uniform.
public enum AccessRefusal: Refusal, Equatable {
    case email
    case password(PasswordMistake)
    case wrongCurrentPassword
    case duplicate
    case sessionEnded
    case tooMuchAtOnce
    /// The account's role does not include this.
    case roleNotAllowed
    /// The role asks for an app or a passkey, and this session was opened without.
    case strongFactorNeeded

    public var kind: RefusalKind {
        switch self {
        case .email, .password, .wrongCurrentPassword: .invalid
        case .duplicate: .conflict
        case .sessionEnded: .expired
        case .tooMuchAtOnce: .unavailable
        case .roleNotAllowed, .strongFactorNeeded: .forbidden
        }
    }
    public var rule: String {
        switch self {
        case .email: "account.email"
        case .password: "account.password"
        case .wrongCurrentPassword: "account.currentPassword"
        case .duplicate: "account.duplicate"
        case .sessionEnded: "session.ended"
        case .tooMuchAtOnce: "signIn.busy"
        case .roleNotAllowed: "role.notAllowed"
        case .strongFactorNeeded: "role.strongFactorNeeded"
        }
    }
}
