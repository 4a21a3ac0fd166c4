public import Access
import Directory
public import Documents
import Storage

/// What the hospital learns when it takes a document back (D36).
public struct WithdrawnDocument: Sendable {
    public let document: Document
    public let withdrawnAt: Timestamp
    /// Each delivery, with the moments at which it had been opened and downloaded.
    public let dispatches: [Dispatch]
    /// True when it had been taken back before: nothing was done again.
    public let isRepetition: Bool
}

/// The hospital's words to the readers of a document that it takes back.
public struct WithdrawalReason: Sendable, Equatable {
    public static let maximumLength = 500
    /// One line without control characters; nil when nothing was said.
    public let text: String?

    /// Cuts what is longer, and takes control characters for spaces.
    public init(_ text: String?) {
        let line = (text ?? "").unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
        let words = String(String.UnicodeScalarView(line)).split(separator: " ").joined(separator: " ")
        let cut = String(String.UnicodeScalarView(words.unicodeScalars.prefix(Self.maximumLength)))
        self.text = cut.isEmpty ? nil : cut
    }
}

extension DispatchActions {
    /// Takes back a document that this client sent: nobody can open it from that moment. Its readers are told, and the
    /// answer says who had opened it. Asked again, it answers the same.
    /// - Throws: `DispatchRefusal.notFound` for unknown and for another sender's.
    public func withdraw(_ target: Replaced, reason: WithdrawalReason, _ viewer: MachineViewer) async throws
        -> WithdrawnDocument
    {
        let now = clock.now()
        do {
            return try await database.write { transaction in
                let found: Document? =
                    switch target {
                    case .masterIdentifier(let master):
                        try transaction.document(master: master, sentBy: viewer.clientID)?.document
                    case .id(let id): try transaction.document(id, sentBy: viewer.clientID)
                    }
                guard let document = found else { throw DispatchRefusal.notFound }
                return try self.withdraw(
                    document, reason: reason, by: .machine(viewer), in: transaction, at: now)
            }
        } catch let refusal as DispatchRefusal {
            try await access.recordRefusal(
                AuditEntry(
                    .documentWithdrawn, .refused, rule: refusal.rule,
                    object: target.object),
                by: .machine(viewer))
            throw refusal
        }
    }

    /// The act itself, for whoever may do it. The reason is for the readers only: the trail keeps none of its words.
    /// - Parameter cause: what the trail keeps, of what the portal takes back by itself.
    func withdraw(
        _ document: Document, reason: WithdrawalReason, because cause: String? = nil, by actor: AuditActor,
        in transaction: any Transaction, at now: Timestamp
    ) throws -> WithdrawnDocument {
        if let before = try transaction.withdrawnAt(document.id) {
            return WithdrawnDocument(
                document: document, withdrawnAt: before,
                dispatches: try transaction.dispatches(of: document.id, at: now), isRepetition: true)
        }
        var older: [Dispatch] = []
        // editions under one identifier are one document to its sender: none of them stays readable
        if let id = document.replacesID, let version = try transaction.document(id),
            version.isEdition(with: document), try transaction.withdrawnAt(id) == nil
        {
            older = try withdraw(
                version, reason: reason, because: cause, by: actor, in: transaction, at: now
            ).dispatches
        }
        try transaction.withdraw(document.id, reason: reason.text, at: now)
        let dispatches = try transaction.dispatches(of: document.id, at: now)
        let opened = dispatches.filter { $0.openedAt != nil }.map(\.accountID.rawValue)
        let detail = [cause, opened.isEmpty ? nil : "openedBy=\(opened.joined(separator: ","))"]
            .compactMap(\.self)
        try transaction.record(
            AuditEntry(
                .documentWithdrawn, object: document.auditObject, patientID: document.patientID.rawValue,
                detail: detail.isEmpty ? nil : detail.joined(separator: " ")),
            by: actor, at: now)
        try transaction.dropLetters(of: document.id, by: actor, at: now)
        try warnOfRecord(document, in: transaction, at: now)
        for dispatch in dispatches
        where dispatch.wasHeardOf {
            try tell(
                dispatch, dispatch.mailedAt == nil ? .documentWithdrawn : .mailedDocumentWithdrawn,
                hasPage: true, key: "withdrawn", in: transaction, at: now)
        }
        try transaction.notify(.inbox, document.id.rawValue)
        return WithdrawnDocument(
            document: document, withdrawnAt: now, dispatches: dispatches + older, isRepetition: false)
    }

    /// Who had heard of a version that is corrected, and is not given the correction, hears that his is out of date: it
    /// leaves his lists with it.
    func tellLeftOut(
        of replaced: Document.ID, by correction: Document.ID, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        let given = Set(try transaction.dispatches(of: correction, at: now).map(\.accountID))
        for dispatch in try transaction.dispatches(of: replaced, at: now)
        where dispatch.wasHeardOf && dispatch.state != .withdrawn && !given.contains(dispatch.accountID) {
            // a version that went by mail only has no page of its own
            try tell(
                dispatch, dispatch.mailedAt == nil ? .documentReplaced : .mailedDocumentReplaced,
                hasPage: dispatch.expiresAt != nil, key: "replaced", in: transaction, at: now)
        }
    }

    /// Who had heard of the document hears what became of it, unless he wants no notices (D13). Who has a copy by mail
    /// hears it whatever he chose: nothing else keeps him from relying on it.
    private func tell(
        _ dispatch: Dispatch, _ notice: AccountNotice, hasPage: Bool, key: String,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        guard let recipient = try transaction.recipient(account: dispatch.accountID), recipient.isActive,
            let account = try transaction.account(dispatch.accountID)
        else { return }
        let practitioner = recipient.practitioner
        let wantsNone = practitioner.notificationPolicy == .none || practitioner.notificationEmail.isEmpty
        guard !wantsNone || dispatch.mailedAt != nil else { return }
        try transaction.notify(
            account, notice, to: wantsNone ? account.email : practitioner.notificationEmail,
            path: hasPage ? "/documents/\(dispatch.documentID.rawValue)" : nil,
            key: "\(key):\(dispatch.documentID.rawValue):\(dispatch.accountID.rawValue)", keyring, at: now)
    }
}

extension Document {
    /// Whether the portal made one of both of the other, under the sender's identifier with a number (`PublishEdition`).
    fileprivate func isEdition(with newer: Document) -> Bool {
        guard senderID == newer.senderID,
            let mark = newer.masterIdentifier.utf8.lastIndex(of: UInt8(ascii: "#"))
        else { return false }
        let base = newer.masterIdentifier.utf8[..<mark]
        let own = masterIdentifier.utf8
        return own.elementsEqual(base) || own.starts(with: Array(base) + [UInt8(ascii: "#")])
    }
}
