import Access
import Storage

/// All SQL that touches acts of two people, and writes the numbers of persons (`Access` reads them).
extension Transaction {
    func insert(
        act id: FourEyesAct.ID, _ kind: FourEyesAct.Kind, on subject: String, _ parameters: String,
        hash: [UInt8],
        by account: Account.ID?, person: String, at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO four_eyes_act (id, kind, subject_id, parameters, parameters_hash, proposed_by,
              proposer_person, proposed_at, expires_at)
            VALUES (\(id), \(kind), \(subject), \(parameters), \(hash), \(account), \(person), \(now),
              \(expires))
            """)
    }

    /// The proposal that waits.
    func openAct(_ kind: FourEyesAct.Kind, on subject: String, at now: Timestamp) throws -> FourEyesAct? {
        try first(
            """
            SELECT * FROM four_eyes_act
            WHERE kind = \(kind) AND subject_id = \(subject) AND approved_at IS NULL AND withdrawn_at IS NULL
              AND expires_at > \(now)
            ORDER BY proposed_at DESC LIMIT 1
            """
        ).map(FourEyesAct.init)
    }

    func approvedAct(_ kind: FourEyesAct.Kind, on subject: String) throws -> FourEyesAct? {
        try first(
            """
            SELECT * FROM four_eyes_act
            WHERE kind = \(kind) AND subject_id = \(subject) AND approved_at IS NOT NULL
            ORDER BY approved_at DESC LIMIT 1
            """
        ).map(FourEyesAct.init)
    }

    /// All proposals of a kind that wait, the oldest first.
    func openActs(_ kind: FourEyesAct.Kind, at now: Timestamp, limit: Int) throws -> [FourEyesAct] {
        try query(
            """
            SELECT * FROM four_eyes_act
            WHERE kind = \(kind) AND approved_at IS NULL AND withdrawn_at IS NULL AND expires_at > \(now)
            ORDER BY proposed_at, id LIMIT \(limit)
            """
        ).map(FourEyesAct.init)
    }

    /// - Returns: true exactly once for each act.
    func approve(_ id: FourEyesAct.ID, by account: Account.ID?, person: String, at now: Timestamp) throws
        -> Bool
    {
        try execute(
            """
            UPDATE four_eyes_act SET approved_by = \(account), approver_person = \(person), approved_at = \(now)
            WHERE id = \(id) AND approved_at IS NULL AND withdrawn_at IS NULL AND expires_at > \(now)
              AND proposer_person <> \(person)
            """) == 1
    }

    func withdrawActs(_ kind: FourEyesAct.Kind, on subject: String, at now: Timestamp) throws {
        try execute(
            """
            UPDATE four_eyes_act SET withdrawn_at = \(now)
            WHERE kind = \(kind) AND subject_id = \(subject) AND approved_at IS NULL AND withdrawn_at IS NULL
            """)
    }

    func insertStaff(_ account: Account.ID, person: String, organisation: String) throws {
        try execute(
            """
            INSERT INTO staff_member (account_id, person_number, organisation)
            VALUES (\(account), \(person), \(organisation))
            ON CONFLICT (account_id) DO UPDATE SET person_number = excluded.person_number,
              organisation = excluded.organisation
            """)
    }
}

extension FourEyesAct {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        subjectID = try row.get("subject_id")
        parameters = try row.get("parameters")
        parametersHash = try row.get("parameters_hash")
        proposedBy = try row.get("proposed_by")
        proposerPerson = try row.get("proposer_person")
        proposedAt = try row.get("proposed_at")
        expiresAt = try row.get("expires_at")
        approvedBy = try row.get("approved_by")
    }
}
