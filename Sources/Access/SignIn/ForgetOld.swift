import Storage

extension AccessActions {
    /// Deletes what nothing needs any more; called at the start and every hour. What is kept how long stands in
    /// docs/operations.md.
    public func forgetOld() async throws {
        let now = clock.now()
        try await database.write { transaction in
            // one sees in one's list of sessions, and the team in the trail, what happened lately
            try transaction.forgetEndedSessions(before: now.adding(days: -30))
            try transaction.forgetKeptForms(at: now)
            // failures in a row do not stay failures in a row for ever
            try transaction.forgetGuards(before: now.adding(days: -30))
            // the longest window is an hour; the rows hold network addresses
            try transaction.forgetCounters(before: now.adding(days: -1))
            try transaction.forgetExpiredTokens(at: now)
            try transaction.forgetChallenges(before: now)
            try transaction.forgetBegunAuthenticators(before: now.adding(days: -1))
            try transaction.forgetUnusedPasswordLinks(before: now.adding(days: -30))
            try transaction.forgetRecoveries(before: now.adding(days: -30))
            try transaction.forgetIdentitySignIns(at: now)
            try transaction.wipeOverdueJobs(at: now.rawValue)
            try transaction.forgetEndedJobs(before: now.adding(days: -30).rawValue)
        }
    }
}
