import Access
import Directory
import Documents
import Storage

/// All SQL that touches stays and the professionals named for them.
extension Transaction {
    func stay(_ system: String, _ number: String) throws -> KnownStay? {
        try first("SELECT * FROM stay WHERE system = \(system) AND number = \(number)").map {
            KnownStay(
                patientID: try $0.get("patient_id"), startsOn: try $0.get("starts_on"),
                endsOn: try $0.get("ends_on"), isClosed: try $0.get("is_closed"), kind: try $0.get("kind"),
                consent: try $0.get("consent"))
        }
    }

    func save(
        _ stay: KnownStay, _ system: String, _ number: String, of sender: Client.ID, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO stay (system, number, patient_id, kind, starts_on, ends_on, is_closed, consent, sender_id,
              recorded_at)
            VALUES (\(system), \(number), \(stay.patientID), \(stay.kind), \(stay.startsOn), \(stay.endsOn),
              \(stay.isClosed), \(stay.consent), \(sender), \(now))
            ON CONFLICT (system, number) DO UPDATE SET patient_id = excluded.patient_id, kind = excluded.kind,
              starts_on = excluded.starts_on, ends_on = excluded.ends_on, is_closed = excluded.is_closed,
              consent = excluded.consent, sender_id = excluded.sender_id, recorded_at = excluded.recorded_at
            """)
    }

    func save(_ professional: StayNews.Professional, _ stay: Stay, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO stay_professional (stay_system, stay_number, gln, is_named, recorded_at)
            VALUES (\(stay.system), \(stay.number), \(professional.gln), \(professional.isNamed), \(now))
            ON CONFLICT (stay_system, stay_number, gln) DO UPDATE SET is_named = excluded.is_named,
              recorded_at = excluded.recorded_at
            """)
    }

    func professionals(of stay: Stay) throws -> [StayNews.Professional] {
        try query(
            """
            SELECT gln, is_named FROM stay_professional
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number) ORDER BY gln LIMIT 500
            """
        ).map { StayNews.Professional(gln: try $0.get("gln"), isNamed: try $0.get("is_named")) }
    }

    /// The patient's word for a time on this stay, for all who are named: at most one is in force.
    func timedConsents(of stay: Stay, _ patient: PatientKey) throws -> [Designation] {
        try query(
            """
            SELECT * FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number) AND gln IS NULL
              AND patient_system = \(patient.system) AND patient_number = \(patient.number)
              AND system = \(StayDesignation.system) AND decision = 'permit' AND is_active = TRUE
            ORDER BY recorded_at DESC LIMIT 20
            """
        ).map(Designation.init)
    }

    func bound(_ permit: Designation.ID, to days: ConsentDays, at now: Timestamp) throws {
        try execute(
            """
            UPDATE designation SET starts_on = \(days.first), ends_on = \(days.last), recorded_at = \(now),
              version = version + 1
            WHERE id = \(permit)
            """)
    }

    /// Puts the stays and the designations of one patient under another number.
    func moveStaysAndDesignations(of retired: PatientKey, to survivor: PatientKey) throws {
        try execute("UPDATE stay SET patient_id = \(survivor.id) WHERE patient_id = \(retired.id)")
        try execute(
            """
            UPDATE designation SET patient_system = \(survivor.system), patient_number = \(survivor.number)
            WHERE patient_system = \(retired.system) AND patient_number = \(retired.number)
            """)
    }
}
