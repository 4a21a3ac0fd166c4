package import Access

extension AccessActions {
    /// Whether somebody may still read where he is.
    package func isAlive(_ viewer: Viewer) async throws -> Bool {
        do {
            try await confirm(viewer, to: .read)
            return true
        } catch AccessRefusal.sessionEnded { return false } catch DelegationRefusal.ended { return false }
    }
}
