import Access
import Directory
import Documents
import Storage

/// All SQL that touches designations, document classes and dispatches.
extension Transaction {
    func isCommunicant(_ typeCode: String) throws -> Bool {
        try first("SELECT is_communicant FROM document_class WHERE type_code = \(typeCode)")?
            .get("is_communicant") ?? false
    }

    func setCommunicant(_ typeCode: String, _ isCommunicant: Bool) throws {
        try execute(
            """
            INSERT INTO document_class (type_code, is_communicant) VALUES (\(typeCode), \(isCommunicant))
            ON CONFLICT (type_code) DO UPDATE SET is_communicant = excluded.is_communicant
            """)
    }

    /// What the patient said of this stay about this professional, or about everybody: at most one valid
    /// refusal, one valid permission (the newest) and one revoked permission. They are asked for one by one,
    /// so that no number of other records hides one of them.
    func designations(
        patientSystem: String, patientNumber: String, stay: Stay, gln: GLN, on day: String
    ) throws -> [Designation] {
        let (patientSystem, patientNumber) =
            try survivingNumber(patientSystem, patientNumber) ?? (patientSystem, patientNumber)
        let denied = try first(
            """
            SELECT * FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number)
              AND patient_system = \(patientSystem) AND patient_number = \(patientNumber)
              AND (gln = \(gln) OR gln IS NULL) AND decision = 'deny' AND is_active = TRUE
              AND COALESCE(starts_on, \(day)) <= \(day) AND COALESCE(ends_on, \(day)) >= \(day)
            LIMIT 1
            """)
        let permitted = try first(
            """
            SELECT * FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number)
              AND patient_system = \(patientSystem) AND patient_number = \(patientNumber)
              AND gln = \(gln) AND decision = 'permit' AND is_active = TRUE
              AND COALESCE(starts_on, \(day)) <= \(day) AND COALESCE(ends_on, \(day)) >= \(day)
            ORDER BY recorded_at DESC LIMIT 1
            """)
        let revoked = try first(
            """
            SELECT * FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number)
              AND patient_system = \(patientSystem) AND patient_number = \(patientNumber)
              AND gln = \(gln) AND decision = 'permit' AND is_active = FALSE
            LIMIT 1
            """)
        return try [denied, permitted, revoked].compactMap { try $0.map(Designation.init) }
    }

    /// What still lets documents of a stay go out, whoever recorded it.
    func activePermits(patientSystem: String, patientNumber: String, stay: Stay) throws -> [Designation] {
        try query(
            """
            SELECT * FROM designation
            WHERE stay_system = \(stay.system) AND stay_number = \(stay.number)
              AND patient_system = \(patientSystem) AND patient_number = \(patientNumber)
              AND decision = 'permit' AND is_active = TRUE
            ORDER BY id LIMIT 1000
            """
        ).map(Designation.init)
    }

