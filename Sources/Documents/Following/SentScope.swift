public import Access
public import Storage

/// Which of the documents that services follow are asked for. Everything that is given must hold.
public struct SentScope: Sendable {
    /// Sent at this moment or later.
    public var from = Timestamp(rawValue: 0)
    /// Sent before this moment.
    public var until = Timestamp(rawValue: .max)
    /// By hand, by this person.
    public var sender: Account.ID?
    /// What holds of the row of `document` besides.
    public var condition: SQLText = "TRUE"

    public init() {}

    /// Where a page begins that lies before a row and before the end of the period.
    func start(before key: SentKey?) -> SentKey {
        let end = SentKey(publishedAt: until, id: Document.ID(rawValue: ""))
        guard let key, key.publishedAt < until else { return end }
        return key
    }
}

/// One word of a search in the journal of a service: accents and capitals do not matter, nor how a date is written.
public struct SoughtWord: Sendable {
    let term: SearchTerm

    /// At most six words.
    /// - Parameter typeNames: what the document types are called, by code: words are found in them, too.
    public static func all(in words: String, typeNames: [String: String]) -> [SoughtWord] {
        let names = typeNames.mapValues { SearchWords.straight(SearchWords.folded($0)) }
        return SearchWords.words(words).map { word in
            SoughtWord(
                term: SearchTerm(
                    patterns: SearchWords.patterns(word),
                    typeCodes: names.filter { $0.value.contains(word) }.keys.sorted(), hashes: []))
        }
    }
}
