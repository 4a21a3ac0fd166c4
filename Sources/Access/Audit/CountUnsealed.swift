import Storage

extension AccessActions {
    /// How many events no signed checkpoint covers yet: a few while all is well, more and more when no node seals.
    public func unsealedEvents() async throws -> Int64 {
        try await database.read { transaction in
            let all = try transaction.freePlace().sequence + transaction.countUnsealedEvents()
            return all - (try transaction.newestAuditNote() ?? 0)
        }
    }
}
