public import Access
import Storage

/// A document that a space could read and can no longer open. It tells no title, and of what was taken back the patient
/// only where it had been opened: who was addressed by mistake learns nothing from it.
public struct GoneDocument: Sendable {
    /// Why it cannot be opened.
    public enum Cause: Sendable, Equatable {
        /// Taken back by the hospital; its words to the readers, if it gave any.
        case withdrawn(reason: String?, at: Timestamp)
        /// Its life in this space is over.
        case expired(at: Timestamp)
    }

    public let id: Document.ID
    public let typeCode: String
    public let service: String
    public let receivedAt: Timestamp
    /// When it was first opened in this space; nil: never.
    public let openedAt: Timestamp?
    public let cause: Cause
    /// A scanner found something in it.
    public let isMalware: Bool
    /// The version that takes its place, if this space may read it.
    public let replacement: Document.ID?
    /// A newer version exists, whoever may read it.
    public let isReplaced: Bool
    /// About whom it was; nil for what was taken back before anybody here had opened it.
    public let patient: Patient?
    /// The last wish for a new release, and what the service answered.
    public let wish: RenewalWish?
    /// Whether somebody of the service sees in the portal what is asked for.
    public internal(set) var isFollowed = true
}

extension DocumentActions {
    /// What there was, and why it is gone. Writes that somebody tried to open it.
    /// - Throws: `DocumentRefusal.notFound` for what was never addressed to this space, or can be read.
    public func gone(_ id: Document.ID, _ viewer: Viewer) async throws -> GoneDocument {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            guard var gone = try transaction.gone(id, for: viewer, at: now),
                let document = try transaction.document(id)
            else { throw DocumentRefusal.notFound }
            let refusal: DocumentRefusal =
                if case .withdrawn = gone.cause { .withdrawn } else { .expired }
            try transaction.record(
                AuditEntry(
                    .documentOpened, .refused, rule: refusal.rule, object: document.auditObject,
                    patientID: document.patientID.rawValue), by: .person(viewer), at: now)
            gone.isFollowed = try transaction.isFollowed(id)
            return gone
        }
    }

    /// What the hospital took back from this space in the last 30 days, newest first, 20 at most.
    public func listWithdrawals(_ viewer: Viewer) async throws -> [GoneDocument] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.withdrawals(
                since: now.adding(days: -DocumentLimits.withdrawalDays), of: viewer,
                limit: DocumentLimits.withdrawals)
        }
    }
}

extension Transaction {
    /// The document, if this space may open it now.
    /// - Parameter isHeld: whether nobody takes it back before this writing transaction ends.
    /// - Throws: `DocumentRefusal.notFound`; `.withdrawn` or `.expired` for what was addressed to it once.
    func readable(_ id: Document.ID, _ viewer: Viewer, isHeld: Bool = false, at now: Timestamp) throws
        -> ReadableDocument
    {
        if let readable = try document(id, visibleTo: viewer, isHeld: isHeld, at: now) { return readable }
        throw try refusal(of: id, viewer, at: now)
    }

    /// A content of it, on the same condition.
    /// - Throws: the same; `DocumentRefusal.notFound` where it has no such content, too.
    func readable(
        _ part: SealedPart.Part, _ number: Int, of id: Document.ID, _ viewer: Viewer, at now: Timestamp
    ) throws -> ReadableContent {
        if let content = try content(part, number, of: id, visibleTo: viewer, at: now) { return content }
        throw try refusal(of: id, viewer, at: now)
    }

    /// Why a document cannot be opened.
    func refusal(of id: Document.ID, _ viewer: Viewer, at now: Timestamp) throws -> DocumentRefusal {
        switch try gone(id, for: viewer, at: now)?.cause {
        case .withdrawn: .withdrawn
        case .expired: .expired
        case nil: .notFound
        }
    }
}
