import Access
import Storage

/// How rows of a list are found by words. Each condition asks for what belongs to the row at hand, one look-up by its
/// key: the engine has no other way, however many patients and documents the hospital has.
extension Transaction {
    /// Whether the patient of a row of `document_reader reader` is called so.
    func isNamed(_ patterns: [String]) -> SQLText {
        any(of: patterns, "(SELECT found.search_name FROM patient found WHERE found.id = reader.patient_id)")
    }

    /// Whether a word is found at a row of `document_reader reader`.
    func found(_ term: SearchTerm) -> SQLText {
        let titles = any(
            of: term.patterns,
            "(SELECT found.search_name FROM document found WHERE found.id = reader.document_id)")
        var sql: SQLText = "\(sql: isNamed(term.patterns)) OR \(sql: titles)"
        if !term.typeCodes.isEmpty { sql = "reader.type_code IN (\(list: term.typeCodes)) OR \(sql: sql)" }
        if !term.hashes.isEmpty { sql = "\(sql: sql) OR (\(sql: occur(term.hashes)))" }
        return "(\(sql: sql))"
    }

    /// Whether all of them stand in the text.
    private func occur(_ hashes: [Int64]) -> SQLText {
        var sql: SQLText = "TRUE"
        for hash in hashes {
            sql =
                """
                \(sql: sql) AND (SELECT occurrence.word FROM document_word occurrence
                  WHERE occurrence.document_id = reader.document_id AND occurrence.word = \(hash)) IS NOT NULL
                """
        }
        return sql
    }

    /// Whether one of some LIKE patterns holds of a text.
    func any(of patterns: [String], _ text: SQLText) -> SQLText {
        var sql: SQLText = "FALSE"
        for pattern in patterns { sql = "\(sql: sql) OR \(sql: text) LIKE \(pattern) ESCAPE '\\'" }
        return sql
    }

    /// Keeps which words occur in a document, in few statements of few lengths.
    func insert(words: [Int64], of document: Document.ID) throws {
        var rest = words[...]
        var size = 128
        while !rest.isEmpty {
            while size > rest.count { size /= 2 }
            var rows: SQLText = "(\(document), \(rest[rest.startIndex]))"
            for word in rest.prefix(size).dropFirst() { rows = "\(sql: rows), (\(document), \(word))" }
            try execute("INSERT INTO document_word (document_id, word) VALUES \(sql: rows)")
            rest = rest.dropFirst(size)
        }
    }

    func forgetWords(of document: Document.ID) throws {
        try execute("DELETE FROM document_word WHERE document_id = \(document)")
    }
}
