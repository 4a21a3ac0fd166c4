public import Access

extension GLNLookup {
    /// Whoever stands in the directory under that GLN, active or not.
    public static let directory = GLNLookup { text, transaction in
        try GLN(rawValue: text).flatMap { try transaction.recipient(gln: $0)?.practitioner.accountID }
    }
}
