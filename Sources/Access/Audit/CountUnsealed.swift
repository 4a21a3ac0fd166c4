import Storage

extension AccessActions {
    /// How many events have no place in the chain yet: a few while all is well, more and more when no node seals.
    public func unsealedEvents() async throws -> Int64 {
        try await database.read { try $0.countUnsealedEvents() }
    }
}
