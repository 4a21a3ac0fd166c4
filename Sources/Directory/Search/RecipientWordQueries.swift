import Access
import Storage

/// The SQL of the words by which recipients are found. All words that begin alike lie together in the index, so that what
/// a search costs depends on how many it finds, not on how many there are.
extension Transaction {
    /// Makes a recipient findable by what is known of him now; in the transaction that writes it. Nobody, when he has
    /// no account.
    func indexRecipient(_ account: Account.ID) throws {
        let row = try first(
            """
            SELECT account.family_name, account.given_name, practitioner.gln, practitioner.profession,
              practitioner.speciality, practitioner.practice, practitioner.locality
            FROM practitioner JOIN account ON account.id = practitioner.account_id
            WHERE practitioner.account_id = \(account)
            """)
        guard let row else { return }
        let found = RecipientWords(
            family: try row.get("family_name"), given: try row.get("given_name"),
            others: [
                try row.get("locality"), try row.get("speciality"), try row.get("profession"),
                try row.get("practice"), try row.get("gln") ?? "",
            ])
        try execute("DELETE FROM recipient_word WHERE account_id = \(account)")
        for (word, isName) in found.words {
            try execute(
                """
                INSERT INTO recipient_word (account_id, word, is_name) VALUES (\(account), \(word), \(isName))
                """)
        }
        // when he changed is written with the event that says so
        try execute(
            """
            INSERT INTO recipient_change (account_id, changed_at, search_name)
            SELECT id, created_at, CAST(\(found.sortName) AS TEXT) FROM account WHERE id = \(account)
            ON CONFLICT (account_id) DO UPDATE SET search_name = excluded.search_name
            """)
    }

    /// Does so for those who have no words yet.
    /// - Returns: how many there were, `limit` at most.
    func indexWaitingRecipients(limit: Int) throws -> Int {
        let waiting = try query(
            """
            SELECT account_id FROM recipient_change WHERE search_name = '' ORDER BY account_id LIMIT \(limit)
            """)
        for row in waiting { try indexRecipient(try row.get("account_id")) }
        return waiting.count
    }

    /// The word that finds the fewest: the search begins with it, and looks for the others in those only.
    func rarest(of words: [String], isName: Bool) throws -> String? {
        let words = Set(words).sorted()
        guard words.count > 1 else { return words.first }
        let counts = try words.map { word in
            let row = try first(
                """
                SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM recipient_word
                  WHERE \(sql: begins(with: word, isName: isName)) LIMIT \(RecipientSearch.limit)) counted
                """)
            return (word: word, count: try row?.get("n", as: Int.self) ?? 0)
        }
        return counts.min { $0.count < $1.count }?.word
    }

    /// A table of one column `account_id`: who has a word that begins like this one.
    /// - Parameter limit: so many at most; all when nil.
    func accountsFound(by word: String, isName: Bool, limit: Int? = nil) -> SQLText {
        let end: SQLText = limit.map { " LIMIT \($0)" } ?? ""
        return """
            (SELECT DISTINCT account_id FROM recipient_word
              WHERE \(sql: begins(with: word, isName: isName))\(sql: end))
            """
    }

    /// Conditions on rows of `recipient_change change`: the other words, each a look-up by key.
    func alsoFound(by words: [String], but first: String, isName: Bool) -> SQLText {
        var condition: SQLText = ""
        for word in Set(words).subtracting([first]).sorted() {
            condition = """
                \(sql: condition) AND EXISTS (SELECT 1 FROM recipient_word
                  WHERE recipient_word.account_id = change.account_id
                    AND \(sql: begins(with: word, isName: isName)))
                """
        }
        return condition
    }

    /// What the word begins with lies between it and itself with the last of all characters behind.
    private func begins(with word: String, isName: Bool) -> SQLText {
        let names: SQLText = isName ? " AND recipient_word.is_name = TRUE" : ""
        return """
            recipient_word.word >= \(word) AND recipient_word.word < \(word + "\u{10FFFF}")\(sql: names)
            """
    }
}
