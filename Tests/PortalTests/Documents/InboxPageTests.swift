import Testing

@testable import Portal

@Suite struct InboxPageTests {
    private func page(_ list: InboxList) -> PageMarkup {
        PageMarkup(InboxPage(shell: SamplePages.shell, list: list).html)
    }

    @Test func `Unread documents are marked by words, not by colour alone`() {
        let page = page(SamplePages.list)
        let unread = page.all("li").filter { $0["class"] == "row row--new" }
        #expect(unread.count == 3)
        for row in unread {
            #expect(row.inner.contains("Non lu.") && row.inner.contains(">Nouveau<"))
        }
    }

    @Test func `Days are headings, rows are in order below them`() {
        let headings = page(SamplePages.list).all("h2").map { PageMarkup.text($0.inner) }
        #expect(headings == ["Aujourd’hui", "Hier", "Vendredi 13 novembre"])
    }

    @Test func `Applied filters are links that take one away`() {
        let page = page(SamplePages.filteredList)
        let links = page.all("a").compactMap { $0["href"] }
        #expect(links.contains("/documents?patient=p19&amp;type=373942005&amp;du=31.02.2026"))
        #expect(links.contains("/documents?r=c2VhbGVk&amp;type=373942005&amp;du=31.02.2026"))
        #expect(page.all("details").contains { $0["class"] == "filter" && $0["open"] != nil })
        #expect(page.bodyText.contains("Saisissez une date, par exemple 20.11.2026."))
    }

    @Test func `Pages are reached from both ends`() {
        #expect(page(SamplePages.filteredList).all("a").contains { $0["rel"] == "prev" })
        #expect(
            page(SamplePages.list).all("a").contains {
                $0["rel"] == "next" && $0["href"] == "/documents?avant=1-50aa"
            })
    }

    @Test func `An empty list says why and where to go`() {
        #expect(page(SamplePages.emptyList(.all)).bodyText.contains("deux conditions"))
        #expect(page(SamplePages.emptyList(.unread)).bodyText.contains("Aucun document non lu."))
        #expect(
            page(SamplePages.emptyList(.all, words: "x")).bodyText.contains(
                "Aucun résultat pour ces filtres."))
    }

    @Test func `Where texts are searched the page says that their words are found whole`() {
        let sentence = "Un mot du texte des documents est trouvé lorsqu’il est écrit en entier."
        var list = SamplePages.filteredList
        #expect(!page(list).bodyText.contains(sentence))
        list.searchesTexts = true
        let hints = page(list).all("span").filter { $0["id"] == "f-q-aide" }
        #expect(hints.count == 1 && hints[0].inner.contains(sentence), "beside the field")
        let results = page(list).all("p").filter { $0["class"] == "hint" }
        #expect(results.map { PageMarkup.text($0.inner) } == [sentence], "and with what was found")
        list = SamplePages.list
        list.searchesTexts = true
        #expect(!page(list).all("p").contains { $0["class"] == "hint" }, "nothing was typed")
    }

    @Test func `The badge stops at 99`() {
        var shell = SamplePages.shell
        #expect(PageMarkup(MenuPage(shell: shell).html).bodyText.contains("3 non lus"))
        shell = Shell(
            presentation: shell.presentation, person: shell.person, formToken: "j", unread: 240, address: "/")
        let text = PageMarkup(MenuPage(shell: shell).html).bodyText
        #expect(text.contains("99+") && text.contains("240 non lus"))
    }
}
