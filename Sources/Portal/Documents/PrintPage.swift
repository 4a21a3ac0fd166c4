import HTML

/// `/documents/{id}/imprimer` (M4): the pages of a document on paper, each with who it is about, who printed
/// it and when (ui.md 3.16). The browser's dialog opens by itself where scripts run.
struct PrintPage: Sendable {
    let presentation: Presentation
    let document: DocumentView
    /// «Dre Claire Favre»
    let printedBy: String

    var html: [UInt8] {
        presentation.document(
            PageTitle(t("Imprimer"), section: document.typeName), bodyClass: "sheet"
        ) {
            PrintBar(way: Path("/documents", document.id), back: t("Retour au document"))
            HTML.main(.id("main")) {
                PrintedDocument(presentation: presentation, document: document, printedBy: printedBy)
            }
        }
    }
}

/// Several documents printed as one job, from the list.
struct SelectedPrintPage: Sendable {
    let presentation: Presentation
    let documents: [DocumentView]
    /// How many of those chosen have gone since.
    let missing: Int
    let printedBy: String

    var html: [UInt8] {
        presentation.document(
            PageTitle(t("Imprimer"), section: t("Mes documents")), bodyClass: "sheet"
        ) {
            PrintBar(way: Path("/documents"), back: t("Mes documents"))
            HTML.main(.id("main")) {
                h1(.class("vh")) { t("Documents à imprimer") }
                if missing > 0 {
                    NoteBox(.warn) {
                        p {
                            t(
                                one: "{count} document choisi n’est plus disponible.",
                                other: "{count} documents choisis ne sont plus disponibles.", count: missing)
                        }
                    }
                }
                for document in documents {
                    PrintedDocument(
                        presentation: presentation, document: document, printedBy: printedBy,
                        isOneOfMany: true)
                }
            }
        }
    }
}

/// The way back and the button, on the screen only.
struct PrintBar: Component {
    let way: Path
    let back: String

    @Markup var body: Node {
        Icon.sprite([.left, .print, .info, .alert])
        header(.class("sheet__bar")) {
            link(.class("btn btn--s btn--sm"), .href(way)) {
                Icon.left
                back
            }
            button(
                .class("btn btn--p btn--sm"), .type("button"), .hidden(true), .dataBoot("print")
            ) {
                Icon.print
                t("Imprimer")
            }
            p(.class("hint")) { t("Utilisez la commande d’impression de votre navigateur (Ctrl + P).") }
        }
    }
}

/// A document on paper: what it is about, then page by page.
struct PrintedDocument: Component {
    let presentation: Presentation
    let document: DocumentView
    let printedBy: String
    var isOneOfMany = false

    @Markup var body: Node {
        header(.class("sheet__h")) {
            p(.class("sheet__hospital")) { presentation.brand.hospitalName }
            if isOneOfMany {
                h2(.lang(document.language)) { document.title }
            } else {
                h1(.lang(document.language)) { document.title }
            }
            p {
                b { document.patient.name }
                " · " + document.patient.details(now: presentation.now)
                if let number = document.patient.number {
                    " · " + t("N° {number}", ["number": number])
                }
            }
            p { [document.service, document.author].filter { !$0.isEmpty }.joined(separator: ", ") }
            if let replaced = ReplacedNote.sentence(of: document) { p(.class("sheet__n")) { replaced } }
            if let unprinted = document.unprintedText { p(.class("sheet__n")) { unprinted } }
        }
        if document.pages.isEmpty { missing } else { sheets }
    }

    @Markup private var sheets: Node {
        for page in document.pages {
            figure(.class("sheet__p")) {
                img(
                    .src(Path("/documents", document.id, "pages", String(page.number))), .width(page.width),
                    .height(page.height), .alt(pageName(page.number)))
                figcaption {
                    footer(page.number)
                    if page.number == document.pages.last?.number, let unprinted = document.unprintedText {
                        ". "
                        b { unprinted }
                    }
                }
            }
        }
    }

    private var missing: Node {
        NoteBox(.warn) {
            p { t("Aperçu indisponible : téléchargez le document et imprimez-le depuis votre lecteur PDF.") }
            p { link(.href(document.filePath)) { t("Télécharger") } }
        }.body
    }

    private func pageName(_ number: Int) -> String {
        t("Page {number} sur {count}", ["number": String(number), "count": String(document.pageCount)])
    }

    private func footer(_ number: Int) -> String {
        t(
            "{patient}. Imprimé le {date} à {time} par {person}. Page {number}/{count}",
            [
                "patient": document.patient.name + ", " + DateTexts.date(iso: document.patient.birthDate),
                "date": DateTexts.date(presentation.now), "time": DateTexts.time(presentation.now),
                "person": printedBy, "number": String(number), "count": String(document.pageCount),
            ])
    }
}
