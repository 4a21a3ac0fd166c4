public import Access
public import Documents
import Storage

/// One event about a patient, with what is known of the document it was done to.
public struct PatientAccess: Sendable {
    public let line: AuditLine
    /// SNOMED CT, when it was done to a document.
    public let typeCode: String?
    public let service: String?

    public init(line: AuditLine, typeCode: String?, service: String?) {
        self.line = line
        self.typeCode = typeCode
        self.service = service
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
    /// Lines of one page; of an export.
    private static let accessesPage = 100
    private static let accessesExport = 20_000

    /// Who had access to one patient's documents: for who looks after the protection of data at the hospital, by the
    /// patient's number only. Names no patient and no title. Traced (patientAccessesRead).
    /// - Throws: `AccessRefusal`, `ServiceRefusal.noDuty`.
    public func patientAccesses(number: String, before: Int64?, _ holder: Holder) async throws
        -> PatientAccesses
    {
        let now = clock.now()
        let patient = documents.patientID(system: manual.patientSystem, number: number)
        return try await database.write { transaction in
            try transaction.confirm(holder, with: .dataProtection, at: now)
            // what this very reading leaves is there for the next one
            let found = try self.accesses(
                to: patient, before: before, limit: Self.accessesPage, in: transaction)
            try transaction.record(
                AuditEntry(.patientAccessesRead, patientID: patient.rawValue), by: .person(holder), at: now)
            return found
        }
    }

    /// The same to be handed out: at most 20,000 events.
    /// - Parameter format: `csv` or `atc`, for the trail.
    public func exportPatientAccesses(number: String, format: String, _ holder: Holder) async throws
        -> PatientAccesses
    {
        let now = clock.now()
        let patient = documents.patientID(system: manual.patientSystem, number: number)
        return try await database.write { transaction in
            try transaction.confirm(holder, with: .dataProtection, at: now)
            try transaction.record(
                AuditEntry(
                    .patientAccessesRead, patientID: patient.rawValue, detail: "export format=\(format)"),
                by: .person(holder), at: now)
            return try self.accesses(
                to: patient, before: nil, limit: Self.accessesExport, in: transaction)
        }
    }

    /// The same by the operator's command.
    public func exportPatientAccesses(system: String, number: String, format: String) async throws
        -> PatientAccesses
    {
        let now = clock.now()
        let patient = documents.patientID(system: system, number: number)
        let actor = AuditActor.system(node: access.nodeName)
        return try await database.write { transaction in
            try transaction.record(
                AuditEntry(
                    .patientAccessesRead, patientID: patient.rawValue, detail: "export format=\(format)"),
                by: actor, at: now)
            return try self.accesses(
                to: patient, before: nil, limit: Self.accessesExport, in: transaction)
        }
    }

    /// The system of patient numbers, for those who ask by number.
    public var patientSystem: String { manual.patientSystem }

    private func accesses(
        to patient: Patient.ID, before: Int64?, limit: Int, in transaction: any Transaction
    ) throws -> PatientAccesses {
        // the trail keeps the pseudonym that counted when it was written, also when two numbers were merged since
        let pseudonyms = try transaction.pseudonyms(of: transaction.survivor(of: patient))
        let all = try transaction.auditLines(
            ofPatient: pseudonyms.map(\.rawValue), before: before, limit: limit + 1)
        let page = all.prefix(limit)
        let ids = Set(page.filter { $0.record.objectKind == "document" }.compactMap(\.record.objectID))
        let kinds = try transaction.documentKinds(Array(ids).map(Document.ID.init(rawValue:)))
        return PatientAccesses(
            patientID: patient,
            lines: page.map { line in
                let kind = line.record.objectID.flatMap { kinds[Document.ID(rawValue: $0)] }
                return PatientAccess(line: line, typeCode: kind?.typeCode, service: kind?.service)
            }, next: all.count > limit ? page.last?.id : nil)
    }
}
