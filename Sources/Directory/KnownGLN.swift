public import Access

extension GLNLookup {
    /// Whoever is known under that GLN, active or not, whichever way the account was opened.
    public static let directory = GLNLookup { text, transaction in
        try ProfessionalIdentifier(kind: .gln, stored: text).flatMap { try transaction.account(of: $0) }
    }
}
