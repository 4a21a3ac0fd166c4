import Access
import Directory
import Documents
import Storage

extension DispatchActions {
    /// For how long the patient's word holds: as the message says, or as an earlier one did, whoever sent it.
    ///
    /// A word with a time is kept as a designation of nobody in particular. It permits nothing by itself; the
    /// professionals named for the stay have rows of their own, which take their days from it.
    func keepConsentDays(
        _ news: StayNews, _ patient: PatientKey, _ viewer: MachineViewer, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> ConsentDays {
        let known = try transaction.timedConsents(of: news.stay, patient)
        guard let said = news.consent else {
            return known.first.map { ConsentDays(first: $0.startsOn, last: $0.endsOn) } ?? .always
        }
        let identifier = "\(news.stay.system)|\(news.stay.number)|consent"
        let own = try transaction.designation(StayDesignation.system, identifier, of: viewer.clientID)
        // the newest word takes the place of the others
        for earlier in known where earlier.id != own?.id || said != .given {
            try end(earlier, patient, viewer, in: transaction, at: now)
        }
        guard said == .given else { return .always }
        let days = news.consentPeriod.map { ConsentDays($0, at: now) } ?? .always
        // a word without a time needs no row, unless it takes the place of one that had
        guard days != .always || !known.isEmpty else { return .always }
        _ = try keep(
            Designation(
                id: Designation.ID(rawValue: ""), system: StayDesignation.system, identifier: identifier,
                patientSystem: patient.system, patientNumber: patient.number, staySystem: news.stay.system,
                stayNumber: news.stay.number, gln: nil, decision: .permit, isActive: true,
                startsOn: days.first, endsOn: days.last, decidedAt: own?.decidedAt ?? now, version: 1),
            ifMatch: nil, viewer, in: transaction, at: now)
        try bound(days, patient, news.stay, viewer, in: transaction, at: now)
        return days
    }

    /// Those whom other senders named have no longer time than the patient gave. If he gives more, they have it with the
    /// next message of their sender.
    private func bound(
        _ days: ConsentDays, _ patient: PatientKey, _ stay: Stay, _ viewer: MachineViewer,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        let permits = try transaction.activePermits(
            patientSystem: patient.system, patientNumber: patient.number, stay: stay)
        for permit in permits where permit.system == StayDesignation.system && permit.gln != nil {
            let bounded = days.until(permit.endsOn)
            guard (permit.startsOn, permit.endsOn) != (bounded.first, bounded.last) else { continue }
            try transaction.bound(permit.id, to: bounded, at: now)
            try record(.designationRecorded, permit, patient, viewer, in: transaction, at: now)
        }
    }

    /// The patient took his word back: that holds for whoever recorded it.
    func endPermits(
        _ patient: PatientKey, _ stay: Stay, _ viewer: MachineViewer, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> Int {
        let permits = try transaction.activePermits(
            patientSystem: patient.system, patientNumber: patient.number, stay: stay)
        for permit in permits { try end(permit, patient, viewer, in: transaction, at: now) }
        return permits.count
    }

    private func end(
        _ permit: Designation, _ patient: PatientKey, _ viewer: MachineViewer,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        try transaction.endPermit(permit.id, at: now)
        try record(.designationRevoked, permit, patient, viewer, in: transaction, at: now)
    }

    private func record(
        _ event: AuditEventKind, _ permit: Designation, _ patient: PatientKey, _ viewer: MachineViewer,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        try transaction.record(
            AuditEntry(
                event,
                object: AuditObject(
                    kind: "designation", id: permit.id.rawValue, version: permit.version + 1),
                patientID: patient.id.rawValue,
                detail: permit.gln.map { "gln=\($0.rawValue)" } ?? "all"),
            by: .machine(viewer), at: now)
    }
}
