public import Access
import Crypto
public import Documents
import Storage

extension DispatchActions {
    /// Publishes what a sender says is the newer content of a document under its old identifier (HL7 v2 T08). The
    /// portal changes no document in place: it becomes the next version, under the same identifier with a number.
    /// The newest content again changes nothing.
    /// - Throws: `DispatchRefusal.replacesUnknown` where there is nothing to edit, and as `publish`.
    public func publishEdition(_ command: PublishDocument, _ viewer: MachineViewer) async throws
        -> PublishedDocument
    {
        let now = clock.now()
        let found = try await database.read { transaction in
            try transaction.newest(master: command.masterIdentifier, sentBy: viewer.clientID)
        }
        guard let newest = found else {
            // the same refusal, and the same trace, as for a replacement of something unknown
            return try await publish(
                command.replacing(.masterIdentifier(command.masterIdentifier)), viewer)
        }
        if try await isSame(command, as: newest, viewer) {
            return PublishedDocument(
                document: newest,
                dispatches: try await database.read { try $0.dispatches(of: newest.id, at: now) },
                refused: [], isRepetition: true)
        }
        return try await publish(command.version(newest.version + 1, of: newest), viewer)
    }

    /// Whether the newest edition says all of this already: contents, patient, stay, recipients and type. A file that is
    /// the same for another recipient is another edition.
    private func isSame(_ command: PublishDocument, as newest: Document, _ viewer: MachineViewer)
        async throws -> Bool
    {
        let hash = Array(SHA256.hash(data: command.bytes))
        guard newest.sha256 == hash else { return false }
        return try await database.read { transaction in
            let kept = try transaction.document(master: newest.masterIdentifier, sentBy: viewer.clientID)
            let isFirst = newest.masterIdentifier.utf8.elementsEqual(command.masterIdentifier.utf8)
            let told: PublishDocument =
                if !isFirst, let id = newest.replacesID, let older = try transaction.document(id) {
                    command.version(newest.version, of: older)
                } else {
                    command
                }
            return kept?.digest == told.digest(sha256: hash)
        }
    }

    /// The newest edition of what this client sent under an identifier; nil when that is the first one, or there is
    /// none.
    public func laterEdition(of master: String, _ viewer: MachineViewer) async throws -> Document.ID? {
        let newest = try await database.read { try $0.newest(master: master, sentBy: viewer.clientID) }
        return newest.flatMap { $0.masterIdentifier.utf8.elementsEqual(master.utf8) ? nil : $0.id }
    }

    /// The newest edition of what this client sent under an identifier, for a message about its state.
    /// - Throws: `DispatchRefusal.notFound` when it sent nothing under it.
    public func newest(master: String, _ viewer: MachineViewer) async throws -> Document {
        let now = clock.now()
        let found = try await database.write { transaction -> Document? in
            guard let document = try transaction.newest(master: master, sentBy: viewer.clientID) else {
                return nil
            }
            try transaction.record(
                AuditEntry(
                    .documentStateRead, object: document.auditObject, patientID: document.patientID.rawValue),
                by: .machine(viewer), at: now)
            return document
        }
        if let found { return found }
        let refusal = DispatchRefusal.notFound
        try await access.recordRefusal(
            AuditEntry(
                .documentStateRead, .refused, rule: refusal.rule,
                object: AuditObject(kind: "masterIdentifier", id: master)), by: .machine(viewer))
        throw refusal
    }
}

extension Transaction {
    /// Follows the versions that were made of one identifier: not those that have an identifier of their own.
    func newest(master: String, sentBy client: Client.ID) throws -> Document? {
        guard var newest = try document(master: master, sentBy: client)?.document else { return nil }
        for _ in 0..<DocumentLimits.versions {
            guard let next = try replacement(of: newest.id),
                next.masterIdentifier.utf8.starts(with: "\(master)#".utf8)
            else { break }
            newest = next
        }
        return newest
    }
}

extension PublishDocument {
    /// The same, in the place of another document.
    func replacing(_ replaced: Replaced) -> PublishDocument {
        var replacing = PublishDocument(
            masterIdentifier: masterIdentifier, replaces: replaced, patientSystem: patientSystem,
            patientNumber: patientNumber, familyName: familyName, givenName: givenName, birthDate: birthDate,
            sex: sex, stay: stay, recipients: recipients, typeCode: typeCode, classCode: classCode,
            title: title, service: service, author: author, language: language,
            confidentiality: confidentiality, authoredAt: authoredAt, mediaType: mediaType, bytes: bytes)
        replacing.isDescribed = isDescribed
        return replacing
    }
}
