import Directory
import Foundation
import Testing

@testable import Dispatches

/// Who gets a type on paper by what registers call his profession.
@Suite struct PaperAnswerTests {
    private static let letter = "373942005"
    private static let rules = [
        ProfessionRule(profession: .physiotherapist, withheldTypes: [letter]),
        ProfessionRule(profession: .socialService, mayReceive: false),
    ]

    @Test(arguments: [
        (["Médecin"], letter, PaperAnswer.allowed), (["Sage-femme"], letter, .allowed),
        (["Physiothérapeute"], letter, .withheld), (["Kinésithérapeute"], letter, .withheld),
        (["Médecin", "Physiothérapeute"], letter, .withheld), (["Guérisseur"], letter, .unknownProfession),
        (["Médecin", ""], letter, .unknownProfession), (["Service social"], "1", .withheld),
        (["Physiothérapeute"], "1", .allowed), (["Guérisseur"], "1", .unknownProfession),
    ])
    func `One of several is enough, and the unknown is the strictest`(
        _ words: [String], _ type: String, _ answer: PaperAnswer
    ) throws {
        let known = try RegisterProfessions(json: Data(#"{"kinesitherapeute": "physiotherapist"}"#.utf8))
        #expect(PaperAnswer.of(type, to: words, known, Self.rules) == answer)
    }

    @Test func `Where nothing is withheld, every word will do`() {
        #expect(PaperAnswer.of(Self.letter, to: ["Guérisseur"], RegisterProfessions(), []) == .allowed)
    }

    @Test(arguments: [#"["a"]"#, #"{"a": 1}"#, #"{"a": "wizard"}"#, #"{"": "nurse"}"#, ""])
    func `A file that is not understood is refused`(_ text: String) {
        #expect(throws: RegisterProfessionsFailure.self) {
            try RegisterProfessions(json: Data(text.utf8))
        }
    }
}
