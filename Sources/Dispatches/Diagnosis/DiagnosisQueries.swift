import Access
import Directory
import Documents
import Storage

/// The SQL of the diagnosis: counts and dates about one professional, none of a patient's words.
extension Transaction {
    /// How many designations of a professional are valid today, up to 1000, and when the newest was decided.
    func validDesignations(of gln: GLN, on day: String) throws -> (count: Int, newestAt: Timestamp?) {
        let row = try first(
            """
            SELECT COUNT(*) AS n, MAX(decided_at) AS newest FROM
              (SELECT decided_at FROM designation
               WHERE gln = \(gln) AND is_active = TRUE AND decision = 'permit'
                 AND COALESCE(starts_on, \(day)) <= \(day) AND COALESCE(ends_on, \(day)) >= \(day)
               ORDER BY decided_at DESC LIMIT 1000) AS valid
            """)
        return (try row?.get("n") ?? 0, try row?.get("newest"))
    }

    /// When something was last put into the space, and when its mail left.
    func newestDispatch(of account: Account.ID) throws -> (receivedAt: Timestamp?, notifiedAt: Timestamp?) {
        let received = try first(
            """
            SELECT received_at FROM document_reader WHERE account_id = \(account) AND is_superseded = FALSE
            ORDER BY received_at DESC LIMIT 1
            """)
        let notified = try first(
            "SELECT MAX(notified_at) AS newest FROM dispatch WHERE account_id = \(account)")
        return (try received?.get("received_at"), try notified?.get("newest"))
    }

    /// The document that a sender calls so, if one of these services wrote it or sent it by hand.
    func document(master: String, followedBy viewer: ServiceViewer) throws -> Document.ID? {
        let own = viewer.names
        guard !own.isEmpty else { return nil }
        return try first(
            """
            SELECT document.id FROM document
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE document.master_identifier = \(master)
              AND (document.service IN (\(list: own))
                OR manual_sending.service_id IN (\(list: viewer.serviceIDs)))
            ORDER BY document.published_at DESC LIMIT 1
            """)?.get("id")
    }

    /// What these services sent to a professional for one patient, under all pseudonyms he has had, and a stay: the
    /// newest twenty.
    func delivered(
        to account: Account.ID, patients: [Patient.ID], stayNumber: String, _ viewer: ServiceViewer,
        at now: Timestamp
    ) throws -> [DeliveredForStay] {
        let own = viewer.names
        guard !own.isEmpty else { return [] }
        let types = try query(
            """
            SELECT document.id, document.type_code FROM document
            JOIN dispatch ON dispatch.document_id = document.id
            LEFT JOIN manual_sending ON manual_sending.document_id = document.id
            WHERE document.patient_id IN (\(list: patients)) AND document.stay_number = \(stayNumber)
              AND dispatch.account_id = \(account)
              AND (document.service IN (\(list: own))
                OR manual_sending.service_id IN (\(list: viewer.serviceIDs)))
            ORDER BY document.published_at DESC LIMIT 20
            """
        ).map { (id: try $0.get("id", as: Document.ID.self), type: try $0.get("type_code", as: String.self)) }
        guard !types.isEmpty else { return [] }
        let dispatches = try dispatches(ofAll: types.map(\.id), at: now).filter { $0.accountID == account }
        return types.compactMap { document in
            dispatches.first { $0.documentID == document.id }.map {
                DeliveredForStay(
                    documentID: document.id, typeCode: document.type, deliveredAt: $0.depositedAt,
                    state: $0.state, at: $0.at)
            }
        }
    }

    /// The recipients whom a patient designated for a stay, valid today, 50 at most.
    func designated(patientSystem: String, patientNumber: String, stay: Stay, on day: String) throws -> [GLN]
    {
        let (patientSystem, patientNumber) =
            try survivingNumber(patientSystem, patientNumber) ?? (patientSystem, patientNumber)
        return try query(
            """
            SELECT DISTINCT gln FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number)
              AND patient_system = \(patientSystem) AND patient_number = \(patientNumber)
              AND gln IS NOT NULL AND decision = 'permit' AND is_active = TRUE
              AND COALESCE(starts_on, \(day)) <= \(day) AND COALESCE(ends_on, \(day)) >= \(day)
            ORDER BY gln LIMIT 50
            """
        ).map { try $0.get("gln") }
    }

    /// Whether the patient refused electronic sending of this stay to everybody.
    func isDeniedToAll(patientSystem: String, patientNumber: String, stay: Stay, on day: String) throws
        -> Bool
    {
        let (patientSystem, patientNumber) =
            try survivingNumber(patientSystem, patientNumber) ?? (patientSystem, patientNumber)
        return try first(
            """
            SELECT 1 AS one FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number)
              AND patient_system = \(patientSystem) AND patient_number = \(patientNumber)
              AND gln IS NULL AND decision = 'deny' AND is_active = TRUE
              AND COALESCE(starts_on, \(day)) <= \(day) AND COALESCE(ends_on, \(day)) >= \(day) LIMIT 1
            """) != nil
    }
}
