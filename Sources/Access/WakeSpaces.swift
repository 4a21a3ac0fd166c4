public import Storage

/// What a commit tells the open pages of all nodes: look at this account again. Identifiers only; what is new stands in
/// the tables, and whoever is told asks for the permission first.
public struct SpaceSignal: Sendable, Equatable {
    /// Whose space, or whose session.
    public let account: Account.ID
    /// A document that was opened, and by whom.
    public let read: Reading?

    public struct Reading: Sendable, Equatable {
        public let document: String
        public let reader: Account.ID
    }

    /// - Returns: nil for a payload of nobody's.
    public init?(payload: String) {
        let parts = payload.split(separator: " ").map(String.init)
        guard let account = parts.first else { return nil }
        self.account = Account.ID(rawValue: account)
        read =
            parts.count == 3
            ? Reading(document: parts[1], reader: Account.ID(rawValue: parts[2])) : nil
    }
}

extension Transaction {
    /// Something about this account changed: its documents, its session, its delegations.
    public func wake(_ account: Account.ID) throws { try notify(.inbox, account.rawValue) }

    /// A document of this space was opened for the first time, or marked as read.
    public func wake(_ account: Account.ID, read document: String, by reader: Account.ID) throws {
        try notify(.inbox, "\(account.rawValue) \(document) \(reader.rawValue)")
    }
}
