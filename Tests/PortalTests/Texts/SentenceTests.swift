import HTML
import Testing

@testable import Portal

@Suite struct SentenceTests {
    static let german = Catalogue(
        language: .german,
        sentences: [
            "Mes documents": .plain("Meine Dokumente"),
            "Envoyé par SMS au {number}.": .plain("Per SMS an {number} gesendet."),
            "{count} document": .counted(one: "{count} Dokument", other: "{count} Dokumente"),
        ])

    @Test func `French needs no catalogue and gets its unbreakable spaces`() {
        #expect(t("Mes documents") == "Mes documents")
        #expect(t("Mot de passe oublié ?") == "Mot de passe oublié\u{202F}?")
        #expect(t("Erreur : {title}", ["title": "a : b"]) == "Erreur\u{A0}: a : b")
        #expect(t("« {words} »", ["words": "x"]) == "«\u{A0}x\u{A0}»")
        #expect(Typography.french("a ; b ! « c » : d") == "a\u{202F}; b\u{202F}! «\u{A0}c\u{A0}»\u{A0}: d")
        #expect(Typography.french(" ") == " ")
    }

    @Test func `What was counted to its limit says that there are more`() {
        #expect(t(one: "{count} mot", other: "{count} mots", count: 1000, upTo: 1000) == "1’000 mots")
        #expect(t(one: "{count} mot", other: "{count} mots", count: 1001, upTo: 1000) == "1000+ mots")
        #expect(PageTitle("Menu", unread: 1001).text(productName: "P") == "(1000+) Menu – P")
    }

    @Test func `The title of a page that went wrong leaves the number to the script, which puts it first`() {
        #expect(PageTitle("Menu", unread: 18).text(productName: "P") == "(18) Menu – P")
        #expect(
            PageTitle("Menu", unread: 18, isError: true).text(productName: "P") == "Erreur\u{A0}: Menu – P")
    }

    @Test func `A sentence follows the language of the task`() {
        Catalogue.$current.withValue(Self.german) {
            #expect(t("Mes documents") == "Meine Dokumente")
            #expect(t("Envoyé par SMS au {number}.", ["number": "+41"]) == "Per SMS an +41 gesendet.")
            #expect(t(one: "{count} document", other: "{count} documents", count: 0) == "0 Dokumente")
            #expect(t(one: "{count} document", other: "{count} documents", count: 1) == "1 Dokument")
        }
        #expect(t("Mes documents") == "Mes documents")
    }

    @Test(arguments: [(0, "0 document"), (1, "1 document"), (2, "2 documents"), (1250, "1’250 documents")])
    func `French counts zero with one`(_ count: Int, _ expected: String) {
        #expect(t(one: "{count} document", other: "{count} documents", count: count) == expected)
    }

    @Test func `A value is never read as a template`() {
        #expect(t("Version {number} du {date}", ["number": "{date}", "date": "x"]) == "Version {date} du x")
        #expect(t("Page {number} sur {count}", ["number": "1"]) == "Page 1 sur {count}")
    }

    @Test func `Markup inside a sentence stays markup, its text stays text`() {
        let node = t("Appelez le {phone} ou écrivez à {email}.", ["phone": b { "<1>" }, "email": Node("x")])
        let page = String(
            decoding: Node.document(language: "fr", head: Node(), body: node), as: UTF8.self)
        #expect(page.contains("Appelez le <b>&lt;1&gt;</b> ou écrivez à x."))
    }
}
