public import Access
public import Documents
import Storage

/// How a document was sent by hand, and with whose word.
public struct HandSending: Sendable {
    public let senderName: String
    public let sentAt: Timestamp
    public let consent: SendingConsent
    /// Why it went to somebody who was not designated; empty otherwise.
    public let reason: String

    public init(senderName: String, sentAt: Timestamp, consent: SendingConsent, reason: String) {
        self.senderName = senderName
        self.sentAt = sentAt
        self.consent = consent
        self.reason = reason
    }
}

/// A delivery, with whom it is for.
public struct AddressedDispatch: Sendable {
    public let dispatch: Dispatch
    public let displayName: String
    public let locality: String
    /// Who opened it for the recipient, if it was somebody else.
    public let openedBy: String?

    public init(dispatch: Dispatch, displayName: String, locality: String, openedBy: String? = nil) {
        self.dispatch = dispatch
        self.displayName = displayName
        self.locality = locality
        self.openedBy = openedBy
    }
}

/// One line of a service's journal.
public struct SentDocument: Sendable {
    public let document: Document
    public let patient: Patient
    public let recipients: [AddressedDispatch]
    /// What goes on paper.
    public let letters: [SentLetter]
    /// Nil when the record system sent it.
    public let hand: HandSending?
    /// What a scanner called it, of what was taken back because of that; looked up for one document.
    public let malware: String?

    public init(
        document: Document, patient: Patient, recipients: [AddressedDispatch], letters: [SentLetter] = [],
        hand: HandSending?, malware: String? = nil
    ) {
        self.document = document
        self.patient = patient
        self.recipients = recipients
        self.letters = letters
        self.hand = hand
        self.malware = malware
    }

    /// Whether it lies, or lay, in somebody's space; otherwise it goes by mail or on paper only.
    public var isInPortal: Bool { recipients.contains { $0.dispatch.expiresAt != nil } }

    /// Sent by hand, and still undone by nobody's reading: it can be cancelled without a trace at the readers'.
    public var canBeCancelled: Bool {
        hand != nil && document.state == .current && recipients.allSatisfy(\.dispatch.isStillHere)
            && !letters.contains { $0.state == .exported }
    }
    /// Somebody has read it or has a copy: a reason is needed, and readers are told. Copies outlive the contents here, so
    /// that what has expired can be recalled too.
    public var canBeRecalled: Bool {
        guard hand != nil, !canBeCancelled else { return false }
        switch document.state {
        case .current: return true
        case .expired: return !recipients.allSatisfy(\.dispatch.isStillHere)
        case .superseded, .withdrawn: return false
        }
    }
}

/// One page of the journal, the newest first.
public struct Sendings: Sendable {
    public let rows: [SentDocument]
    /// Where the next page begins; nil at the end.
    public let next: SentKey?
    /// On all pages; more than `DocumentLimits.countedRows` means «plus de».
    public let count: Int

    public init(rows: [SentDocument], next: SentKey?, count: Int) {
        self.rows = rows
        self.next = next
        self.count = count
    }
}

/// What somebody did with a document that a service sent.
public struct SentAccess: Sendable {
    public let event: AuditEventKind
    public let at: Timestamp
    /// Nil when the portal acted.
    public let name: String?
    /// For whom, under delegation.
    public let principal: String?

    public init(event: AuditEventKind, at: Timestamp, name: String?, principal: String?) {
        self.event = event
        self.at = at
        self.name = name
        self.principal = principal
    }
}

extension DispatchActions {
    /// What one's services sent by hand and, where the service follows the record system, what that sent
    /// for it; fifty at a time, as far as the filter wants it. Traced first (documentSearched): names are searched in
    /// every sending of the service, and nobody else has to wait for that.
    /// - Throws: `ServiceRefusal.noService`.
    public func sendings(
        _ filter: SendingFilter = SendingFilter(), before key: SentKey?, _ holder: Holder
    ) async throws -> Sendings {
        let now = clock.now()
        let limit = DocumentLimits.rowsPerPage
        try await database.write { transaction in
            _ = try transaction.confirmService(holder, at: now)
            try transaction.record(
                AuditEntry(.documentSearched, detail: filter.codes), by: .person(holder), at: now)
        }
        return try await database.read { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            let scope = transaction.scope(filter, for: holder, at: now)
            let all = try transaction.sentDocuments(followedBy: viewer, scope, before: key, limit: limit + 1)
            let documents = all.prefix(limit)
            let addressed = try transaction.addressed(documents.map(\.id), at: now)
            let letters = try transaction.letters(of: documents.map(\.id))
            let hands = try transaction.handSendings(of: documents.map(\.id))
            let patients = try transaction.patients(Set(documents.map(\.patientID)))
            let rows = documents.compactMap { document in
                patients[document.patientID].map {
                    SentDocument(
                        document: document, patient: $0, recipients: addressed[document.id] ?? [],
                        letters: letters[document.id] ?? [],
                        hand: hands[document.id])
                }
            }
            return Sendings(
                rows: rows, next: all.count > limit ? documents.last.map(SentKey.init) : nil,
                count: try transaction.sentCount(followedBy: viewer, scope))
        }
    }

