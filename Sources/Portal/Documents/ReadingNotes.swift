import Documents
import HTML

extension DocumentView {
    /// Pages of the file without an image: only so many are drawn. Nil while there are no images at all, which is said
    /// in other words.
    var undrawnPages: ClosedRange<Int>? {
        guard let last = pages.last?.number, last < pageCount else { return nil }
        return last + 1...pageCount
    }

    /// «Les pages 61 à 80 ne sont pas affichées ici : téléchargez le document.»
    var undrawnText: String? {
        undrawnPages.map { pages in
            pages.count == 1
                ? t(
                    "La page {number} n’est pas affichée ici : téléchargez le document.",
                    ["number": String(pages.lowerBound)])
                : t(
                    "Les pages {first} à {last} ne sont pas affichées ici : téléchargez le document.",
                    ["first": String(pages.lowerBound), "last": String(pages.upperBound)])
        }
    }

    /// The same on paper.
    var unprintedText: String? {
        undrawnPages.map { pages in
            pages.count == 1
                ? t(
                    "La page {number} ne figure pas sur ces feuilles : téléchargez le document.",
                    ["number": String(pages.lowerBound)])
                : t(
                    "Les pages {first} à {last} ne figurent pas sur ces feuilles : téléchargez le document.",
                    ["first": String(pages.lowerBound), "last": String(pages.upperBound)])
        }
    }

    /// A newer version exists, whether it can be read here or not.
    var isReplaced: Bool { newestVersion != nil || hiddenReplacement != nil }
}

/// That not all pages are shown, and where they are.
struct UndrawnNote: Component {
    let document: DocumentView

    @Markup var body: Node {
        if let text = document.undrawnText {
            NoteBox(.warn) {
                p { text }
                p { link(.href(document.filePath)) { t("Télécharger le document complet") } }
            }
        }
    }
}

/// That a document was corrected, and where the correction is: never to be overlooked, also by who is not given it.
struct ReplacedNote: Component {
    let document: DocumentView

    @Markup var body: Node {
        if let newest = document.newestVersion {
            NoteBox(.warn) {
                p {
                    t("Ce document a été corrigé. Une version plus récente le remplace.") + " "
                    link(.href(document.query.path(to: newest.id))) {
                        t("Ouvrir la version du {date}", ["date": DateTexts.date(newest.publishedAt)])
                    }
                }
            }
        } else if let hidden = document.hiddenReplacement {
            NoteBox(.warn) {
                switch hidden {
                case .notHere: notHere
                case .gone(let id):
                    p {
                        Self.goneText + " "
                        link(.href(document.query.path(to: id.rawValue))) { t("Voir pourquoi") }
                    }
                }
            }
        }
    }

    @Markup private var notHere: Node {
        p { Self.notHereText }
        p {
            if document.brand == nil {
                t("Contactez le service s’il vous faut la version actuelle.")
            } else {
                link(.href(anchor: ServiceContactSection.anchor)) { t("Contacter le service") }
            }
        }
    }

    /// Nothing of the newer version: for whom it is, and what became of it, is not this reader's.
    static var notHereText: String {
        t(
            "L’hôpital a remplacé ce document par une version plus récente, qui n’a pas été mise à disposition dans cet espace. Ce document n’est plus à jour."
        )
    }

    static var goneText: String {
        t(
            "L’hôpital a remplacé ce document par une version plus récente, qui ne peut plus être lue ici. Ce document n’est plus à jour."
        )
    }

    /// In one sentence, for paper; nil while a document is up to date.
    static func sentence(of document: DocumentView) -> String? {
        if document.newestVersion != nil {
            return t("Ce document a été corrigé. Une version plus récente le remplace.")
        }
        return switch document.hiddenReplacement {
        case nil: nil
        case .notHere: notHereText
        case .gone: goneText
        }
    }
}
