import Storage

extension AccessActions {
    /// Signs out: the token opens nothing from now on, here and on every other node.
    public func signOut(_ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            _ = try transaction.endSession(holder.sessionID, of: holder.accountID, at: now)
            try transaction.record(
                AuditEntry(.signedOut, object: .session(holder.sessionID)), by: .person(holder), at: now)
        }
    }

    /// The holder's open sessions, the most recently used first.
    public func openSessions(_ holder: Holder) async throws -> [Session] {
        let now = clock.now()
        let idle = rules.idleMinutes
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.openSessions(of: holder.accountID, at: now, idle: idle)
        }
    }

    /// Ends one of the holder's own sessions.
    /// - Returns: false when it is not his or has ended already; that attempt is an event too.
    public func endSession(_ id: Session.ID, _ holder: Holder) async throws -> Bool {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            guard try transaction.endSession(id, of: holder.accountID, at: now) else {
                try transaction.recordRepeated(
                    AuditEntry(
                        .sessionEnded, .refused, rule: "session.notFound",
                        object: id.isWellFormed ? .session(id) : nil),
                    of: holder.sessionID.rawValue, by: .person(holder), at: now)
                return false
            }
            try transaction.record(
                AuditEntry(.sessionEnded, object: .session(id)), by: .person(holder), at: now)
            return true
        }
    }

    /// Ends all of the holder's sessions but this one.
    /// - Returns: how many.
    public func endOtherSessions(_ holder: Holder) async throws -> Int {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, at: now)
            let count = try transaction.endSessions(of: holder.accountID, except: holder.sessionID, at: now)
            try transaction.record(
                AuditEntry(.sessionEnded, object: .account(holder.accountID), detail: "others=\(count)"),
                by: .person(holder), at: now)
            return count
        }
    }

    /// For long answers that ask again while they are on their way: the session or the delegation may be over.
    /// - Throws: `AccessRefusal.sessionEnded`, `DelegationRefusal`.
    public func confirm(_ viewer: Viewer, to right: DelegationRight) async throws {
        let now = clock.now()
        try await database.glance { try $0.confirm(viewer, to: right, at: now) }
    }
}
