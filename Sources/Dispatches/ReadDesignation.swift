public import Access
import Documents
import Storage

extension DispatchActions {
    /// One's own consent by the portal's identifier. Reading it is traced.
    /// - Throws: `DispatchRefusal.notFound` for unknown and for another sender's.
    public func designation(_ id: Designation.ID, _ viewer: MachineViewer) async throws -> Designation {
        let now = clock.now()
        return try await traced(.designationRead, id, viewer) {
            try await database.write { transaction in
                guard let found = try transaction.designation(id, of: viewer.clientID) else { return nil }
                let pseudonym = documents.patientID(
                    system: found.patientSystem, number: found.patientNumber)
                try transaction.record(
                    AuditEntry(
                        .designationRead,
                        object: AuditObject(kind: "designation", id: id.rawValue, version: found.version),
                        patientID: pseudonym.rawValue),
                    by: .machine(viewer), at: now)
                return found
            }
        }
    }

    /// The same for who is about to change it: only the refusal is traced here, the change traces itself.
    /// - Throws: `DispatchRefusal.notFound` for unknown and for another sender's.
    public func designationToChange(_ id: Designation.ID, _ viewer: MachineViewer) async throws
        -> Designation
    {
        try await traced(.designationRecorded, id, viewer) {
            try await database.read { try $0.designation(id, of: viewer.clientID) }
        }
    }

    private func traced(
        _ event: AuditEventKind, _ id: Designation.ID, _ viewer: MachineViewer,
        _ find: () async throws -> Designation?
    ) async throws -> Designation {
        if id.rawValue.isIdentifier, let found = try await find() { return found }
        let refusal = DispatchRefusal.notFound
        try await access.recordRefusal(
            AuditEntry(event, .refused, rule: refusal.rule, object: .named("designation", id.rawValue)),
            by: .machine(viewer))
        throw refusal
    }
}

extension String {
    /// Whether this has the form of the portal's identifiers: 32 hexadecimal digits. What comes in an address
    /// may be anything: a name, a book, a NUL that no database takes.
    var isIdentifier: Bool {
        utf8.count == 32 && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension AuditObject {
    /// The object that somebody asked for; nil when what he said is no identifier.
    static func named(_ kind: String, _ id: String) -> AuditObject? {
        id.isIdentifier ? AuditObject(kind: kind, id: id) : nil
    }
}
