import Storage

extension AccessActions {
    /// For pages that listen: whether the session is still alive and still in this space, and until when it would be if
    /// its holder did nothing more. Asking keeps it no longer.
    /// - Throws: `AccessRefusal.sessionEnded`, `DelegationRefusal`.
    public func presence(of viewer: Viewer) async throws -> Timestamp {
        let now = clock.now()
        let idle = rules.idleMinutes
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard let session = try transaction.session(viewer.sessionID),
                session.principalID == viewer.principalID
            else { throw AccessRefusal.sessionEnded }
            let end = min(session.expiresAt, session.lastSeenAt.adding(minutes: idle))
            guard end > now else { throw AccessRefusal.sessionEnded }
            return end
        }
    }
}
