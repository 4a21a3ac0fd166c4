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
