import Access
public import Storage

/// All SQL that touches patients.
extension Transaction {
    /// The patient under this pseudonym, whoever asks: only for those who publish.
    public func patient(_ id: Patient.ID) throws -> Patient? {
        try first("SELECT * FROM patient WHERE id = \(id)").map(Patient.init)
    }

    /// The patients of documents that the caller has been allowed to see.
    public func patients(_ ids: Set<Patient.ID>) throws -> [Patient.ID: Patient] {
        guard !ids.isEmpty else { return [:] }
        let rows = try query("SELECT * FROM patient WHERE id IN (\(list: Array(ids)))")
        return Dictionary(try rows.map { try Patient($0) }.map { ($0.id, $0) }) { first, _ in first }
    }

    /// How many patients of the viewer's space bear this name, this one included.
    func namesakes(of patient: Patient, _ viewer: Viewer, at now: Timestamp) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM patient
            WHERE patient.family_name = \(patient.familyName) AND patient.given_name = \(patient.givenName)
              AND EXISTS (SELECT 1 FROM document_reader reader
                WHERE reader.account_id = \(viewer.principalID) AND reader.patient_id = patient.id
                  AND reader.is_superseded = FALSE AND reader.expires_at > \(now))
            """)?.get("n") ?? 0
    }

    /// Adds a patient, or takes over what the hospital says now of his name, birth date and sex. Whether that is
    /// still the same person is for the caller to decide, and to trace.
    public func save(_ patient: Patient) throws {
        let numbers = try formerNumbers(of: patient.id)
        let search = ([SearchWords.searchName(of: patient)] + numbers.map(SearchWords.folded))
            .joined(separator: " ")
        try execute(
            """
            INSERT INTO patient (id, system, number, family_name, given_name, birth_date, sex, search_name)
            VALUES (\(patient.id), \(patient.system), \(patient.number), \(patient.familyName),
              \(patient.givenName), \(patient.birthDate), \(patient.sex), \(search))
            ON CONFLICT (id) DO UPDATE SET family_name = excluded.family_name,
              given_name = excluded.given_name, birth_date = excluded.birth_date, sex = excluded.sex,
              search_name = excluded.search_name
            """)
    }
}

extension Patient {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.get("id"), system: try row.get("system"), number: try row.get("number"),
            familyName: try row.get("family_name"), givenName: try row.get("given_name"),
            birthDate: try row.get("birth_date"), sex: try row.get("sex"))
    }
}
