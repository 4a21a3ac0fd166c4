import Access
public import Storage

/// The SQL of the search for recipients by the hospital's staff.
extension Transaction {
    private var foundColumns: SQLText {
        """
        practitioner.account_id, practitioner.gln, practitioner.profession, practitioner.speciality,
          practitioner.practice, practitioner.locality, practitioner.delivery_mode, account.honorific,
          account.family_name, account.given_name, account.state
        """
    }

    /// Those in whom each word typed begins a word, whatever its accents and capitals; by name. Nobody for no word.
    /// - Parameter limit: so many at most.
    public func recipients(_ typed: String, limit: Int) throws -> [FoundRecipient] {
        let words = Array(RecipientWords.words(typed).prefix(6))
        _ = try indexWaitingRecipients(limit: 2000)
        guard let rarest = try rarest(of: words, isName: false) else { return [] }
        return try query(
            """
            SELECT \(sql: foundColumns)
            FROM \(sql: accountsFound(by: rarest, isName: false, limit: RecipientSearch.limit)) found
            JOIN recipient_change change ON change.account_id = found.account_id
            JOIN practitioner ON practitioner.account_id = found.account_id
            JOIN account ON account.id = found.account_id
            WHERE practitioner.gln IS NOT NULL AND account.state IN ('active', 'suspended')
              \(sql: alsoFound(by: words, but: rarest, isName: false))
            ORDER BY change.search_name, practitioner.gln LIMIT \(limit)
            """
        ).map(FoundRecipient.init)
    }

    /// Those of these professionals who can be sent to or could be, by name.
    public func recipients(_ glns: [GLN]) throws -> [FoundRecipient] {
        guard !glns.isEmpty else { return [] }
        return try query(
            """
            SELECT \(sql: foundColumns) FROM practitioner
            JOIN account ON account.id = practitioner.account_id
            JOIN recipient_change change ON change.account_id = practitioner.account_id
            WHERE practitioner.gln IN (\(list: glns))
              AND account.state IN ('active', 'suspended')
            ORDER BY change.search_name, practitioner.gln
            """
        ).map(FoundRecipient.init)
    }

    /// The professional with this GLN.
    public func foundRecipient(_ gln: GLN) throws -> FoundRecipient? {
        try first(
            """
            SELECT \(sql: foundColumns)
            FROM practitioner JOIN account ON account.id = practitioner.account_id
            WHERE practitioner.gln = \(gln)
            """
        ).map(FoundRecipient.init)
    }

    /// Others who bear the same two names: the one who sends is asked to look twice.
    public func namesakes(of one: FoundRecipient) throws -> [FoundRecipient] {
        let words = RecipientWords.words("\(one.familyName) \(one.givenName)").prefix(20)
        guard let longest = words.max(by: { $0.utf8.count < $1.utf8.count }) else { return [] }
        return try query(
            """
            SELECT \(sql: foundColumns) FROM recipient_word
            JOIN recipient_change change ON change.account_id = recipient_word.account_id
            JOIN practitioner ON practitioner.account_id = recipient_word.account_id
            JOIN account ON account.id = recipient_word.account_id
            WHERE recipient_word.word = \(longest) AND recipient_word.is_name = TRUE
              AND practitioner.gln IS NOT NULL AND account.state IN ('active', 'suspended')
              \(sql: alsoFound(by: Array(words), but: longest, isName: true))
            ORDER BY change.search_name, practitioner.gln LIMIT \(RecipientSearch.limit)
            """
        ).map(FoundRecipient.init).filter(one.isNamesake)
    }
}

extension FoundRecipient {
    init(_ row: SQLRow) throws {
        accountID = try row.get("account_id")
        gln = try row.get("gln")
        profession = try row.get("profession")
        speciality = try row.get("speciality")
        practice = try row.get("practice")
        locality = try row.get("locality")
        familyName = try row.get("family_name")
        givenName = try row.get("given_name")
        let honorific: String = try row.get("honorific")
        displayName = [honorific, givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ")
        let state: Account.State = try row.get("state")
        let mode: Practitioner.DeliveryMode = try row.get("delivery_mode")
        isActive = state == .active
        takesDocuments = state == .active && mode != .none
    }
}
