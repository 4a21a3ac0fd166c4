public import Access
import Directory
public import Documents
public import Storage

extension Transaction {
    /// Puts a document on its way to the printers, in the transaction of what decides it: its contents are kept until
    /// then. The conditions of a disclosure are the caller's.
    /// - Parameters:
    ///   - account: the recipient, if he has one.
    ///   - addressee: name and address, as printed.
    ///   - key: what was asked for twice is one; for somebody without an account something of his own.
    ///   - person: who asked for it; nil: the portal by its rules.
    /// - Returns: nil when the same was queued before.
    @discardableResult
    public func queueForPost(
        _ document: Document, for account: Account.ID?, to addressee: PostAddressee,
        _ reason: PostItem.Reason,
        key: String, by person: Account.ID?, as actor: AuditActor, at now: Timestamp
    ) throws -> PostItem.ID? {
        var id = PostItem.ID(rawValue: RandomText.identifier())
        let key = account.map { "\(document.id.rawValue):\($0.rawValue)" } ?? "\(document.id.rawValue):\(key)"
        let isNew = try insertPostItem(
            id, document.id, for: account, to: addressee, reason, key: key, by: person, at: now)
        if !isNew {
            // what was cancelled can be asked for again
            guard reason == .asked, let old = try revivePostItem(key, to: addressee, by: person, at: now)
            else { return nil }
            id = old
        }
        try hold(document.id, for: .post, until: now.adding(days: PostLimits.waitingDays))
        try record(
            .post(id, of: document, "queued reason=\(reason.rawValue)", to: account), by: actor, at: now)
        return id
    }
}

extension AuditEntry {
    static func post(_ id: PostItem.ID, of document: Document, _ what: String, to account: Account.ID?)
        -> AuditEntry
    {
        let recipient = account.map { " recipient=\($0.rawValue)" } ?? ""
        return AuditEntry(
            .dispatchPosted, object: document.auditObject, patientID: document.patientID.rawValue,
            contentHash: document.sha256, detail: "\(what) letter=\(id.rawValue)\(recipient)")
    }
}

extension DispatchActions {
    /// The letters in one state of what one's services sent. Reading them is traced.
    /// - Throws: `ServiceRefusal.noService`; `AccessRefusal` for everybody else, the portal team too.
    public func postQueue(in state: PostItem.State = .waiting, _ holder: Holder) async throws -> [PostItem] {
        let now = clock.now()
        return try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            let items = try transaction.postItems(state, followedBy: viewer, limit: PostLimits.shown)
            try transaction.record(
                AuditEntry(.documentSearched, detail: "post=\(state.rawValue)"), by: .person(holder), at: now)
            return items
        }
    }

    /// Takes a letter out of the queue, while it waits.
    /// - Throws: `DispatchRefusal.notFound` when it does not, or is another service's; `AccessRefusal`.
    public func cancelPost(_ id: PostItem.ID, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            guard id.rawValue.isIdentifier, let item = try transaction.postItem(id),
                try transaction.document(item.document.id, followedBy: viewer) != nil,
                try transaction.advance(id, from: .waiting, to: .cancelled, at: now)
            else { throw DispatchRefusal.notFound }
            try transaction.record(
                AuditEntry(
                    .dispatchCancelled, object: item.document.auditObject,
                    patientID: item.document.patientID.rawValue, detail: "letter=\(id.rawValue)"),
                by: .person(holder), at: now)
        }
    }

    /// What stays unread for as long as the institution allows goes to the printers; what was read meanwhile, or is
    /// not to be read any more, leaves the queue.
    @discardableResult
    public func keepPostQueue() async throws -> PostQueueChange {
        let now = clock.now()
        let actor = AuditActor.system(node: access.nodeName)
        let days = waysOut.postUnreadDays
        return try await database.write(.readCommitted) { transaction in
            try transaction.begin(.lives)
            var dropped = 0
            for id in try transaction.needlessPostItems(limit: 500) {
                guard try transaction.drop(id, by: actor, at: now) else { continue }
                dropped += 1
            }
            guard let days else { return PostQueueChange(queued: 0, dropped: dropped) }
            var queued = 0
            let unread = try transaction.unreadForPost(
                before: now.adding(days: -days), after: now.adding(days: -days - PostLimits.unreadDays),
                limit: 500)
            for (account, id) in unread {
                guard let document = try transaction.document(id),
                    let addressee = try transaction.postAddressee(of: account)
                else { continue }
                let item = try transaction.queueForPost(
                    document, for: account, to: addressee, .unreadDays, key: "", by: nil, as: actor, at: now)
                queued += item == nil ? 0 : 1
            }
            return PostQueueChange(queued: queued, dropped: dropped)
        }
    }
}

extension Transaction {
    /// Where a professional gets paper; nil: no address, or no recipient any more.
    func postAddressee(of account: Account.ID) throws -> PostAddressee? {
        guard let holder = try self.account(account), let address = try mailingAddress(of: account),
            let recipient = try recipient(account: account), recipient.isActive
        else { return nil }
        return PostAddressee(
            name: holder.displayName, practice: recipient.practitioner.practice, address)
    }

    /// Takes the letters of a document that is taken back out of the queue.
    func dropLetters(of document: Document.ID, by actor: AuditActor, at now: Timestamp) throws {
        for id in try waitingLetters(of: document) { _ = try drop(id, by: actor, at: now) }
    }

    fileprivate func drop(_ id: PostItem.ID, by actor: AuditActor, at now: Timestamp) throws -> Bool {
        guard let item = try postItem(id), try advance(id, from: .waiting, to: .dropped, at: now) else {
            return false
        }
        try record(
            AuditEntry(
                .dispatchCancelled, object: item.document.auditObject,
                patientID: item.document.patientID.rawValue, detail: "dropped letter=\(id.rawValue)"),
            by: actor, at: now)
        return true
    }
}
