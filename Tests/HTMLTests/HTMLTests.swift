import HTML
import Testing

@Suite struct HTMLTests {
    func text(_ node: Node) -> String {
        String(decoding: Node.document(language: "fr", head: Node(""), body: node), as: UTF8.self)
    }

    @Test(arguments: ["", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{20E3}"])
    func `No special character gets through`(_ tail: String) {
        for special in ["<", ">", "&", "\"", "'"] {
            let hostile = special + tail
            let page = text(
                td(.class(hostile), .href(Path("/x", hostile, query: [hostile: hostile]))) { hostile })
            let plain = text(td(.class("n"), .href(Path("/x", "n", query: ["n": "n"]))) { "n" })
            func count(_ s: String) -> [Int] {
                "<>\"'".utf8.map { wanted in s.utf8.count { $0 == wanted } }
            }
            #expect(count(page) == count(plain))
        }
    }
    @Test func `Pages read as written`() {
        let rows: [String]? = ["a", "b"]
        let page = text(
            body {
                label(.for("q")) { "Nom" }
                input(.id("q"), .name("q"), .type("text"), .required(true), .disabled(false))
                textarea(.name("note"), text: "\n<x>")
                if let rows { for row in rows { td { row } } } else { p { "rien" } }
                if rows == nil { p { 0 } }
                link(.href(Path("/documents", "a/b c", "..", query: ["page": "2", "q": "é&"]))) { "Suite" }
            })
        #expect(
            page == """
                <!doctype html>
                <html lang="fr"><body><label for="q">Nom</label><input id="q" name="q" type="text" required="">\
                <textarea name="note">\n\n&lt;x&gt;</textarea><td>a</td><td>b</td>\
                <a href="/documents/a%2Fb%20c/-?page=2&amp;q=%C3%A9%26">Suite</a></body></html>
                """)
        #expect(ExternalLink("javascript:alert(1)") == nil)
        #expect(ExternalLink("https://example.org/x") != nil)
    }

    @Test func `Contact links hold nothing but the contact`() {
        #expect(
            ContactLink(email: "a b?subject=x@hul.example").text == "mailto:a%20b%3Fsubject%3Dx@hul.example")
        #expect(ContactLink(telephone: "+41 22 555-01-00;ext=1").text == "tel:+412255501001")
        #expect(ContactLink(telephone: "144").text == "tel:144")
    }

    @Test func `A query known only at run time is encoded like any other`() {
        let path = Path(
            "/documents", segments: ["a b"], query: [(key: "q", value: "é&="), (key: "vue", value: "lus")])
        #expect(path.text == "/documents/a%20b?q=%C3%A9%26%3D&vue=lus")
    }

    @Test func `Components and drawings stand in a block like elements`() {
        struct Word: Component {
            let text: String
            var body: Node { b { text } }
        }
        let page = text(
            p(.ariaDescribedBy("", "x"), .ariaDescribedBy(), .class(ifAny: nil)) {
                Word(text: "<é>")
                svg(.viewBox("0 0 24 24"), .ariaHidden()) {
                    circle(1, 2.5, 3)
                    use("i-doc")
                }
                Node()
            })
        #expect(
            page.contains(
                """
                <p aria-describedby="x"><b>&lt;é&gt;</b><svg viewBox="0 0 24 24" aria-hidden="true">\
                <circle cx="1" cy="2.5" r="3"></circle><use href="#i-doc"></use></svg></p>
                """))
        #expect(Node().isEmpty && !Word(text: "").body.isEmpty)
    }

    @Test func `A page says its language and its theme`() {
        let page = String(
            decoding: Node.document(language: "de", theme: "dark", head: pageMetadata(), body: Node()),
            as: UTF8.self)
        #expect(page.contains("<html lang=\"de\" data-theme=\"dark\"><meta charset=\"utf-8\">"))
        #expect(!text(Node()).contains("data-theme"))
    }
}
