import Documents
import Testing

@testable import Portal

/// One patient with many documents: what is not shown or taken at once is said, and can be reached.
@Suite struct PatientPageTests {
    private func page(_ count: Int, isCut: Bool = false, isComplete: Bool = false) -> PageMarkup {
        let rows = (0..<count).map { number in
            SamplePages.row(
                "d\(number)", "Jaquet Hélène", "1958-03-14", "Avis", "Cardiologie", hoursAgo: Double(number))
        }
        return PageMarkup(
            PatientPage(
                shell: SamplePages.shell, patient: SamplePages.jaquet,
                stays: [.init(start: nil, end: nil, number: "A1", service: "Cardiologie", rows: rows)],
                isComplete: isComplete, isCut: isCut
            ).html)
    }

    private func archives(_ page: PageMarkup) -> [String] {
        // the bar over chosen documents has one of its own
        page.all("button").filter { $0["value"] == "zip" && $0["class"]?.contains("btn--wrap") == true }.map {
            PageMarkup.text($0.inner)
        }
    }

    @Test func `Each document stands in one archive, a hundred at a time`() {
        #expect(archives(page(100)) == ["Tout télécharger (.zip)"])
        let many = page(250)
        #expect(
            archives(many) == [
                "Télécharger les 100 plus récents (.zip)", "Documents 101 à 200 (.zip)",
                "Documents 201 à 250 (.zip)",
            ])
        let ids = many.all("input").filter { $0["name"] == "d" && $0["type"] == "hidden" }.compactMap {
            $0["value"]
        }
        #expect(ids == (0..<250).map { "d\($0)" })
    }

    @Test func `A page that does not show all documents says so and leads to the others`() {
        let cut = page(30, isCut: true, isComplete: true)
        #expect(cut.bodyText.contains("Les 30 documents les plus récents sont affichés"))
        #expect(archives(cut) == ["Télécharger les 30 plus récents (.zip)"])
        let links = cut.all("a").compactMap { $0["href"] }
        #expect(links.contains("/documents?patient=p19&amp;affichage=tout&amp;tri=anciens"))
        #expect(links.contains("/documents?patient=p19&amp;affichage=tout"))
        #expect(!page(30).bodyText.contains("les plus récents sont affichés"))
    }
}
