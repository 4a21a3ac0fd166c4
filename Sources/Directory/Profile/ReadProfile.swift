public import Access
import Storage

/// What somebody finds when he arrives, and how the pages look for him.
public struct Arrival: Sendable {
    public let startPage: StartPage
    public let view: ViewPreferences
}

extension DirectoryActions {
    /// One's own profile.
    /// - Throws: `ProfileRefusal.notFound` for accounts that receive no documents.
    public func profile(_ holder: Holder) async throws -> Profile {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            guard let profile = try transaction.profile(of: holder.accountID) else {
                throw ProfileRefusal.notFound
            }
            return profile
        }
    }

    /// The same for pages that only mention it.
    /// - Returns: nil for accounts that receive no documents.
    public func profileIfAny(_ holder: Holder) async throws -> Profile? {
        do { return try await profile(holder) } catch ProfileRefusal.notFound { return nil }
    }

    /// Where somebody begins, and the looks he has chosen on whatever device.
    public func arrival(_ holder: Holder) async throws -> Arrival {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return Arrival(
                startPage: try transaction.profileDetails(of: holder.accountID).startPage,
                view: try transaction.viewPreferences(of: holder.accountID))
        }
    }
}