    /// What a form of this identifier became; nil: nothing yet, or another service's.
    /// - Throws: `ServiceRefusal.noService`.
    public func sending(of identifier: String, _ holder: Holder) async throws -> Document.ID? {
        let now = clock.now()
        return try await database.read { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            guard let sent = try transaction.document(master: identifier, sentBy: .manual)?.document
            else { return nil }
            return try transaction.document(sent.id, followedBy: viewer)?.id
        }
    }

    /// One of them, with everybody who opened, downloaded or printed it, where recipients get paper, and what was written to
    /// the recipient. Traced (documentStateRead).
    /// - Parameter before: where a further page of accesses begins.
    /// - Returns: and where the next one does.
    /// - Throws: `ServiceRefusal.noService`, `ManualRefusal.notFound`.
    public func sending(_ id: Document.ID, before: Int64? = nil, _ holder: Holder) async throws -> (
        sent: SentDocument, accesses: [SentAccess], next: Int64?, addresses: [Account.ID: PostAddressee],
        message: String?
    ) {
        let now = clock.now()
        let (sent, accesses, addresses, sealed) = try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            let sent = try transaction.sending(id, viewer, at: now)
            try transaction.record(
                AuditEntry(
                    .documentStateRead, object: sent.document.auditObject,
                    patientID: sent.document.patientID.rawValue), by: .person(holder), at: now)
            let addresses = try sent.recipients.map(\.dispatch.accountID).reduce(
                into: [Account.ID: PostAddressee]()
            ) { $0[$1] = try transaction.postAddressee(of: $1) }
            let accesses = try transaction.sentAccesses(to: id, before: before)
            return (sent, accesses, addresses, try transaction.message(beside: id))
        }
        let message: String? =
            if let sealed { try await documents.read(sealed, of: sent.document) } else { nil }
        return (sent, accesses.rows, accesses.next, addresses, message)
    }
}

extension Transaction {
    /// - Throws: `ManualRefusal.notFound` for unknown and for another service's.
    func sending(_ id: Document.ID, _ viewer: ServiceViewer, at now: Timestamp) throws -> SentDocument {
        guard id.rawValue.isIdentifier, let document = try document(id, followedBy: viewer),
            let patient = try patient(document.patientID)
        else { throw ManualRefusal.notFound }
        return SentDocument(
            document: document, patient: patient, recipients: try addressed([id], at: now)[id] ?? [],
            letters: try letters(of: [id])[id] ?? [],
            hand: try handSendings(of: [id])[id], malware: try malware(in: id))
    }

    /// Readings only, the newest first: what a reader looked at besides is his own.
    func sentAccesses(to id: Document.ID, before: Int64?) throws -> (rows: [SentAccess], next: Int64?) {
        let shown: [AuditEventKind] = [
            .documentPublished, .documentOpened, .documentDownloaded, .documentPrinted, .documentExported,
            .documentWithdrawn, .dispatchCancelled, .documentReplaced,
        ]
        let page = try accesses(
            toObject: id.rawValue, events: shown, before: before, limit: DocumentLimits.accesses)
        let principals = try namesOfPrincipals(in: page.records.map(\.record))
        let rows = page.records.compactMap { record, name -> SentAccess? in
            guard let event = AuditEventKind(rawValue: record.event) else { return nil }
            return SentAccess(
                event: event, at: record.recordedAt, name: name,
                principal: record.principalID.flatMap { principals[Account.ID(rawValue: $0)] })
        }
        return (rows, page.next)
    }
}
