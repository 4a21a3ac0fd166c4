import Access
import Testing

/// AUT-3: length and a block list, no rules of composition.
@Suite struct PasswordRulesTests {
    private static let context = ["claire.favre@cabinet-lac.example", "Claire", "Favre"]

    @Test(arguments: [
        ("onze-lettre", PasswordMistake.tooShort), ("", .tooShort),
        (String(repeating: "é", count: 129), .tooLong),
        ("aaaaaaaaaaaaaa", .common), ("abcdefghijklmn", .common), ("MotDePasse1234!", .common),
        ("passerelle12", .personal),
    ])
    func `A password that others try first is refused, and why`(
        _ password: String, _ mistake: PasswordMistake
    ) {
        #expect(PasswordRules.mistake(in: password, context: Self.context) == mistake)
    }

    @Test(arguments: [
        "Favre-Claire-1", "clairefavre2024", "FAVRE_claire_2026!", "Fàvré.Cláire.19", "c.l.a.i.r.e.favre.12",
        "favre1985claire", "Dr-Claire-Favre", "claire.favre@cabinet", "cabinet-lac-2026", "2026favre2026",
        "Fa\u{301}vre-Cla\u{308}ire-1", "passerelle-claire", "MonEspacePro1985", "claire*claire*42",
        "Favre 19 84 72 66 31", "FavreFavreFavre", "12-Claire-34-56-78",
    ])
    func `A password made of one's own names is refused, whatever stands between them`(_ password: String) {
        #expect(PasswordRules.mistake(in: password, context: Self.context) == .personal)
    }

    @Test(
        arguments: [
            (["jean-pierre.o@x.example", "Jean-Pierre", "O'Neill"], "pierrejean1970", true),
            (["lea.roy@x.example", "Léa", "Roy"], "Lea-Roy-2024-12", true),
            (["lea.roy@x.example", "Léa", "Roy"], "la royauté des leaders", false),
            (["a@x.example", "Élodie", "Müller"], "elodie+MULLER+1", true),
            (["a@x.example", "Li", "Xu"], "li-xu-li-xu-li-xu", false),  // too short to tell from a syllable
            (["", "", ""], "quatre mots sans lien", false),
        ] as [([String], String, Bool)])
    func `Double names, short names and accents`(_ context: [String], _ password: String, _ isPersonal: Bool)
    {
        #expect((PasswordRules.mistake(in: password, context: context) == .personal) == isPersonal)
    }

    @Test(arguments: [
        "claire-mouette-grise-lundi", "le lac est calme ce matin", "mon cabinet sent la cannelle",
        "quatre mots sans lien", "ascenseur-mauve-lundi", "🩺🩺 douze signes ici", "Kx9?rtVq2!mWz",
    ])
    func `Anything long and not common will do`(_ password: String) {
        #expect(PasswordRules.mistake(in: password, context: Self.context) == nil)
    }

    @Test func `A hash opens with its password only, and two hashes of one password differ`() throws {
        let cost = Argon2.Cost(memoryKiB: 64, passes: 1)
        let password = Array("ascenseur-mauve-lundi".utf8)
        let hash = try Argon2.hash(password, cost)
        #expect(hash.hasPrefix("$argon2id$v=19$m=64,t=1,p="))
        #expect(Argon2.verify(password, against: hash))
        #expect(!Argon2.verify(password + [0], against: hash))
        #expect(!Argon2.verify(Array(password.dropLast()), against: hash))
        #expect(!Argon2.verify(password, against: "nonsense"))
        #expect(try Argon2.hash(password, cost) != hash)
    }
}
