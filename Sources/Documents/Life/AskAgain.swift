public import Access
import Storage

extension DocumentActions {
    /// «Demander une nouvelle mise à disposition»: puts the wish before the hospital's service. While it waits, the same
    /// again changes nothing; once it was answered, it can be asked again a day after it was.
    /// - Throws: `DocumentRefusal.notFound`, `.askedTooOften`; `DelegationRefusal.right` without the right to send.
    /// - Returns: whether somebody of the service sees it in the portal; if not, it is on the portal team's list, and the
    ///   system that sent the document is told of it as of any other.
    @discardableResult
    public func askAgain(_ id: Document.ID, _ viewer: Viewer) async throws -> Bool {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            try transaction.confirm(viewer, to: .send, at: now)
            guard let gone = try transaction.gone(id, for: viewer, at: now), case .expired = gone.cause,
                let document = try transaction.document(id)
            else { throw DocumentRefusal.notFound }
            let isFollowed = try transaction.isFollowed(id)
            if let wish = gone.wish {
                guard let again = wish.againFrom else { return isFollowed }
                guard now >= again else { throw DocumentRefusal.askedTooOften }
            }
            let today = try transaction.countAskedAgain(
                by: viewer.principalID, since: now.adding(days: -1))
            guard today < self.lives.askedAgainPerDay else { throw DocumentRefusal.askedTooOften }
            guard
                try transaction.askAgain(
                    id, for: viewer.principalID, by: viewer.accountID, at: now)
            else { return isFollowed }
            try transaction.record(
                AuditEntry(
                    .documentAskedAgain, object: document.auditObject,
                    patientID: document.patientID.rawValue,
                    detail: "recipient=\(viewer.principalID.rawValue)"),
                by: .person(viewer), at: now)
            return isFollowed
        }
    }
}
