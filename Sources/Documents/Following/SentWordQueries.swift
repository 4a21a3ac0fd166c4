public import Storage

/// How documents that services follow are found by words.
extension Transaction {
    /// Whether a word is found at a row of `document`: in what its patient is found by, in its own words, or in the name of
    /// its type.
    public func isAbout(_ word: SoughtWord) -> SQLText {
        let patient = isFound(
            word, in: "(SELECT found.search_name FROM patient found WHERE found.id = document.patient_id)")
        let sql: SQLText = "\(sql: patient) OR \(sql: isFound(word, in: "document.search_name"))"
        guard !word.term.typeCodes.isEmpty else { return "(\(sql: sql))" }
        return "(\(sql: sql) OR document.type_code IN (\(list: word.term.typeCodes)))"
    }

    /// Whether a word is found in a text that has neither accents nor capitals.
    public func isFound(_ word: SoughtWord, in text: SQLText) -> SQLText {
        "(\(sql: any(of: word.term.patterns, text)))"
    }
}
