import Storage

extension AccessActions {
    /// Ends a sign-in that waits for its code: its token and its codes open nothing from now on. Nothing
    /// happens when it has ended already, or when the code was typed meanwhile.
    public func abandonSignIn(token: String, origin: RequestOrigin) async throws {
        let now = clock.now()
        try await database.write { try self.endPending(token, origin: origin, in: $0, at: now) }
    }

    /// Ends the sign-in of a token, if a code is expected for it.
    func endPending(
        _ token: String, origin: RequestOrigin, in transaction: any Transaction, at now: Timestamp
    ) throws {
        let session = try transaction.liveSession(
            tokenHash: Self.tokenHash(token), at: now, idle: rules.idleMinutes)?.session
        guard let session, session.stage == .codeExpected,
            try transaction.endSession(session.id, of: session.accountID, at: now)
        else { return }
        try transaction.record(
            AuditEntry(.sessionEnded, object: .session(session.id), detail: "codeExpected"),
            by: .anonymous(origin, claimed: session.accountID), at: now)
    }
}
