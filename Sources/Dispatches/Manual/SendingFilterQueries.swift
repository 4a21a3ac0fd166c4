import Access
import Documents
import Storage

/// The SQL of the search in the journal of a service.
extension Transaction {
    /// What a filter asks of the documents that services follow.
    func scope(_ filter: SendingFilter, for holder: Holder, at now: Timestamp) -> SentScope {
        var scope = SentScope()
        if let from = filter.from { scope.from = from }
        if let until = filter.until { scope.until = until }
        if filter.isOwn { scope.sender = holder.accountID }
        for word in SoughtWord.all(in: filter.words, typeNames: filter.typeNames) {
            scope.condition = """
                \(sql: scope.condition) AND (\(sql: isAbout(word)) OR \(sql: isAddressed(to: word)))
                """
        }
        if let state = filter.state {
            scope.condition = "\(sql: scope.condition) AND \(sql: isIn(state, at: now))"
        }
        return scope
    }

    /// Whether a recipient of a row of `document` is called so, or has this GLN; who gets paper without an account is found
    /// by the lines of his address.
    private func isAddressed(to word: SoughtWord) -> SQLText {
        let recipient: SQLText =
            "(change.search_name || ' ' || LOWER(recipient.honorific) || ' ' || dispatch.gln)"
        return """
            (EXISTS (SELECT 1 FROM dispatch JOIN account recipient ON recipient.id = dispatch.account_id
              JOIN recipient_change change ON change.account_id = dispatch.account_id
              WHERE dispatch.document_id = document.id AND \(sql: isFound(word, in: recipient)))
            OR EXISTS (SELECT 1 FROM post_item letter
              WHERE letter.document_id = document.id AND letter.account_id IS NULL
                AND \(sql: isFound(word, in: folded("letter.address")))))
            """
    }

    /// A text as search words are, as far as the languages of this country need it: addresses of letters are kept as they
    /// are printed.
    /// Of capitals only the usual ones: each sign is a call around the others, and SQLite's parser is a hundred deep.
    private func folded(_ column: SQLText) -> SQLText {
        let signs: [(letter: String, others: String)] = [
            ("e", "éèêëÉÈ"), ("a", "àâäÄ"), ("i", "îï"), ("o", "ôöÖ"), ("u", "ùûüÜ"), ("c", "ç"),
        ]
        var text: SQLText = "LOWER(\(sql: column))"
        for (letter, others) in signs {
            for other in others.unicodeScalars {
                text = "REPLACE(\(sql: text), \(String(other)), \(letter))"
            }
        }
        return text
    }

    /// Whether a row of `document` is in a state. The same as `Dispatch.State` makes of the moments, and as the letters
    /// stand in their queue.
    private func isIn(_ state: SendingState, at now: Timestamp) -> SQLText {
        let isTakenBack: SQLText =
            "EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.document_id = document.id)"
        let found: SQLText
        switch state {
        case .cancelled: return isTakenBack
        case .waiting:
            let mail = isDelivered(hasMail("waiting"))
            found = "(\(sql: mail) OR \(sql: hasLetter("letter.state = 'waiting'")))"
        case .failed:
            found = isDelivered(
                """
                reader.expires_at IS NULL AND \(sql: hasMail("cancelled"))
                AND NOT EXISTS (SELECT 1 FROM post_item other WHERE other.document_id = dispatch.document_id
                  AND other.account_id = dispatch.account_id AND other.state IN ('waiting', 'exported'))
                """)
        case .available:
            found = isDelivered(
                """
                reader.expires_at > \(now) AND reader.opened_at IS NULL AND reader.downloaded_at IS NULL
                AND mail.sent_at IS NULL AND printed.settled_at IS NULL
                """)
        case .opened:
            found = isDelivered(
                """
                reader.expires_at > \(now)
                AND (reader.opened_at IS NOT NULL OR reader.downloaded_at IS NOT NULL)
                """)
        case .mailed:
            found = isDelivered(
                """
                (reader.expires_at IS NULL OR reader.expires_at > \(now)) AND reader.opened_at IS NULL
                AND reader.downloaded_at IS NULL AND mail.sent_at IS NOT NULL AND printed.settled_at IS NULL
                """)
        case .expired: found = isDelivered("reader.expires_at <= \(now)")
        case .posted: found = hasLetter("letter.state = 'exported'")
        case .unposted: found = hasLetter("letter.state IN ('cancelled', 'dropped')")
        }
        return "(NOT \(sql: isTakenBack) AND \(sql: found))"
    }

    /// Whether something holds of one of the deliveries of a row of `document`.
    private func isDelivered(_ condition: SQLText) -> SQLText {
        """
        EXISTS (SELECT 1 FROM dispatch
          LEFT JOIN document_reader reader ON reader.account_id = dispatch.account_id
            AND reader.document_id = dispatch.document_id
          LEFT JOIN secured_mail mail ON mail.document_id = dispatch.document_id
            AND mail.account_id = dispatch.account_id AND mail.state IN ('sent', 'delivered')
          LEFT JOIN post_item printed ON printed.document_id = dispatch.document_id
            AND printed.account_id = dispatch.account_id AND printed.state = 'exported'
          WHERE dispatch.document_id = document.id AND \(sql: condition))
        """
    }

    /// Of a delivery, in a state in which none was sent, or it came back too late.
    private func hasMail(_ state: String) -> SQLText {
        """
        EXISTS (SELECT 1 FROM secured_mail unsent WHERE unsent.document_id = dispatch.document_id
          AND unsent.account_id = dispatch.account_id AND unsent.state = \(state))
        """
    }

    private func hasLetter(_ condition: SQLText) -> SQLText {
        """
        EXISTS (SELECT 1 FROM post_item letter
          WHERE letter.document_id = document.id AND \(sql: condition))
        """
    }
}
