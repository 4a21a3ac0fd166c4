import HTML

/// `/documents/{id}/plein-ecran` (M3): the pages of a document with nothing beside them, as large as they are drawn. What
/// does not fit the screen is reached by scrolling, and enlarged by the browser.
struct FullPage: Sendable {
    let presentation: Presentation
    let document: DocumentView
    /// Whose space it is, for what open pages hear.
    let space: String

    var html: [UInt8] {
        presentation.document(PageTitle(t("Plein écran"), section: document.typeName), bodyClass: "full") {
            Icon.sprite([.left, .download, .document, .info, .alert])
            SkipLink.content
            header(.class("sheet__bar")) {
                link(.class("btn btn--s btn--sm"), .href(document.query.path(to: document.id))) {
                    Icon.left
                    t("Retour au document")
                }
                link(.class("btn btn--p btn--sm"), .href(document.filePath)) {
                    Icon.download
                    t("Télécharger")
                }
                link(.class("btn btn--s btn--sm"), .href(document.originalPath)) {
                    Icon.document
                    t("Fichier original")
                }
            }
            LiveBand(space: space, now: presentation.now)
            HTML.main(.id("main"), .tabindex(-1)) {
                header(.class("sheet__h")) {
                    h1(.lang(document.language)) { document.title }
                    p {
                        b { document.patient.name }
                        " · " + document.patient.details(now: presentation.now)
                    }
                }
                ReplacedNote(document: document)
                UndrawnNote(document: document)
                if document.pages.isEmpty { missing } else { pages }
                TakenBackNotice(id: document.id)
            }
        }
    }

    @Markup private var pages: Node {
        div(.class("full__b"), .role("region"), .tabindex(0), .ariaLabel(t("Contenu du document"))) {
            for page in document.pages {
                img(
                    .class("paper"), .id("page-\(page.number)"),
                    .src(Path("/documents", document.id, "pages", String(page.number))),
                    .width(page.width), .height(page.height), .alt(document.name(of: page)),
                    page.number == 1 ? .fetchPriority("high") : .loading("lazy"))
            }
            UndrawnNote(document: document)
        }
    }

    private var missing: Node {
        NoteBox(.warn) {
            p { t("Aperçu indisponible. Téléchargez le document pour le lire.") }
        }.body
    }
}

/// What takes the place of a document when the hospital takes it back while it is open.
struct TakenBackNotice: Component {
    let id: String

    var body: Node {
        div(.class("doc__gone"), .id("retire"), .role("alert"), .tabindex(-1), .hidden(true)) {
            NoteBox(.danger) {
                p { t("Ce document vient d’être retiré par l’hôpital. Il ne peut plus être lu.") }
                p { link(.href(Path("/documents", id))) { t("Pourquoi, et que faire") } }
            }
        }
    }
}
