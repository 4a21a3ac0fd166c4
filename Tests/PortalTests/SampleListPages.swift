import Documents
import HTML

@testable import Portal

/// Pages about many documents at once.
extension SamplePages {
    static var many: [(name: String, html: [UInt8])] {
        var marked = shell
        marked.flash = .markedRead
        marked.undo = MarkForm(
            formToken: "jeton", ids: ["8f2c"], act: .unread, way: Path("/documents"), text: "Annuler")
        var query = InboxQuery()
        (query.typeCode, query.isOldestFirst) = ("373942005", true)
        var taken = ViewsPage(shell: shell, views: savedList.views, query: query)
        taken.mistake = (nil, .nameTaken, "Lettres de sortie")
        return [
            ("documents-vue", InboxPage(shell: shell, list: savedList).html),
            ("documents-marques", InboxPage(shell: marked, list: list).html),
            ("vues", ViewsPage(shell: shell, views: savedList.views, query: query).html),
            ("vues-nom-pris", taken.html),
            ("vues-aucune", ViewsPage(shell: shell, views: [], query: InboxQuery()).html),
            ("choix-refuse", SelectionRefusedPage(shell: shell, refusal: .tooMany(limit: 100)).html),
            (
                "imprimer-plusieurs",
                SelectedPrintPage(
                    presentation: presentation, documents: [document(), document(.previewFailed)], missing: 1,
                    printedBy: "Dre C. Favre"
                ).html
            ),
            ("raccourcis", ShortcutsPage(shell: shell, areOn: true).html),
        ]
    }

    /// A list of patients that shows nobody.
    static func noPatients(_ change: (inout PatientsQuery) -> Void) -> [UInt8] {
        var query = PatientsQuery()
        change(&query)
        return PatientsPage(shell: shell, rows: [], count: 0, query: query).html
    }

    /// One page of several.
    static func patientsPage(_ rows: [PatientsPage.Row]) -> [UInt8] {
        var query = PatientsQuery()
        query.cursor = .after("p0")
        return PatientsPage(
            shell: shell, rows: rows, count: 120, query: query, hasEarlier: true, hasLater: true
        ).html
    }
}
