public import Access
import Directory
public import Documents
import Storage

/// One event about a patient, with what is known of the document it was done to, and of whom it went to.
public struct PatientAccess: Sendable {
    /// To whom a document was made available, sent or announced.
    public struct Recipient: Sendable, Hashable {
        /// Nil for who is known by number only.
        public let name: String?
        public let gln: String?

        public init(name: String?, gln: String?) {
            self.name = name
            self.gln = gln
        }
    }

    public let line: AuditLine
    /// Nil when it was not done to a document.
    public let document: DocumentSummary?
    /// When the event concerns one recipient.
    public let recipient: Recipient?

    public init(line: AuditLine, document: DocumentSummary?, recipient: Recipient? = nil) {
        self.line = line
        self.document = document
        self.recipient = recipient
    }
}

/// From its first moment to before its last; nil: without that end.
public struct AccessPeriod: Sendable, Equatable {
    public var from: Timestamp?
    public var until: Timestamp?
    public init(from: Timestamp? = nil, until: Timestamp? = nil) {
        self.from = from
        self.until = until
    }
}

/// Who had access to one patient's documents, the newest first.
public struct PatientAccesses: Sendable {
    /// The pseudonym.
    public let patientID: Patient.ID
    public let lines: [PatientAccess]
    /// Where the next page begins; nil at the end.
    public let next: Int64?

    public init(patientID: Patient.ID, lines: [PatientAccess], next: Int64?) {
        self.patientID = patientID
        self.lines = lines
        self.next = next
    }
}

extension DispatchActions {
    /// Lines of one page.
    private static let accessesPage = 100
    /// Lines of an export.
    public static let accessesExport = 20_000

    /// Who had access to one patient's documents: for who looks after the protection of data at the hospital, by the
    /// patient's number only. Names no patient; of a document its type, title, identifier, service and stay, and to whom
    /// it went: who answers a patient needs them. No contents. Traced (patientAccessesRead).
    /// - Throws: `AccessRefusal`, `ServiceRefusal.noDuty`.
    public func patientAccesses(
        number: String, in period: AccessPeriod = AccessPeriod(), before: Int64?, _ holder: Holder
    ) async throws -> PatientAccesses {
        let now = clock.now()
        let patient = documents.patientID(system: manual.patientSystem, number: number)
        return try await database.write { transaction in
            try transaction.confirm(holder, with: .dataProtection, at: now)
            // what this very reading leaves is there for the next one
            let found = try self.accesses(
                to: patient, period, before: before, limit: Self.accessesPage, in: transaction)
            try transaction.record(
                AuditEntry(.patientAccessesRead, patientID: patient.rawValue), by: .person(holder), at: now)
            return found
        }
    }

    /// The same to be handed out: the newest 20,000 events of a period; `next` says that there are more.
    /// - Parameter format: `csv` or `atc`, for the trail.
    public func exportPatientAccesses(
        number: String, in period: AccessPeriod = AccessPeriod(), format: String, _ holder: Holder
    ) async throws -> PatientAccesses {
        let now = clock.now()
        let patient = documents.patientID(system: manual.patientSystem, number: number)
        return try await database.write { transaction in
            try transaction.confirm(holder, with: .dataProtection, at: now)
            try transaction.record(
                AuditEntry(
                    .patientAccessesRead, patientID: patient.rawValue, detail: "export format=\(format)"),
                by: .person(holder), at: now)
            return try self.accesses(
                to: patient, period, before: nil, limit: Self.accessesExport, in: transaction)
        }
    }

    /// The same by the operator's command.
    public func exportPatientAccesses(
        system: String, number: String, in period: AccessPeriod = AccessPeriod(), format: String
    ) async throws -> PatientAccesses {
        let now = clock.now()
        let patient = documents.patientID(system: system, number: number)
        let actor = AuditActor.system(node: access.nodeName)
        return try await database.write { transaction in
            try transaction.record(
                AuditEntry(
                    .patientAccessesRead, patientID: patient.rawValue, detail: "export format=\(format)"),
                by: actor, at: now)
            return try self.accesses(
                to: patient, period, before: nil, limit: Self.accessesExport, in: transaction)
        }
    }

    /// The system of patient numbers, for those who ask by number.
    public var patientSystem: String { manual.patientSystem }

    private func accesses(
        to patient: Patient.ID, _ period: AccessPeriod, before: Int64?, limit: Int,
        in transaction: any Transaction
    ) throws -> PatientAccesses {
        // the trail keeps the pseudonym that counted when it was written, also when two numbers were merged since
        let pseudonyms = try transaction.pseudonyms(of: transaction.survivor(of: patient))
        let all = try transaction.auditLines(
            ofPatient: pseudonyms.map(\.rawValue), in: (period.from, period.until), before: before,
            limit: limit + 1)
        let page = all.prefix(limit)
        let ids = Set(page.filter { $0.record.objectKind == "document" }.compactMap(\.record.objectID))
        let documents = try transaction.documentSummaries(Array(ids).map(Document.ID.init(rawValue:)))
        let recipients = try self.recipients(of: page.map(\.record), in: transaction)
        return PatientAccesses(
            patientID: patient,
            lines: page.enumerated().map { place, line in
                PatientAccess(
                    line: line,
                    document: line.record.objectID.flatMap { documents[Document.ID(rawValue: $0)] },
                    recipient: recipients[place])
            }, next: all.count > limit ? page.last?.id : nil)
    }

    /// Whom each event concerns: an account, or on paper somebody without one.
    private func recipients(of records: [AuditRecord], in transaction: any Transaction) throws -> [Int:
        PatientAccess.Recipient]
    {
        let accounts = Array(Set(records.compactMap(\.recipientID)))
        var names: [Account.ID: String] = [:]
        var glns: [Account.ID: GLN] = [:]
        for start in stride(from: 0, to: accounts.count, by: 500) {
            let part = Array(accounts[start..<min(start + 500, accounts.count)])
            names.merge(try transaction.displayNames(of: part)) { first, _ in first }
            glns.merge(try transaction.glns(of: part)) { first, _ in first }
        }
        var strangers: [GLN: String] = [:]
        var found: [Int: PatientAccess.Recipient] = [:]
        for (place, record) in records.enumerated() {
            if let account = record.recipientID {
                found[place] = .init(name: names[account], gln: glns[account]?.rawValue)
            } else if let gln = AuditEntry.refusedRecipient(in: record.detail) {
                if strangers[gln] == nil {
                    strangers[gln] =
                        try transaction.registerEntries(gln: gln).first
                        .map { "\($0.givenName) \($0.familyName)" } ?? ""
                }
                let name = strangers[gln] ?? ""
                found[place] = .init(name: name.isEmpty ? nil : name, gln: gln.rawValue)
            }
        }
        return found
    }
}
