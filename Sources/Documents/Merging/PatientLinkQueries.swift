public import Access
public import Storage

/// All SQL that touches patient numbers which were merged.
extension Transaction {
    /// The number that took the place of this one; nil where it stands for itself.
    public func survivingNumber(_ system: String, _ number: String) throws -> (
        system: String, number: String
    )? {
        try first(
            """
            SELECT survivor_system, survivor_number FROM patient_link
            WHERE system = \(system) AND number = \(number)
            """
        ).map { (try $0.get("survivor_system"), try $0.get("survivor_number")) }
    }

    /// The patient under whom the documents of this pseudonym are found now: himself, or who took his place.
    public func survivor(of patient: Patient.ID) throws -> Patient.ID {
        try first("SELECT survivor_id FROM patient_link WHERE patient_id = \(patient)")?.get("survivor_id")
            ?? patient
    }

    /// The pseudonyms under which a patient may stand in the trail: his own, and those that were merged into it.
    public func pseudonyms(of patient: Patient.ID) throws -> [Patient.ID] {
        try query("SELECT patient_id FROM patient_link WHERE survivor_id = \(patient) ORDER BY merged_at")
            .reduce(into: [patient]) { $0.append(try $1.get("patient_id")) }
    }

    /// The numbers that were merged into a patient's own, by which he is found too.
    func formerNumbers(of patient: Patient.ID) throws -> [String] {
        try query("SELECT number FROM patient_link WHERE survivor_id = \(patient) ORDER BY merged_at")
            .map { try $0.get("number") }
    }

    /// Puts everything of one patient under another: documents, who may read them, and what they are sealed for. His
    /// row goes; what else mentions him is its owner's to put right, in the same transaction.
    /// - Returns: how many documents changed hands.
    public func merge(_ retired: PatientKey, into survivor: PatientKey, at now: Timestamp) throws -> Int {
        try execute(
            """
            UPDATE content SET sealed_patient = \(retired.id)
            WHERE sealed_patient IS NULL
              AND document_id IN (SELECT id FROM document WHERE patient_id = \(retired.id))
            """)
        try execute(
            """
            UPDATE document_reader SET patient_id = \(survivor.id)
            WHERE document_id IN (SELECT id FROM document WHERE patient_id = \(retired.id))
            """)
        let count = try execute(
            "UPDATE document SET patient_id = \(survivor.id) WHERE patient_id = \(retired.id)")
        // who was merged into the retired number stands under the survivor too
        try execute(
            """
            UPDATE patient_link SET survivor_id = \(survivor.id), survivor_system = \(survivor.system),
              survivor_number = \(survivor.number)
            WHERE survivor_id = \(retired.id)
            """)
        try execute(
            """
            INSERT INTO patient_link (system, number, patient_id, survivor_id, survivor_system, survivor_number,
              merged_at)
            VALUES (\(retired.system), \(retired.number), \(retired.id), \(survivor.id), \(survivor.system),
              \(survivor.number), \(now))
            """)
        return count
    }

    /// Removes the row of a patient whose documents have gone to another.
    public func forget(_ patient: Patient.ID) throws {
        try execute(
            """
            DELETE FROM patient WHERE id = \(patient)
              AND NOT EXISTS (SELECT 1 AS one FROM document WHERE patient_id = \(patient))
            """)
    }
}

/// A patient's number with its pseudonym.
public struct PatientKey: Sendable, Equatable {
    public let id: Patient.ID
    public let system: String
    public let number: String

    public init(id: Patient.ID, system: String, number: String) {
        self.id = id
        self.system = system
        self.number = number
    }
}

extension Document {
    /// The same document about the patient who took the place of the one it was written for, with what is known of the
    /// stay, and there since this moment.
    public func about(_ patient: Patient.ID, _ stay: Stay, publishedAt: Timestamp) -> Document {
        Document(
            id: id, senderID: senderID, masterIdentifier: masterIdentifier, patientID: patient, stay: stay,
            typeCode: typeCode, classCode: classCode, title: title, service: service, author: author,
            language: language, confidentiality: confidentiality, authoredAt: authoredAt,
            publishedAt: publishedAt, mediaType: mediaType, byteCount: byteCount, sha256: sha256, sha1: sha1,
            pageCount: pageCount, warnings: warnings, version: version, replacesID: replacesID, state: state,
            preview: preview)
    }
}
