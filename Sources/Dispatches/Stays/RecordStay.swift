public import Access
import Directory
import Documents
import Foundation
import Storage

/// What became of a stay's message.
public struct RecordedStay: Sendable {
    /// How many designations say something else than before.
    public let changedDesignations: Int
    /// Professionals are named, and nothing says that the patient agreed: nothing is sent to them yet.
    public let lacksConsent: Bool
}

extension DispatchActions {
    /// Records a stay, who is named for it, and what that means for designations: in one transaction, whole. The
    /// same message again changes nothing.
    ///
    /// Of a patient about whom there is no document, only the pseudonym is kept: the portal makes no index of the
    /// hospital's patients.
    /// - Throws: `StayRefusal`.
    public func recordStay(_ news: StayNews, _ viewer: MachineViewer) async throws -> RecordedStay {
        let now = clock.now()
        do {
            return try await database.write { try self.write(news, viewer, in: $0, at: now) }
        } catch let refusal as StayRefusal {
            try await access.recordRefusal(
                AuditEntry(
                    .stayRecorded, .refused, rule: refusal.rule,
                    patientID: documents.patientID(system: news.patient.system, number: news.patient.number)
                        .rawValue), by: .machine(viewer))
            throw refusal
        }
    }

    private func write(
        _ news: StayNews, _ viewer: MachineViewer, in transaction: any Transaction, at now: Timestamp
    ) throws -> RecordedStay {
        let patient = try patientKey(news.patient.system, news.patient.number, in: transaction)
        let known = try transaction.stay(news.stay.system, news.stay.number)
        if let known, known.patientID != patient.id { throw StayRefusal.otherPatient }
        try correct(news.patient, patient, viewer, in: transaction, at: now)
        let isClosed = news.isClosed ?? known?.isClosed ?? false
        let stay = KnownStay(
            patientID: patient.id, startsOn: news.stay.start ?? known?.startsOn,
            endsOn: isClosed ? news.stay.end ?? known?.endsOn ?? SwissDate.day(of: now) : nil,
            isClosed: isClosed, kind: news.kind, consent: news.consent ?? known?.consent ?? .unknown)
        try transaction.save(stay, news.stay.system, news.stay.number, of: viewer.clientID, at: now)
        let days = try keepConsentDays(news, patient, viewer, in: transaction, at: now)
        for professional in news.professionals {
            try transaction.save(professional, news.stay, at: now)
        }
        try transaction.record(
            AuditEntry(
                .stayRecorded, object: AuditObject(kind: "stay", id: news.stay.number),
                patientID: patient.id.rawValue,
                detail: "\(stay.isClosed ? "closed" : "open") consent=\(stay.consent.rawValue)\(days.words)"),
            by: .machine(viewer), at: now)
        let named = try transaction.professionals(of: news.stay)
        let changed = try designate(
            named, stay, before: known, days, news, patient, viewer, in: transaction, at: now)
        let holds = stay.consent != .unknown && days.contains(SwissDate.day(of: now))
        return RecordedStay(
            changedDesignations: changed,
            lacksConsent: try !holds
                && named.contains { try $0.isNamed && !isPermitted($0.gln, news, patient, transaction, now) })
    }

    /// Whether something may be sent to him all the same: the patient's word came another way, such as FHIR.
    private func isPermitted(
        _ gln: GLN, _ news: StayNews, _ patient: PatientKey, _ transaction: any Transaction, _ now: Timestamp
    ) throws -> Bool {
        try transaction.designations(
            patientSystem: patient.system, patientNumber: patient.number, stay: news.stay, gln: gln,
            on: SwissDate.day(of: now)
        ).contains { $0.isActive && $0.decision == .permit }
    }

    private func designate(
        _ named: [StayNews.Professional], _ stay: KnownStay, before: KnownStay?, _ days: ConsentDays,
        _ news: StayNews, _ patient: PatientKey, _ viewer: MachineViewer, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> Int {
        var changed = 0
        let last = stay.endsOn.flatMap { SwissDate.day($0, plus: news.followUpDays) }
        let implied = try implied(by: news, named, before, viewer, in: transaction)
        for wanted in StayDesignation.derive(named, consent: stay.consent, implied: implied) {
            let identifier = StayDesignation.identifier(news.stay, wanted.gln)
            let known = try transaction.designation(
                StayDesignation.system, identifier, of: viewer.clientID)
            // what never held needs no row that says so: it would read as a revocation
            if !wanted.isActive, known == nil { continue }
            let permitted = wanted.decision == .permit ? days.until(last) : .always
            let told = Designation(
                id: Designation.ID(rawValue: ""), system: StayDesignation.system, identifier: identifier,
                patientSystem: patient.system, patientNumber: patient.number, staySystem: news.stay.system,
                stayNumber: news.stay.number, gln: wanted.gln, decision: wanted.decision,
                isActive: wanted.isActive, startsOn: permitted.first, endsOn: permitted.last,
                decidedAt: known?.decidedAt ?? now, version: 1)
            let kept = try keep(told, ifMatch: nil, viewer, in: transaction, at: now).designation
            if kept.version != known?.version { changed += 1 }
        }
        if stay.consent == .rescinded {
            changed += try endPermits(patient, news.stay, viewer, in: transaction, at: now)
        }
        return changed
    }

    /// Whose consent this sender's naming implies: those whom this message names, and those whom an earlier one of this
    /// sender did. Who was named is kept without who named him; yet what this sender's naming permitted has a designation
    /// of this sender's, unless it rested on a word of the patient's that holds no longer.
    private func implied(
        by news: StayNews, _ named: [StayNews.Professional], _ before: KnownStay?, _ viewer: MachineViewer,
        in transaction: any Transaction
    ) throws -> Set<GLN> {
        guard news.namingImpliesConsent else { return [] }
        let now = news.professionals.filter(\.isNamed).map(\.gln)
        guard before?.consent == .unknown else { return Set(now) }
        let earlier = try named.map(\.gln).filter { gln in
            try transaction.designation(
                StayDesignation.system, StayDesignation.identifier(news.stay, gln), of: viewer.clientID
            )?.isActive == true
        }
        return Set(now + earlier)
    }

    /// Takes over what administration says of a patient whom the portal knows by name. It may correct a birth date
    /// or a name, which a document may not; not both at once.
    private func correct(
        _ told: ToldPatient, _ key: PatientKey, _ viewer: MachineViewer, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        // under a number that was retired stands what was known before the merge
        guard told.number == key.number, told.system == key.system, let patient = told.patient(key.id),
            let known = try transaction.patient(key.id)
        else { return }
        let news = PatientIdentity.correction(of: known, with: patient)
        if news == .somebodyElse { throw StayRefusal.otherIdentity }
        try write(news, of: patient, Sender(viewer), in: transaction, at: now)
    }

    /// A patient's number with its pseudonym, after all merges.
    func patientKey(_ system: String, _ number: String, in transaction: any Transaction) throws -> PatientKey
    {
        let (system, number) = try transaction.survivingNumber(system, number) ?? (system, number)
        return PatientKey(
            id: documents.patientID(system: system, number: number), system: system, number: number)
    }
}
