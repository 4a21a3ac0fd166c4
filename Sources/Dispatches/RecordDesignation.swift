public import Access
import Directory
import Documents
import Storage

extension DispatchActions {
    /// Records what a hospital system says of a patient's designation, or changes it. The same content again
    /// changes nothing.
    /// - Parameter ifMatch: the version the sender starts from; refused when it is another.
    /// - Returns: the designation as it stands, and whether it is new.
    /// - Throws: `DispatchRefusal.staleVersion`.
    public func record(_ designation: Designation, ifMatch: Int?, _ viewer: MachineViewer) async throws
        -> (designation: Designation, isNew: Bool)
    {
        do {
            return try await recordChecked(designation, ifMatch: ifMatch, viewer)
        } catch let refusal as DispatchRefusal {
            try await access.recordRefusal(
                AuditEntry(
                    .designationRecorded, .refused, rule: refusal.rule,
                    patientID: documents.patientID(
                        system: designation.patientSystem, number: designation.patientNumber
                    ).rawValue), by: .machine(viewer))
            throw refusal
        }
    }

    private func recordChecked(_ designation: Designation, ifMatch: Int?, _ viewer: MachineViewer)
        async throws -> (designation: Designation, isNew: Bool)
    {
        let now = clock.now()
        return try await database.write { transaction in
            try keep(designation, ifMatch: ifMatch, viewer, in: transaction, at: now)
        }
    }

    /// The same within a transaction. A number that was merged with another gives way to it.
    func keep(
        _ told: Designation, ifMatch: Int?, _ viewer: MachineViewer, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> (designation: Designation, isNew: Bool) {
        let surviving = try transaction.survivingNumber(told.patientSystem, told.patientNumber)
        let designation = surviving.map { told.about($0.system, $0.number) } ?? told
        let pseudonym = documents.patientID(
            system: designation.patientSystem, number: designation.patientNumber)
        let known = try transaction.designation(
            designation.system, designation.identifier, of: viewer.clientID)
        if let ifMatch, known?.version != ifMatch { throw DispatchRefusal.staleVersion }
        if let known, known.hasSameContent(as: designation) { return (known, false) }
        let fresh = Designation.ID(rawValue: RandomText.identifier())
        let stored = designation.with(id: known?.id ?? fresh, version: (known?.version ?? 0) + 1)
        try transaction.save(stored, of: viewer.clientID, at: now)
        let isRevoked = !stored.isActive || stored.decision == .deny
        try transaction.record(
            AuditEntry(
                isRevoked ? .designationRevoked : .designationRecorded,
                object: AuditObject(kind: "designation", id: stored.id.rawValue, version: stored.version),
                patientID: pseudonym.rawValue, detail: stored.gln.map { "gln=\($0.rawValue)" } ?? "all"),
            by: .machine(viewer), at: now)
        return (stored, known == nil)
    }
}

extension Designation {
    /// The same under the number that took the place of the patient's.
    func about(_ system: String, _ number: String) -> Designation {
        Designation(
            id: id, system: self.system, identifier: identifier, patientSystem: system, patientNumber: number,
            staySystem: staySystem, stayNumber: stayNumber, gln: gln, decision: decision, isActive: isActive,
            startsOn: startsOn, endsOn: endsOn, decidedAt: decidedAt, version: version)
    }

    func with(id: ID, version: Int) -> Designation {
        Designation(
            id: id, system: system, identifier: identifier, patientSystem: patientSystem,
            patientNumber: patientNumber, staySystem: staySystem, stayNumber: stayNumber, gln: gln,
            decision: decision, isActive: isActive, startsOn: startsOn, endsOn: endsOn, decidedAt: decidedAt,
            version: version)
    }

    func hasSameContent(as other: Designation) -> Bool {
        (patientSystem, patientNumber, staySystem, stayNumber) == (
            other.patientSystem, other.patientNumber, other.staySystem, other.stayNumber
        ) && (gln, decision, isActive) == (other.gln, other.decision, other.isActive)
            && (startsOn, endsOn) == (other.startsOn, other.endsOn)
    }
}