    func endPermit(_ id: Designation.ID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE designation SET is_active = FALSE, recorded_at = \(now), version = version + 1
            WHERE id = \(id)
            """)
    }

    func designation(_ system: String, _ identifier: String, of sender: Client.ID) throws -> Designation? {
        try first(
            """
            SELECT * FROM designation
            WHERE sender_id = \(sender) AND system = \(system) AND identifier = \(identifier)
            """
        ).map(Designation.init)
    }

    func designation(_ id: Designation.ID, of sender: Client.ID) throws -> Designation? {
        try first("SELECT * FROM designation WHERE id = \(id) AND sender_id = \(sender)").map(
            Designation.init)
    }

    func save(_ designation: Designation, of sender: Client.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO designation (id, sender_id, system, identifier, patient_system, patient_number,
              stay_system, stay_number, gln, decision, is_active, starts_on, ends_on, decided_at, recorded_at,
              version)
            VALUES (\(designation.id), \(sender), \(designation.system), \(designation.identifier),
              \(designation.patientSystem), \(designation.patientNumber), \(designation.staySystem),
              \(designation.stayNumber), \(designation.gln), \(designation.decision), \(designation.isActive),
              \(designation.startsOn), \(designation.endsOn), \(designation.decidedAt), \(now),
              \(designation.version))
            ON CONFLICT (id) DO UPDATE SET patient_system = excluded.patient_system,
              patient_number = excluded.patient_number, stay_system = excluded.stay_system,
              stay_number = excluded.stay_number, gln = excluded.gln, decision = excluded.decision,
              is_active = excluded.is_active, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
              decided_at = excluded.decided_at, recorded_at = excluded.recorded_at, version = excluded.version
            """)
    }

    func insertDispatch(_ document: Document.ID, _ planned: PlannedDispatch, at now: Timestamp) throws {
        var designation: (id: String, version: Int)?
        if case .designation(let id, let version) = planned.basis { designation = (id, version) }
        try execute(
            """
            INSERT INTO dispatch (document_id, account_id, gln, channel, basis, designation_id,
              designation_version, created_at)
            VALUES (\(document), \(planned.recipient.practitioner.accountID), \(planned.gln), 'portal',
              \(designation == nil ? "assertion" : "designation"), \(designation?.id),
                \(designation?.version),
              \(now))
            """)
    }

    /// On what a delivery rests.
    func basis(of document: Document.ID, to account: Account.ID) throws -> DisclosureBasis {
        let row = try first(
            """
            SELECT designation_id, designation_version, manual_sending.consent_id FROM dispatch
            LEFT JOIN manual_sending ON manual_sending.document_id = dispatch.document_id
            WHERE dispatch.document_id = \(document) AND dispatch.account_id = \(account)
            """)
        return try row.map { try DisclosureBasis($0) } ?? .assertion
    }

    /// The deliveries of a document with their states.
    func dispatches(of document: Document.ID, at now: Timestamp) throws -> [Dispatch] {
        try dispatches(ofAll: [document], at: now)
    }

    /// The deliveries of several documents, one after the other.
    func dispatches(ofAll documents: [Document.ID], at now: Timestamp) throws -> [Dispatch] {
        try query(
            """
            SELECT dispatch.*, reader.received_at, reader.opened_at, reader.opened_by, reader.downloaded_at,
              reader.expires_at, withdrawal.withdrawn_at, manual_sending.consent_id, secured_mail.state AS mail_state,
              secured_mail.created_at AS mail_queued_at, secured_mail.sent_at AS mail_sent_at,
              secured_mail.settled_at AS mail_settled_at, secured_mail.reason AS mail_reason,
              post_item.state AS letter_state, post_item.queued_at AS letter_queued_at,
              post_item.settled_at AS letter_settled_at
            FROM dispatch
            LEFT JOIN document_reader reader ON reader.account_id = dispatch.account_id
              AND reader.document_id = dispatch.document_id
            LEFT JOIN manual_sending ON manual_sending.document_id = dispatch.document_id
            LEFT JOIN withdrawal ON withdrawal.document_id = dispatch.document_id
            LEFT JOIN secured_mail ON secured_mail.document_id = dispatch.document_id
              AND secured_mail.account_id = dispatch.account_id
            LEFT JOIN post_item ON post_item.document_id = dispatch.document_id
              AND post_item.account_id = dispatch.account_id
            WHERE dispatch.document_id IN (\(list: documents)) ORDER BY dispatch.document_id, dispatch.gln
            """
        ).map { try Dispatch($0, at: now) }
    }

    /// What lies in the portal; what goes by mail or on paper is nothing that a notice speaks of.
    func markNotified(_ account: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE dispatch SET notified_at = \(now)
            WHERE account_id = \(account) AND notified_at IS NULL AND EXISTS
              (SELECT 1 FROM document_reader reader WHERE reader.account_id = dispatch.account_id
                AND reader.document_id = dispatch.document_id)
            """)
    }

    /// What was published for an account since a moment and is unread, not superseded.
    func unreadSince(_ since: Timestamp, of account: Account.ID, at now: Timestamp) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM document_reader
            WHERE account_id = \(account) AND is_unread = TRUE AND is_superseded = FALSE
              AND received_at > \(since) AND expires_at > \(now)
            """)?.get("n") ?? 0
    }

    /// When the first of them ends.
    func firstEndOfUnread(since: Timestamp, of account: Account.ID, at now: Timestamp) throws -> Timestamp? {
        let row = try first(
            """
            SELECT MIN(expires_at) AS first_end FROM document_reader
            WHERE account_id = \(account) AND is_unread = TRUE AND is_superseded = FALSE
              AND received_at > \(since) AND expires_at > \(now)
            """)
        guard let row else { return nil }
        let end: Timestamp? = try row.get("first_end")
        return end
    }
}

extension Designation {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.get("id"), system: try row.get("system"), identifier: try row.get("identifier"),
            patientSystem: try row.get("patient_system"), patientNumber: try row.get("patient_number"),
            staySystem: try row.get("stay_system"), stayNumber: try row.get("stay_number"),
            gln: try row.get("gln"), decision: try row.get("decision"), isActive: try row.get("is_active"),
            startsOn: try row.get("starts_on"), endsOn: try row.get("ends_on"),
            decidedAt: try row.get("decided_at"), version: try row.get("version"))
    }
}

extension DisclosureBasis {
    /// Of a delivery, with the consent that was recorded with its document, if it was sent by hand.
    init(_ row: SQLRow) throws {
        let designation: String? = try row.get("designation_id")
        let version: Int? = try row.get("designation_version")
        let consent: String? = try row.get("consent_id")
        // a designation comes before a consent (`DispatchPlanning.basis`)
        self =
            designation.map { .designation(id: $0, version: version ?? 0) }
            ?? consent.map { .consent(id: $0) } ?? .assertion
    }
}

extension Dispatch {
    init(_ row: SQLRow, at now: Timestamp) throws {
        let mail: SecuredMail.State? = try row.get("mail_state")
        let letter: PostItem.State? = try row.get("letter_state")
        let isMailed = mail == .sent || mail == .delivered
        self.init(
            documentID: try row.get("document_id"), accountID: try row.get("account_id"),
            gln: try row.get("gln"),
            basis: try DisclosureBasis(row),
            depositedAt: try row.get("created_at"), receivedAt: try row.get("received_at"),
            notifiedAt: try row.get("notified_at"), openedAt: try row.get("opened_at"),
            openedBy: try row.get("opened_by"), downloadedAt: try row.get("downloaded_at"),
            mailedAt: isMailed ? try row.get("mail_sent_at") : nil,
            postedAt: letter == .exported ? try row.get("letter_settled_at") : nil,
            queuedAt: mail == .waiting
                ? try row.get("mail_queued_at")
                : letter == .waiting ? try row.get("letter_queued_at") : nil,
            setback: try Setback(row),
            expiresAt: try row.get("expires_at"), withdrawnAt: try row.get("withdrawn_at"), now: now)
    }
}
