import Access
import Directory
import Storage

/// The SQL of `SpaceFigures`.
extension Transaction {
    func countReadable(in account: Account.ID, at now: Timestamp) throws -> Int {
        try first(
            """
            SELECT COUNT(*) AS n FROM
              (SELECT 1 AS one FROM document_reader
               WHERE account_id = \(account) AND is_superseded = FALSE AND expires_at > \(now)
               LIMIT \(DocumentLimits.countedRows + 1)) AS counted
            """)?.get("n") ?? 0
    }

    /// How many a choice keeps out of the lists.
    func countHidden(by choice: DisplayChoice, in account: Account.ID, at now: Timestamp) throws -> Int {
        var shown: SQLText = choice.types.isEmpty ? "TRUE" : "reader.type_code IN (\(list: choice.types))"
        if let days = choice.patients.days {
            shown =
                """
                \(sql: shown) AND EXISTS (SELECT 1 FROM document_reader latest
                  WHERE latest.account_id = \(account) AND latest.patient_id = reader.patient_id
                    AND latest.is_superseded = FALSE AND latest.received_at > \(now.adding(days: -days)))
                """
        }
        return try first(
            """
            SELECT COUNT(*) AS n FROM
              (SELECT 1 AS one FROM document_reader reader
               WHERE reader.account_id = \(account) AND reader.is_superseded = FALSE
                 AND reader.expires_at > \(now) AND NOT (\(sql: shown))
               LIMIT \(DocumentLimits.countedRows + 1)) AS counted
            """)?.get("n") ?? 0
    }
}
