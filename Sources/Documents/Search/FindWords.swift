import Vault

extension DocumentActions {
    /// The filter with its words as they are looked for.
    func resolved(_ filter: InboxFilter) -> InboxFilter {
        guard !filter.words.isEmpty else { return filter }
        var filter = filter
        let names = filter.typeNames.mapValues { SearchWords.straight(SearchWords.folded($0)) }
        filter.terms = SearchWords.words(filter.words).map { word in
            SearchTerm(
                patterns: SearchWords.patterns(word),
                typeCodes: names.filter { $0.value.contains(word) }.keys.sorted(),
                hashes: searchesTexts ? TextWords.parts(ofTyped: word).map(hash) : [])
        }
        return filter
    }

    /// Which words occur in a text, as keyed hashes: the same word has the same everywhere, so it can be found; without
    /// the key of the installation nobody can say which it is. Empty unless the hospital allows it.
    func hashes(of text: [UInt8]) -> [Int64] {
        guard searchesTexts else { return [] }
        var seen: Set<String> = []
        var hashes: [Int64] = []
        for word in TextWords.words(of: String(decoding: text, as: UTF8.self)) {
            guard word.unicodeScalars.count <= 60, seen.insert(word).inserted else { continue }
            hashes.append(hash(of: word))
            if hashes.count == DocumentLimits.indexedWords { break }
        }
        // two words may have one hash
        return Array(Set(hashes)).sorted()
    }

    private func hash(of word: String) -> Int64 {
        keyring.mac(.searchWords, Array(word.utf8)).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}
