import Documents
import Foundation
import Testing

@testable import Portal

@Suite struct DocumentPageTests {
    private func page(_ document: DocumentView) -> PageMarkup {
        PageMarkup(DocumentPage(shell: SamplePages.shell, list: SamplePages.list, document: document).html)
    }

    private func links(_ page: PageMarkup) -> [String] { page.all("a").compactMap { $0["href"] } }

    @Test func `The reader can download, print, go on, and see who had access`() {
        let links = links(page(SamplePages.document()))
        for address in [
            "/documents/8f2c/fichier?telecharger=1", "/documents/8f2c/imprimer", "/documents/8f2c/acces",
            "/documents/90d3", "/documents/71aa", "/patients/p19", "/documents/8f2c/plein-ecran",
            "/documents/8f2c/plein-ecran#page-2",
        ] { #expect(links.contains(address), "\(address)") }
    }

    @Test func `Who opened it is told as far as it is known, and never «vous» for somebody else`() {
        var document = SamplePages.document()
        func trace() -> String { page(document).bodyText }
        #expect(trace().contains("Ouvert par vous aujourd’hui"))
        document.opener = .delegate(name: "Mme Sandra Rochat")
        #expect(trace().contains("Ouvert par Mme Sandra Rochat, pour vous, aujourd’hui"))
        #expect(!trace().contains("Ouvert par vous"))
        document.principal = "Dre Claire Favre"
        #expect(trace().contains("Ouvert par Mme Sandra Rochat, pour Dre Claire Favre, aujourd’hui"))
        document.opener = nil
        #expect(trace().contains("Ouvert aujourd’hui"))
    }

    @Test func `In full screen each page can be led to, and the original file`() {
        let full = PageMarkup(
            FullPage(
                presentation: SamplePages.presentation, document: SamplePages.document(), space: "a1"
            ).html)
        #expect(full.all("img").map { $0["id"] } == ["page-1", "page-2", "page-3"])
        #expect(links(full).contains("/documents/8f2c/fichier"))
        #expect(links(full).contains("/documents/8f2c"))
    }

    @Test func `The first image comes first, the others when they are needed`() {
        let images = page(SamplePages.document()).all("img")
        #expect(images.map { $0["fetchpriority"] } == ["high", nil, nil])
        #expect(images.map { $0["loading"] } == [nil, "lazy", "lazy"])
        #expect(images.map { $0["alt"] } == ["Page 1 sur 3", "Page 2 sur 3", "Page 3 sur 3"])
    }

    @Test(arguments: [DocumentView.Content.previewPending, .previewFailed])
    func `Without a preview the file can still be downloaded`(_ content: DocumentView.Content) {
        #expect(links(page(SamplePages.document(content))).contains("/documents/8f2c/fichier?telecharger=1"))
    }

    @Test func `An old version leads to the newest, the newest says that it corrects`() {
        let old = page(SamplePages.document(versions: SamplePages.versions(newest: "9999")))
        #expect(links(old).contains("/documents/9999"))
        #expect(old.bodyText.contains("Une version plus récente le remplace"))
        let new = page(SamplePages.document(versions: SamplePages.versions(newest: "8f2c")))
        #expect(!new.bodyText.contains("Une version plus récente le remplace"))
        #expect(new.bodyText.contains("Corrigé") && links(new).contains("/documents/7e11"))
    }

    @Test func `A version that is replaced by one for others says so, and nothing of the other`() {
        var document = SamplePages.document()
        document.hiddenReplacement = .notHere
        #expect(page(document).bodyText.contains("n’a pas été mise à disposition dans cet espace"))
        #expect(page(document).bodyText.contains("Remplacé"))
        document.brand = SamplePages.brand
        #expect(links(page(document)).contains("#contact-service"))
        document.hiddenReplacement = .gone(Document.ID(rawValue: "9999"))
        #expect(links(page(document)).contains("/documents/9999"))
        #expect(!page(SamplePages.document()).bodyText.contains("Remplacé"))
    }

    @Test(arguments: [(80, "Les pages 4 à 80 ne sont pas affichées"), (4, "La page 4 n’est pas affichée")])
    func `Pages without an image are named on the screen`(_ count: Int, _ sentence: String) {
        let document = SamplePages.document(pageCount: count)
        let full = FullPage(presentation: SamplePages.presentation, document: document, space: "a1").html
        #expect(page(document).bodyText.contains(sentence))
        #expect(PageMarkup(full).bodyText.contains(sentence))
        #expect(!page(SamplePages.document()).bodyText.contains(" affichée"))
    }

    @Test func `Pages without an image are named on paper, first and last, also among several documents`() {
        let document = SamplePages.document(pageCount: 80)
        let one = PrintPage(
            presentation: SamplePages.presentation, document: document, printedBy: "Dre C. Favre"
        ).html
        let several = SelectedPrintPage(
            presentation: SamplePages.presentation, documents: [SamplePages.document(), document], missing: 0,
            printedBy: "Dre C. Favre"
        ).html
        for html in [one, several] {
            let text = PageMarkup(html).bodyText
            #expect(text.components(separatedBy: "Les pages 4 à 80 ne figurent pas").count == 3)
            let captions = PageMarkup(html).all("figcaption").map { PageMarkup.text($0.inner) }
            #expect(captions.last?.contains("Page 3/80. Les pages 4 à 80") == true)
        }
    }

    @Test func `A printed old version says that it was corrected`() {
        let html = PrintPage(
            presentation: SamplePages.presentation,
            document: SamplePages.document(versions: SamplePages.versions(newest: "9999")),
            printedBy: "Dre C. Favre"
        ).html
        #expect(PageMarkup(html).bodyText.contains("Ce document a été corrigé"))
    }

    @Test func `The title of the window is the kind of document, never its own title`() {
        #expect(page(SamplePages.document()).title == "(3) Lettre de sortie – Mes documents – Mon Espace Pro")
    }

    @Test func `Printed sheets say who, when and which page, but no address`() {
        let html = PrintPage(
            presentation: SamplePages.presentation, document: SamplePages.document(),
            printedBy: "Dre C. Favre"
        ).html
        let captions = PageMarkup(html).all("figcaption").map { PageMarkup.text($0.inner) }
        #expect(captions.count == 3)
        #expect(
            captions.last
                == "Jaquet Hélène, 14.03.1958. Imprimé le 20.11.2026 à 09:42 par Dre C. Favre. Page 3/3")
    }
}
