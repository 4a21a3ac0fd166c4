public import Access

/// A professional as the hospital's staff look for one: what stands in public directories, no address, no preference.
public struct FoundRecipient: Sendable, Equatable {
    public let accountID: Account.ID
    public let gln: GLN
    /// «Dre Claire Favre».
    public let displayName: String
    public let familyName: String
    public let givenName: String
    public let profession: String
    public let speciality: String
    public let practice: String
    public let locality: String
    /// Neither suspended nor closed.
    public let isActive: Bool
    /// Active, and wants documents electronically.
    public let takesDocuments: Bool

    public init(
        accountID: Account.ID, gln: GLN, displayName: String, familyName: String, givenName: String,
        profession: String, speciality: String, practice: String, locality: String,
        isActive: Bool = true, takesDocuments: Bool
    ) {
        self.accountID = accountID
        self.gln = gln
        self.displayName = displayName
        self.familyName = familyName
        self.givenName = givenName
        self.profession = profession
        self.speciality = speciality
        self.practice = practice
        self.locality = locality
        self.isActive = isActive
        self.takesDocuments = takesDocuments
    }
}

/// Limits of the search for a recipient by name, place, speciality or GLN (DPI-08).
public enum RecipientSearch {
    /// Of so many that one word finds the others are looked for at most.
    public static let limit = 20_000
    /// That are shown at most: who sees more types one more word.
    public static let shown = 25
}

extension FoundRecipient {
    /// Whether another professional bears the same two names, whatever their accents.
    func isNamesake(_ other: FoundRecipient) -> Bool {
        other.gln != gln && RecipientWords.words(other.familyName) == RecipientWords.words(familyName)
            && RecipientWords.words(other.givenName) == RecipientWords.words(givenName)
    }
}
