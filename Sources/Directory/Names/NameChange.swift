public import Access
public import Storage

/// A name that somebody wants to bear from now on. The present one was proved with an identity document, so a second
/// person agrees before it changes (security 3.5).
public struct NameChange: Sendable, Equatable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public enum State: String, Sendable, SQLBindable, SQLDecodable {
        case waiting, approved, refused
        /// Taken back, or replaced by another one.
        case withdrawn
    }

    public let id: ID
    public let accountID: Account.ID
    public let familyName: String
    public let givenName: String
    public let requestedAt: Timestamp
}

/// A request as the portal team sees it: the name that was proved, the one that is asked for, under which identifier.
public struct NameChangeCase: Sendable {
    public let change: NameChange
    public let account: Account
    public let gln: GLN?
    /// Asked for by the one who looks at it: somebody else must decide.
    public let isOwn: Bool
}
