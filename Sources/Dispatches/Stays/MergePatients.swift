public import Access
import Documents
import Storage

/// Two numbers of one patient become one (HL7 v2 ADT^A40).
public struct PatientMerge: Sendable {
    /// The number that is left, and who the patient is.
    public let survivor: ToldPatient
    /// The number that is given up.
    public let retiredSystem: String
    public let retiredNumber: String

    public init(survivor: ToldPatient, retiredSystem: String, retiredNumber: String) {
        self.survivor = survivor
        self.retiredSystem = retiredSystem
        self.retiredNumber = retiredNumber
    }
}

extension DispatchActions {
    /// Merges: patient, documents with their readers, stays and designations go under the surviving number in one
    /// transaction. From then on both numbers lead to it. Contents stay sealed as they are, and so does the trail,
    /// which keeps both pseudonyms and this event between them.
    /// - Returns: false when they had been merged before: nothing was done.
    /// - Throws: `StayRefusal`.
    public func merge(_ merge: PatientMerge, _ viewer: MachineViewer) async throws -> Bool {
        let now = clock.now()
        do {
            return try await database.write { try self.write(merge, viewer, in: $0, at: now) }
        } catch let refusal as StayRefusal {
            try await access.recordRefusal(
                AuditEntry(
                    .patientMerged, .refused, rule: refusal.rule,
                    patientID: documents.patientID(
                        system: merge.retiredSystem, number: merge.retiredNumber
                    ).rawValue), by: .machine(viewer))
            throw refusal
        }
    }

    private func write(
        _ merge: PatientMerge, _ viewer: MachineViewer, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        let survivor = try patientKey(merge.survivor.system, merge.survivor.number, in: transaction)
        let retired = PatientKey(
            id: documents.patientID(system: merge.retiredSystem, number: merge.retiredNumber),
            system: merge.retiredSystem, number: merge.retiredNumber)
        if (merge.survivor.system, merge.survivor.number) == (retired.system, retired.number) {
            throw StayRefusal.sameNumber
        }
        if let earlier = try transaction.survivingNumber(retired.system, retired.number) {
            guard earlier == (survivor.system, survivor.number) else { throw StayRefusal.mergedElsewhere }
            return false
        }
        // the number that should survive was itself given up for the one to be retired
        guard survivor.id != retired.id else { throw StayRefusal.mergedElsewhere }
        try keepSurvivor(merge.survivor, survivor, retired, in: transaction)
        let count = try transaction.merge(retired, into: survivor, at: now)
        try transaction.moveStaysAndDesignations(of: retired, to: survivor)
        if let patient = try transaction.patient(survivor.id) { try transaction.save(patient) }
        try transaction.forget(retired.id)
        // under both pseudonyms, so that either one leads to the other
        for (patient, detail) in [
            (retired.id, "into=\(survivor.id.rawValue)"), (survivor.id, "from=\(retired.id.rawValue)"),
        ] {
            try transaction.record(
                AuditEntry(
                    .patientMerged, object: AuditObject(kind: "patient", id: patient.rawValue),
                    patientID: patient.rawValue, detail: "\(detail) documents=\(count)"),
                by: .machine(viewer), at: now)
        }
        if count > 0 { try transaction.notify(.inbox, survivor.id.rawValue) }
        return true
    }

    /// Documents need a patient with a name: as the message describes him, or as the retired number did. Nothing is
    /// kept of patients about whom there is no document.
    private func keepSurvivor(
        _ told: ToldPatient, _ survivor: PatientKey, _ retired: PatientKey, in transaction: any Transaction
    ) throws {
        let known = try transaction.patient(survivor.id)
        // what no other message may do to a known patient, a merge may not either
        if let known, let new = told.patient(survivor.id),
            PatientIdentity.correction(of: known, with: new) == .somebodyElse
        {
            throw StayRefusal.otherIdentity
        }
        guard let old = try transaction.patient(retired.id) ?? known else { return }
        let kept = told.patient(survivor.id) ?? known ?? old
        try transaction.save(
            Patient(
                id: survivor.id, system: survivor.system, number: survivor.number,
                familyName: kept.familyName, givenName: kept.givenName, birthDate: kept.birthDate,
                sex: kept.sex))
    }
}
