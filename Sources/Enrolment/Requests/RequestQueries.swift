import Access
import Directory
import Storage

/// All SQL that touches account requests.
extension Transaction {
    private var requestColumns: SQLText {
        """
        id, state, version, honorific, family_name, given_name, email, mobile, code_channel, identifier_kind, identifier,
          profession, specialities, practice, responsible, wants_screening, complement, refusal, created_at, decided_at,
          account_id
        """
    }

    func insert(
        _ id: AccountRequest.ID, _ person: DeclaredPerson, tokenHash: [UInt8], passwordHash: String?,
        at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO account_request (id, token_hash, state, version, honorific, family_name, given_name, email,
              mobile, code_channel, identifier_kind, identifier, profession, specialities, practice, responsible,
              wants_screening, password_hash, complement, refusal, created_at)
            VALUES (\(id), \(tokenHash), 'requested', 1, \(person.honorific), \(person.familyName),
              \(person.givenName), \(person.email), \(person.mobile), \(person.codeChannel),
              \(person.identifier.kind), \(person.identifier.value), \(person.profession),
              \(person.specialities), \(person.practice), \(person.responsible), \(person.wantsScreening),
              \(passwordHash), '', '', \(now))
            """)
    }

    func request(_ id: AccountRequest.ID) throws -> AccountRequest? {
        try first("SELECT \(sql: requestColumns) FROM account_request WHERE id = \(id)").map(
            AccountRequest.init)
    }

    func request(tokenHash: [UInt8]) throws -> AccountRequest? {
        try first("SELECT \(sql: requestColumns) FROM account_request WHERE token_hash = \(tokenHash)")
            .map(AccountRequest.init)
    }

    func request(ofAccount account: Account.ID) throws -> AccountRequest? {
        try first("SELECT \(sql: requestColumns) FROM account_request WHERE account_id = \(account)")
            .map(AccountRequest.init)
    }

    func requestPasswordHash(_ id: AccountRequest.ID) throws -> String? {
        try first("SELECT password_hash FROM account_request WHERE id = \(id)")?.get("password_hash")
    }

    /// The newest request for an address that nobody has decided, if it has a password.
    func pendingPassword(email: String) throws -> (id: AccountRequest.ID, hash: String)? {
        try first(
            """
            SELECT id, password_hash FROM account_request
            WHERE email = \(email) AND state IN ('requested', 'identityVerified') AND password_hash IS NOT NULL
            ORDER BY created_at DESC, id LIMIT 1
            """
        ).map { (try $0.get("id"), try $0.get("password_hash")) }
    }

    /// One page of the queue, the oldest first.
    /// - Parameter after: the last row of the page before.
    func requests(
        in states: [AccountRequest.State], after: (createdAt: Timestamp, id: AccountRequest.ID)?, limit: Int
    ) throws -> [AccountRequest] {
        let start: SQLText =
            after.map {
                "AND (created_at > \($0.createdAt) OR (created_at = \($0.createdAt) AND id > \($0.id)))"
            } ?? ""
        return try query(
            """
            SELECT \(sql: requestColumns) FROM account_request
            WHERE state IN (\(list: states)) \(sql: start) ORDER BY created_at, id LIMIT \(limit)
            """
        ).map(AccountRequest.init)
    }

    func countRequests(in states: [AccountRequest.State]) throws -> Int {
        try first("SELECT COUNT(*) AS n FROM account_request WHERE state IN (\(list: states))")?.get("n") ?? 0
    }

    /// Other open requests with the same address or number.
    func siblings(of request: AccountRequest) throws -> [AccountRequest] {
        let identifier = request.declared.identifier
        return try query(
            """
            SELECT \(sql: requestColumns) FROM account_request
            WHERE id <> \(request.id) AND state IN ('requested', 'identityVerified')
              AND (email = \(request.declared.email)
                OR (identifier_kind <> 'none' AND identifier_kind = \(identifier.kind)
                  AND identifier = \(identifier.value)))
            ORDER BY created_at, id LIMIT 10
            """
        ).map(AccountRequest.init)
    }

    /// The next state, if it is still the one that was read.
    /// - Returns: false when another was faster.
    func advance(_ request: AccountRequest, to state: AccountRequest.State) throws -> Bool {
        try execute(
            """
            UPDATE account_request SET state = \(state), version = version + 1
            WHERE id = \(request.id) AND version = \(request.version) AND state = \(request.state)
            """) == 1
    }

    /// Ends a request that comes to nothing: the password goes with it.
    func end(_ request: AccountRequest, _ state: AccountRequest.State, reason: String, at now: Timestamp)
        throws -> Bool
    {
        try execute(
            """
            UPDATE account_request SET state = \(state), version = version + 1, refusal = \(reason),
              password_hash = NULL, decided_at = \(now)
            WHERE id = \(request.id) AND state IN ('requested', 'identityVerified')
            """) == 1
    }

    /// The account is open: the password has moved there.
    func activate(_ request: AccountRequest, as account: Account.ID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE account_request SET state = 'activated', version = version + 1, password_hash = NULL,
              decided_at = \(now), account_id = \(account)
            WHERE id = \(request.id) AND version = \(request.version) AND state = 'identityVerified'
            """) == 1
    }

    func markConfirmed(requestOf account: Account.ID) throws {
        try execute(
            """
            UPDATE account_request SET state = 'confirmed', version = version + 1
            WHERE account_id = \(account) AND state = 'activated'
            """)
    }

    func setComplement(_ text: String, of request: AccountRequest, at now: Timestamp) throws {
        try execute(
            """
            UPDATE account_request SET complement = \(text), complement_at = \(now) WHERE id = \(request.id)
            """)
    }

    func setChannel(_ channel: Account.CodeChannel, of request: AccountRequest) throws -> Bool {
        try execute(
            """
            UPDATE account_request SET code_channel = \(channel), version = version + 1
            WHERE id = \(request.id) AND version = \(request.version) AND state = 'requested'
            """) == 1
    }

    /// Open requests that began before.
    func openRequests(before: Timestamp, limit: Int) throws -> [AccountRequest] {
        try query(
            """
            SELECT \(sql: requestColumns) FROM account_request
            WHERE state IN ('requested', 'identityVerified') AND created_at < \(before)
            ORDER BY created_at, id LIMIT \(limit)
            """
        ).map(AccountRequest.init)
    }
}

extension AccountRequest {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        state = try row.get("state")
        version = try row.get("version")
        declared = try DeclaredPerson(row)
        complement = try row.get("complement")
        refusal = try row.get("refusal")
        createdAt = try row.get("created_at")
        decidedAt = try row.get("decided_at")
        accountID = try row.get("account_id")
    }
}

extension DeclaredPerson {
    init(_ row: SQLRow) throws {
        honorific = try row.get("honorific")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        email = try row.get("email")
        mobile = try row.get("mobile")
        codeChannel = try row.get("code_channel")
        guard
            let number = ProfessionalIdentifier(
                kind: try row.get("identifier_kind"), stored: try row.get("identifier"))
        else { throw StorageError.decoding("identifier") }
        identifier = number
        profession = try row.get("profession")
        specialities = try row.get("specialities")
        practice = try row.get("practice")
        responsible = try row.get("responsible")
        wantsScreening = try row.get("wants_screening")
    }
}
