import HTML

/// `/documents` (M2): the inbox, grouped by day, and on a wide screen the place where documents are read.
struct InboxPage: Sendable {
    let shell: Shell
    let list: InboxList
    /// Whether the rows were drawn before: then the page has a gap in their place.
    var hasGap = false

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Mes documents"), isError: !list.mistakes.isEmpty), in: .documents, layout: .panes,
            skip: SkipLink(anchor: "liste", text: t("Aller à la liste des documents"))
        ) {
            InboxListColumn(list: list, hasGap: hasGap)
            div(.class("doc doc--none")) {
                Icon.document
                p { t("Choisissez un document dans la liste pour le lire ici.") }
            }
        }
    }
}
