import Access
import Directory
import Documents
import PDF
import Storage

/// Everything that one publishing transaction needs, made before it begins.
struct Publication: Sendable {
    let command: PublishDocument
    let document: Document
    let digest: [UInt8]
    let part: SealedPart
    /// The words of a service beside it.
    let message: SealedPart?
    /// The sealed payload of the job that makes the page images.
    let previewKey: [UInt8]

    /// All that lies in the store for it.
    var parts: [SealedPart] { [part, message].compactMap { $0 } }
}

extension DispatchActions {
    /// The one transaction of publishing. Every rule is looked at again, because the world may have changed
    /// since it was planned: two copies of a message at once, a designation revoked in between.
    /// - Parameter now: when it is written, which is when it is there; not when its file came.
    func write(
        _ publication: Publication, _ sender: Sender, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> PublishedDocument {
        let told = publication.command
        try sender.confirm(transaction)
        if let repetition = try transaction.repetition(of: told, publication.digest, sender.clientID) {
            return repetition
        }
        let (command, patient) = try settled(told, in: transaction)
        let document = publication.document.about(
            patient, try completed(told.stay, in: transaction), publishedAt: now)
        let plan = try transaction.plan(
            command, sender, policy: policy, waysOut: waysOut, patient: document.patientID, at: now)
        guard plan.replaced == document.replacesID, plan.version == document.version else {
            throw DispatchRefusal.alreadyReplaced
        }
        try write(
            plan.identity, of: command.patient(document.patientID), sender, in: transaction, at: now)
        try transaction.insert(document, digest: publication.digest)
        try transaction.insert(
            publication.part, of: document.id, scannedAt: inspection.scansFiles ? now : nil)
        if let message = publication.message { try transaction.insert(message, of: document.id) }
        if let replaced = plan.replaced {
            try transaction.supersede(replaced)
            try transaction.record(
                AuditEntry(
                    .documentReplaced, object: AuditObject(kind: "document", id: replaced.rawValue),
                    patientID: document.patientID.rawValue, detail: "by=\(document.id.rawValue)"),
                by: sender.actor, at: now)
        }
        for dispatch in plan.dispatches {
            try deliver(document, dispatch, sender, in: transaction, at: now)
            try transaction.forgetRefusal(of: command.masterIdentifier, for: dispatch.gln, sender.clientID)
        }
        for letter in plan.letters {
            try post(letter, document, sender, in: transaction, at: now)
            try transaction.forgetRefusal(of: command.masterIdentifier, for: letter.gln, sender.clientID)
        }
        if let replaced = plan.replaced {
            try tellLeftOut(of: replaced, by: document.id, in: transaction, at: now)
        }
        for (gln, refusal) in plan.refused {
            try transaction.record(.refusal(refusal, of: document, for: gln), by: sender.actor, at: now)
            try transaction.keepRefusal(
                refusal.rule, of: command, document.patientID, for: gln, sender.clientID, at: now)
        }
        try sender.complete(
            document, plan.dispatches.map(\.basis) + plan.letters.map(\.basis), transaction)
        // what somebody sends by hand rests on the patient's word about one document for one person
        if sender.clientID != .manual { try feedRecord(document, in: transaction, at: now) }
        try transaction.enqueue(
            PreviewJob.outboxKind, key: "preview:\(document.id.rawValue)", payload: publication.previewKey,
            id: RandomText.identifier(), at: now.rawValue, due: now.rawValue,
            expires: now.adding(days: 3650).rawValue)  // a picture is of use whenever it comes
        return PublishedDocument(
            document: document,
            dispatches: try transaction.dispatches(of: document.id, at: now), refused: plan.refused,
            isRepetition: false)
    }

    private func deliver(
        _ document: Document, _ planned: PlannedDispatch, _ sender: Sender,
        in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        try transaction.insertDispatch(document.id, planned, at: now)
        try bring(
            document, planned, by: sender.actor, asking: sender.asksForPaper, in: transaction, at: now)
    }

    /// Makes a document available to one recipient, by the way that was decided.
    /// - Parameter person: who asks for it, should it go on paper; nil: the institution's rules do.
    func bring(
        _ document: Document, _ planned: PlannedDispatch, by actor: AuditActor, asking person: Account.ID?,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        let recipient = planned.recipient.practitioner
        let basis = planned.basis.text
        if case .portal = planned.way {
            // before the event: it is told to the programs of those who may read
            try transaction.addReader(
                recipient.accountID, to: document, basis: basis, at: now,
                until: now.adding(days: recipient.lifetimeDays))
        }
        try transaction.record(
            AuditEntry(
                .documentPublished, object: document.auditObject, patientID: document.patientID.rawValue,
                contentHash: document.sha256, basis: basis,
                detail: "recipient=\(recipient.accountID.rawValue)"),
            by: actor, at: now)
        switch planned.way {
        case .portal: try enqueueNotice(to: planned.recipient, in: transaction, at: now)
        case .securedMail:
            let token = RandomText.identifier()
            try transaction.queueSecuredMail(
                document, to: recipient.accountID, token,
                payload: try sealedJob(SecuredMailJob(token: token), key: "mail:\(token)"),
                returnDays: waysOut.mailReturnDays, at: now)
        case .post(let addressee):
            try transaction.queueForPost(
                document, for: recipient.accountID, to: addressee,
                person == nil ? .noElectronicWay : .asked, key: "", by: person, as: actor, at: now)
        }
    }

    /// On paper to somebody without an account: nobody can read it here.
    private func post(
        _ letter: PlannedLetter, _ document: Document, _ sender: Sender, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        try transaction.record(
            AuditEntry(
                .documentPublished, object: document.auditObject, patientID: document.patientID.rawValue,
                contentHash: document.sha256, basis: letter.basis.text, detail: "gln=\(letter.gln.rawValue)"),
            by: sender.actor, at: now)
        try transaction.queueForPost(
            document, for: nil, to: letter.addressee, .asked, key: letter.gln.rawValue,
            by: sender.asksForPaper, as: sender.actor, at: now)
    }

    /// Whatever there is to tell somebody goes into one mail: per sign-in or per day, as he chose.
    func enqueueNotice(to recipient: Recipient, in transaction: any Transaction, at now: Timestamp) throws {
        guard let notice = Notices.plan(for: recipient, at: now, digestHour: digestHour) else { return }
        let job = NoticeJob(accountID: recipient.practitioner.accountID.rawValue)
        try transaction.enqueue(
            NoticeJob.outboxKind, key: notice.key, payload: try sealedJob(job, key: notice.key),
            id: RandomText.identifier(), at: now.rawValue, due: notice.due.rawValue,
            expires: notice.due.adding(hours: 72).rawValue, revivesEnded: true)
    }
}

extension AuditEntry {
    private static let recipientMark = "gln="

    /// That a recipient did not get a document which others got.
    static func refusal(_ refusal: DispatchRefusal, of document: Document, for gln: GLN) -> AuditEntry {
        AuditEntry(
            .documentPublished, .refused, rule: refusal.rule, object: document.auditObject,
            patientID: document.patientID.rawValue, detail: "\(recipientMark)\(gln.rawValue)")
    }

    /// The reverse, so that a repeated message gets the answer of the first one whatever changed since.
    static func refusal(in record: AuditRecord) -> (gln: GLN, refusal: DispatchRefusal)? {
        guard record.event == AuditEventKind.documentPublished.rawValue,
            record.outcome == AuditOutcome.refused.rawValue,
            let refusal = DispatchRefusal.allCases.first(where: { $0.rule == record.rule }),
            let gln = refusedRecipient(in: record.detail)
        else { return nil }
        return (gln, refusal)
    }

    /// Whom an event names by number: who got nothing, or got it on paper without an account.
    static func refusedRecipient(in detail: String?) -> GLN? {
        guard let detail, detail.utf8.starts(with: recipientMark.utf8) else { return nil }
        return GLN(rawValue: String(detail.dropFirst(recipientMark.count)))
    }
}
