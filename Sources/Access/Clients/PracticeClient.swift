public import Storage

/// A program that is bound to one professional, such as the software of his practice: it reads what he may read, and
/// nothing else. It ends with his account.
public struct PracticeClient: Sendable {
    public let id: Client.ID
    public let name: String
    public let accountID: Account.ID
    public let createdAt: Timestamp
    public let revokedAt: Timestamp?

    /// What such a client may be granted at most: to read, and to be called when there is something new.
    public static let scopes = Scope.parse(
        "system/DocumentReference.rs system/Binary.r system/Subscription.crds")
    /// How many a professional may have at a time.
    public static let limit = 10
}

/// Why a client of a practice is not registered or not ended.
public enum PracticeClientRefusal: Refusal, Equatable {
    case notFound
    /// Its key is not an RSA key of 2048 bits or more, or a P-384 key.
    case key
    case name
    case tooMany
    /// A client of this identifier belongs to somebody else.
    case taken
    /// The account is not that of an active professional.
    case noProfessional

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .key, .name, .noProfessional: .invalid
        case .tooMany, .taken: .conflict
        }
    }
    public var rule: String {
        switch self {
        case .notFound: "client.notFound"
        case .key: "client.key"
        case .name: "client.name"
        case .tooMany: "client.tooMany"
        case .taken: "client.taken"
        case .noProfessional: "client.noProfessional"
        }
    }
}

extension AccessActions {
    /// The professional's space as his client sees it: the same permission, found through the client.
    /// - Returns: nil for a client that is bound to nobody, or not any more.
    public func space(of machine: MachineViewer) async throws -> Viewer? {
        guard let account = machine.principalID else { return nil }
        return try await database.read { transaction in
            guard try transaction.isBound(machine.clientID, to: account),
                let holder = try transaction.account(account)
            else { return nil }
            return Viewer(own: Holder(holder, through: machine))
        }
    }
}

extension Transaction {
    /// The first line of what a hospital system or a client does: it is active in this transaction.
    /// - Throws: `AccessRefusal.sessionEnded`.
    public func confirm(_ machine: MachineViewer, at now: Timestamp) throws {
        guard try activeClient(machine.clientID) != nil else { throw AccessRefusal.sessionEnded }
    }
}
