import Access
import Demo
import Storage
import TestSupport
import Testing

@testable import Directory

/// How the hospital's staff, and its systems, find a recipient.
@Suite struct RecipientSearchTests {
    private func move(
        _ family: String, _ given: String, _ locality: String, _ speciality: String, _ gln: String,
        into portal: TestPortal
    ) async throws {
        let email = "p\(gln)@hin.example"
        let id = try await portal.access.createAccount(
            NewAccount(
                email: email, honorific: "Dr", familyName: family, givenName: given, role: .practitioner,
                mobile: nil, codeChannel: .email), password: "trois vaches au clair de lune")
        try await portal.directory.save(
            Practitioner(
                accountID: id, gln: GLN(rawValue: gln), profession: "Médecin",
                speciality: speciality, practice: "", locality: locality, notificationEmail: email,
                notificationPolicy: .none, deliveryMode: .portal, lifetimeDays: 100))
    }

    private func region() async throws -> TestPortal {
        let portal = try await TestPortal()
        try await move(
            "Favre", "Claire", "Ville du Lac", "Médecine interne générale", "7601099000013", into: portal)
        try await move(
            "Müller-Favre", "Jean", "Saint-Maurice", "Pédiatrie", "7601999000014", into: portal)
        try await move("Favre", "Clairê", "Montlac", "Cardiologie", "7601999000021", into: portal)
        return portal
    }

    private func find(_ typed: String, in portal: TestPortal, limit: Int = 26) async throws -> [String] {
        try await portal.database.write { try $0.recipients(typed, limit: limit).map(\.gln.rawValue) }
    }

    /// What the record system finds, at whatever moment they changed.
    private func named(_ name: String, in portal: TestPortal) async throws -> Int {
        var filter = RecipientFilter()
        filter.name = RecipientFilter.words(name)
        let asked = filter
        return try await portal.database.read { try $0.recipients(asked, after: nil, limit: 50).count }
    }

    @Test func `Each word begins a word of the person`() async throws {
        let portal = try await region()
        for (typed, count) in [
            ("favre", 3), ("FAVRE claire", 2), ("muller", 1), ("maurice pediatrie", 1), ("fav lac", 1),
            ("7601999000014", 1), ("avre", 0), ("", 0), ("  ", 0), ("favre claire montlac", 1),
            ("cardio", 1), ("%", 0), ("_avre", 0), ("favre zurich", 0), ("medecin favre", 3), ("fav fav", 3),
        ] {
            #expect(try await find(typed, in: portal).count == count, "\(typed)")
        }
    }

    @Test func `Those found stand by family name, then by given name, and no more than asked for`()
        async throws
    {
        let portal = try await region()
        try await move("Favre Dubois", "Anne", "Montlac", "", "7601999000038", into: portal)
        let all = ["7601099000013", "7601999000021", "7601999000038", "7601999000014"]
        #expect(try await find("fav", in: portal) == all)
        #expect(try await find("fav", in: portal, limit: 2) == Array(all.prefix(2)))
    }

    @Test func `A record system finds by words of the name only`() async throws {
        let portal = try await region()
        for (name, count) in [
            ("favre", 3), ("fav cl", 2), ("jean muller", 1), ("lac", 0), ("medecin", 0), ("cardio", 0),
        ] {
            #expect(try await named(name, in: portal) == count, "\(name)")
        }
    }

    @Test func `Who bears the same two names is a namesake, whatever the accents`() async throws {
        let portal = try await region()
        let namesakes = try await portal.database.read { transaction in
            try ["7601099000013", "7601999000014"].map { number in
                let gln = try #require(GLN(rawValue: number))
                let one = try #require(try transaction.foundRecipient(gln))
                return try transaction.namesakes(of: one).map(\.locality)
            }
        }
        #expect(namesakes == [["Montlac"], []])
    }

    @Test func `A new name is found from the moment it is borne, the former one no more`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let favre = try await portal.holder(DemoPeople.favre)
        let team = try await portal.holder(DemoPeople.benali)
        var form = IdentityForm(try await portal.directory.profile(favre))
        form.familyName = "Vuilleumier"
        _ = try await portal.directory.saveIdentity(form, favre)
        #expect(try await find("vuilleumier", in: portal).isEmpty, "it waits for the portal team")
        let change = try #require(try await portal.directory.nameChanges(team).first?.change.id)
        try await portal.directory.decideNameChange(change, isApproved: true, team)
        #expect(try await find("vuilleumier", in: portal) == ["7601099000013"])
        #expect(try await find("favre", in: portal).isEmpty)
    }

    @Test func `Who was there before there were words is found after a start`() async throws {
        let portal = try await region()
        try await portal.tamper("DELETE FROM recipient_word")
        try await portal.tamper("UPDATE recipient_change SET search_name = ''")
        #expect(try await named("favre", in: portal) == 0)
        try await portal.directory.indexRecipients()
        #expect(try await named("favre", in: portal) == 3)
        #expect(try await find("fav lac", in: portal) == ["7601099000013"])
        #expect(try await portal.rows("recipient_change WHERE search_name = ''") == 0)
    }

    @Test func `No search reads the whole directory`() async throws {
        let portal = try await region()
        var filter = RecipientFilter()
        filter.name = ["fav", "claire"]
        let asked = filter
        let plans = try await portal.database.write { transaction in
            let explaining = ExplainingTransaction(transaction)
            _ = try explaining.recipients("fav claire", limit: 26)
            _ = try explaining.recipients(asked, after: nil, limit: 50)
            return explaining.plans
        }
        #expect(plans.contains { $0.contains { $0.contains("recipient_word_by_word") } }, "\(plans)")
        for plan in plans {
            for (table, alias) in [
                ("recipient_change", "change"), ("recipient_word", "recipient_word"),
                ("practitioner", "practitioner"), ("account", "account"),
            ] {
                #expect(!ExplainingTransaction.scans(plan, table, as: alias), "\(plan)")
            }
        }
    }
}
