import Storage

extension AccessActions {
    /// Signs out: the token opens nothing from now on, here and on every other node.
    public func signOut(_ viewer: Viewer) async throws {
        let now = clock.now()
        try await database.write { transaction in
            _ = try transaction.endSession(viewer.sessionID, of: viewer.accountID, at: now)
            try transaction.record(
                AuditEntry(.signedOut, object: .session(viewer.sessionID)), by: .person(viewer), at: now)
        }
    }

    /// The viewer's open sessions, the most recently used first.
    public func openSessions(_ viewer: Viewer) async throws -> [Session] {
        let now = clock.now()
        let idle = rules.idleMinutes
        return try await database.read { transaction in
            try transaction.confirm(viewer, at: now)
            return try transaction.openSessions(of: viewer.accountID, at: now, idle: idle)
        }
    }

    /// Ends one of the viewer's own sessions.
    /// - Returns: false when it is not his or has ended already; that attempt is an event too.
    public func endSession(_ id: Session.ID, _ viewer: Viewer) async throws -> Bool {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            guard try transaction.endSession(id, of: viewer.accountID, at: now) else {
                try transaction.recordRepeated(
                    AuditEntry(
                        .sessionEnded, .refused, rule: "session.notFound",
                        object: id.isWellFormed ? .session(id) : nil),
                    of: viewer.sessionID.rawValue, by: .person(viewer), at: now)
                return false
            }
            try transaction.record(
                AuditEntry(.sessionEnded, object: .session(id)), by: .person(viewer), at: now)
            return true
        }
    }

    /// Ends all of the viewer's sessions but this one.
    /// - Returns: how many.
    public func endOtherSessions(_ viewer: Viewer) async throws -> Int {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, at: now)
            let count = try transaction.endSessions(of: viewer.accountID, except: viewer.sessionID, at: now)
            try transaction.record(
                AuditEntry(.sessionEnded, object: .account(viewer.accountID), detail: "others=\(count)"),
                by: .person(viewer), at: now)
            return count
        }
    }

    /// Still alive? For long answers that ask again while they are on their way.
    public func isAlive(_ viewer: Viewer) async throws -> Bool {
        let now = clock.now()
        do {
            try await database.read { try $0.confirm(viewer, at: now) }
            return true
        } catch AccessRefusal.sessionEnded { return false }
    }
}
