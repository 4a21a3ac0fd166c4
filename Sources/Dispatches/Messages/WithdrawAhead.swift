public import Access
import Documents
import Storage

extension DispatchActions {
    /// Remembers that a sender took back a document which has not come: should it come after all, it is refused. The
    /// attempt itself was refused and traced by `withdraw`.
    public func withdrawAhead(_ master: String, _ viewer: MachineViewer) async throws {
        let now = clock.now()
        try await database.write { transaction in
            guard try transaction.document(master: master, sentBy: viewer.clientID) == nil else { return }
            try transaction.withdrawAhead(master, by: viewer.clientID, at: now)
        }
    }
}
