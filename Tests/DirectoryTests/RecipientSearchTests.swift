import Access
import Testing

@testable import Directory

/// How the hospital's staff find a recipient.
@Suite struct RecipientSearchTests {
    private func person(
        _ family: String, _ given: String, _ locality: String, _ speciality: String, _ gln: String
    )
        throws -> FoundRecipient
    {
        FoundRecipient(
            accountID: Account.ID(rawValue: gln), gln: try #require(GLN(rawValue: gln)),
            displayName: "\(given) \(family)", familyName: family, givenName: given, profession: "Médecin",
            speciality: speciality, practice: "", locality: locality, takesDocuments: true)
    }

    private func all() throws -> [FoundRecipient] {
        [
            try person("Favre", "Claire", "Ville du Lac", "Médecine interne générale", "7601099000013"),
            try person("Müller-Favre", "Jean", "Saint-Maurice", "Pédiatrie", "7601999000014"),
            try person("Favre", "Clairê", "Montlac", "Cardiologie", "7601999000021"),
        ]
    }

    @Test(arguments: [
        ("favre", 3), ("FAVRE claire", 2), ("muller", 1), ("maurice pediatrie", 1), ("fav lac", 1),
        ("7601999000014", 1), ("avre", 0), ("", 0), ("  ", 0), ("favre claire montlac", 1), ("cardio", 1),
        ("%", 0), ("favre zurich", 0),
    ])
    func `Each word begins a word of the person`(_ typed: String, _ count: Int) throws {
        #expect(RecipientSearch.find(typed, in: try all()).count == count)
    }

    @Test func `Who bears the same two names is a namesake, whatever the accents`() throws {
        let people = try all()
        #expect(RecipientSearch.namesakes(of: people[0], in: people).map(\.locality) == ["Montlac"])
        #expect(RecipientSearch.namesakes(of: people[1], in: people).isEmpty)
    }
}
