import Access
import Dispatches
import Documents
import HL7v2

extension Intake {
    /// ADT^A01, A04, A08, A03: a stay with the professionals named for it and the patient's word.
    func stay(_ given: MessageReading, _ viewer: MachineViewer) async throws -> Acknowledgement {
        var reading = given
        let news = try reading.stayNews()
        let recorded = try await dispatches.recordStay(news, viewer)
        if recorded.lacksConsent {
            reading.warn(
                MessageError(
                    .applicationFault, "CONSENT_MISSING",
                    diagnostics:
                        "Professionals are named, but nothing says that the patient agrees now (CON or Consent)",
                    userMessage: "L’accord du patient à la transmission électronique n’est pas connu"))
        }
        return Acknowledgement(.accepted, errors: reading.warnings)
    }

    /// ADT^A40: one merge for each group of PID and MRG. Each is a transaction of its own, and repeating one changes
    /// nothing.
    func merge(_ given: MessageReading, _ viewer: MachineViewer) async throws -> Acknowledgement {
        var reading = given
        let merges = try reading.merges()
        var isNew = false
        for merge in merges {
            if try await dispatches.merge(merge, viewer) { isNew = true }
        }
        return isNew ? Acknowledgement(.accepted) : Self.alreadyProcessed
    }
}

extension MessageReading {
    mutating func stayNews() throws -> StayNews {
        let patient = required("PID").flatMap { self.patient($0, needsDescription: false) }
        let visit = required("PV1")
        let stay = self.stay(visit)
        let (consent, period) = consent()
        guard let patient, let visit, let stay, errors.isEmpty else { throw Rejection(.error, errors) }
        let isClosed: Bool? =
            switch header.event {
            case "A03": true
            case "A08": stay.end == nil ? nil : true
            default: false
            }
        return StayNews(
            stay: stay, kind: Self.kind(visit[2]), isClosed: isClosed, patient: patient,
            professionals: professionals(), consent: consent, consentPeriod: period,
            namingImpliesConsent: sender.rolImpliesConsent, followUpDays: mapping.followUpDays)
    }

    private static func kind(_ field: Part) -> StayNews.Kind {
        switch field.component(1).text?.uppercased() {
        case "I", "B": .inpatient
        case "E": .emergency
        case "O", "R", "P": .ambulatory
        default: .unknown
        }
    }

    mutating func merges() throws -> [PatientMerge] {
        var merges: [PatientMerge] = []
        var patient: ToldPatient?
        for segment in message.segments {
            switch segment.name {
            case "PID": patient = self.patient(segment, needsDescription: false)
            case "MRG":
                guard let old = patientNumber(in: segment[1]) else {
                    missing(segment.location(1))
                    continue
                }
                guard let survivor = patient else { continue }
                merges.append(
                    PatientMerge(survivor: survivor, retiredSystem: old.system, retiredNumber: old.number))
            default: continue
            }
        }
        if merges.isEmpty, errors.isEmpty {
            refuse(
                MessageError(
                    .segmentSequence, at: Location(segment: "MRG"), diagnostics: "No pair of PID and MRG"))
        }
        try check()
        return merges
    }
}
