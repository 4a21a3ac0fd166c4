import Access
import Storage

/// All SQL that touches proofs of identity and control codes.
extension Transaction {
    func save(_ proof: IdentityProof, of request: AccountRequest.ID, sealed: [UInt8], hash: [UInt8]) throws {
        try execute("DELETE FROM identity_proof WHERE request_id = \(request)")
        try execute(
            """
            INSERT INTO identity_proof (request_id, document_kind, document_number, document_hash, valid_until,
              birth_date, sex, control, control_note, register_result, register_note, place, note, recorded_by,
              recorded_at)
            VALUES (\(request), \(proof.documentKind), \(sealed), \(hash), \(proof.validUntil),
              \(proof.birthDate), \(proof.sex), \(proof.control), \(proof.controlNote),
              \(proof.registerResult), \(proof.registerNote), \(proof.place), \(proof.note),
              \(proof.recordedBy), \(proof.recordedAt))
            """)
    }

    /// Without the number of the document, which is sealed.
    func proof(of request: AccountRequest.ID) throws -> IdentityProof? {
        try first("SELECT * FROM identity_proof WHERE request_id = \(request)").map(IdentityProof.init)
    }

    func sealedDocumentNumber(of request: AccountRequest.ID) throws -> [UInt8]? {
        try first("SELECT document_number FROM identity_proof WHERE request_id = \(request)")?.get(
            "document_number")
    }

    func documentHash(of request: AccountRequest.ID) throws -> [UInt8]? {
        try first("SELECT document_hash FROM identity_proof WHERE request_id = \(request)")?.get(
            "document_hash")
    }

    /// Whether a document was shown for another account that was opened.
    func isDocumentUsed(_ hash: [UInt8], besides request: AccountRequest.ID) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM identity_proof
            JOIN account_request ON account_request.id = identity_proof.request_id
            JOIN account ON account.id = account_request.account_id AND account.state <> 'closed'
            WHERE identity_proof.document_hash = \(hash) AND identity_proof.request_id <> \(request)
            """) != nil
    }

    func insert(
        controlCode id: String, of request: AccountRequest.ID, hash: [UInt8], by account: Account.ID,
        at now: Timestamp, expires: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO control_code (id, request_id, code_hash, sent_by, created_at, expires_at)
            VALUES (\(id), \(request), \(hash), \(account), \(now), \(expires))
            """)
    }

    func controlCodeTimes(of request: AccountRequest.ID, since: Timestamp) throws -> [Timestamp] {
        try query(
            """
            SELECT created_at FROM control_code WHERE request_id = \(request) AND created_at > \(since)
            ORDER BY created_at
            """
        ).map { try $0.get("created_at") }
    }

    /// Counts a try on every code of the case that is alive.
    func countControlTry(of request: AccountRequest.ID, limit: Int, at now: Timestamp) throws
        -> [(id: String, hash: [UInt8])]
    {
        try query(
            """
            UPDATE control_code SET tries = tries + 1
            WHERE request_id = \(request) AND used_at IS NULL AND expires_at > \(now) AND tries < \(limit)
            RETURNING id, code_hash
            """
        ).map { (try $0.get("id"), try $0.get("code_hash")) }
    }

    /// - Returns: true exactly once for each code.
    func useControlCode(_ id: String, at now: Timestamp) throws -> Bool {
        try execute("UPDATE control_code SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL") == 1
    }

    func isControlCodeUsed(for request: AccountRequest.ID) throws -> Bool {
        try first("SELECT 1 AS one FROM control_code WHERE request_id = \(request) AND used_at IS NOT NULL")
            != nil
    }

    func lastControlCode(of request: AccountRequest.ID) throws -> ControlCode? {
        try first(
            """
            SELECT created_at, expires_at, tries, used_at FROM control_code WHERE request_id = \(request)
            ORDER BY created_at DESC LIMIT 1
            """
        ).map {
            ControlCode(
                sentAt: try $0.get("created_at"), expiresAt: try $0.get("expires_at"),
                tries: try $0.get("tries"), confirmedAt: try $0.get("used_at"))
        }
    }
}

extension IdentityProof {
    init(_ row: SQLRow) throws {
        documentKind = try row.get("document_kind")
        documentNumber = ""
        validUntil = try row.get("valid_until")
        birthDate = try row.get("birth_date")
        sex = try row.get("sex")
        control = try row.get("control")
        controlNote = try row.get("control_note")
        registerResult = try row.get("register_result")
        registerNote = try row.get("register_note")
        place = try row.get("place")
        note = try row.get("note")
        recordedBy = try row.get("recorded_by")
        recordedAt = try row.get("recorded_at")
    }
}
