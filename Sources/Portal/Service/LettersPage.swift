import Access
import Dispatches
import Documents
import HTML

/// `/service/courrier`: the documents of one's services that go on paper, and the exports made of them.
struct LettersPage: Sendable {
    let shell: Shell
    let waiting: [PostItem]
    let exported: [PostItem]
    /// What would wait here, if somebody knew where to send it.
    var unaddressed = UnaddressedDocuments()
    /// The export that was made just before.
    var export: String?

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Courrier")), in: .sendings) {
            div(.class("head head--act")) {
                div {
                    h1 { t("Courrier") }
                    p(.class("lead")) {
                        t(
                            "Documents pour lesquels il n’y a pas de voie électronique, ou que personne n’a ouverts."
                        )
                    }
                }
                if !waiting.isEmpty { exportForm }
            }
            made
            part(
                "attente", t("En attente"), waiting, empty: t("Aucun document n’attend d’être imprimé."),
                isOpen: true)
            if unaddressed.count > 0 { withoutAddress }
            if !exported.isEmpty {
                part("exportes", t("Exportés"), exported, empty: "", isOpen: false)
            }
        }
    }

    /// Nobody prints these: the service asks for the address, or sends them in another way.
    private var withoutAddress: Node {
        section(.class("card"), .ariaLabelledBy("sans-adresse")) {
            div(.class("card__h")) {
                h2(.id("sans-adresse")) { t("Sans adresse postale") + " (\(unaddressed.count))" }
            }
            div(.class("card--pad")) {
                p {
                    t(
                        """
                        Personne n’a ouvert ces documents, et aucune adresse postale n’est connue : ils ne seront pas \
                        imprimés.
                        """)
                }
                ul {
                    for one in unaddressed.rows {
                        li {
                            link(.href(Path("/service/envois", one.document.id.rawValue))) {
                                one.document.title
                            }
                            " – " + one.recipient + ", "
                                + t("depuis le {date}", ["date": DateTexts.date(one.receivedAt.rawValue)])
                        }
                    }
                }
                if unaddressed.count > unaddressed.rows.count {
                    p(.class("hint")) {
                        t("Les {count} plus anciens sont montrés.", ["count": "\(unaddressed.rows.count)"])
                    }
                }
            }
        }
    }

    private func part(_ id: String, _ title: String, _ items: [PostItem], empty: String, isOpen: Bool) -> Node
    {
        section(.class("card"), .ariaLabelledBy(id)) {
            div(.class("card__h")) { h2(.id(id)) { title } }
            if items.isEmpty { EmptyState(text: empty) } else { table(title, items, isOpen: isOpen) }
        }
    }

    private func table(_ title: String, _ items: [PostItem], isOpen: Bool) -> Node {
        HTML.table(.class("table"), .role("table")) {
            caption(.class("vh")) { title }
            thead {
                tr(.role("row")) {
                    for name in [t("Depuis"), t("Document"), t("Destinataire"), t("Motif"), t("Action")] {
                        th(.scope("col"), .role("columnheader")) { name }
                    }
                }
            }
            tbody { for item in items { line(item, isOpen: isOpen) } }
        }
    }

    private func line(_ item: PostItem, isOpen: Bool) -> Node {
        tr(.role("row")) {
            cell(t("Depuis")) { DateTexts.date(item.settledAt?.rawValue ?? item.queuedAt.rawValue) }
            cell(t("Document")) {
                // one element: on a phone the cell is a grid
                div {
                    b { item.document.title }
                    " "
                    small {
                        "\(item.patient.familyName) \(item.patient.givenName), "
                            + DateTexts.date(iso: item.patient.birthDate)
                    }
                }
            }
            cell(t("Destinataire")) { item.addressee.lines.joined(separator: ", ") }
            cell(t("Motif")) { item.reason.text }
            cell(t("Action")) {
                if isOpen {
                    form(.method(.post), .action(Path("/service/courrier", item.id.rawValue, "annuler"))) {
                        FormToken(shell.formToken)
                        button(.class("btn btn--q btn--sm"), .type("submit")) {
                            t("Annuler")
                            span(.class("vh")) { " " + item.document.title }
                        }
                    }
                } else if let export = item.exportID {
                    download(export, of: item, t("Télécharger l’archive"))
                }
            }
        }
    }

    private var exportForm: Node {
        form(.method(.post), .action(Path("/service/courrier/export"))) {
            FormToken(shell.formToken)
            button(.class("btn btn--p"), .type("submit")) { t("Exporter pour l’impression") }
        }
    }

    /// What to do next, once an export was made.
    @Markup private var made: Node {
        let count = exported.count { $0.exportID == export }
        if let export, count > 0 {
            NoteBox(.ok) {
                p {
                    t(one: "{count} document exporté.", other: "{count} documents exportés.", count: count)
                        + " "
                        + t("L’archive peut être téléchargée pendant 30 jours.")
                }
                p { download(export, of: nil, t("Télécharger l’archive")) }
                if !waiting.isEmpty { p { t("D’autres documents attendent encore : exportez à nouveau.") } }
            }
        }
    }

    private func download(_ export: String, of item: PostItem?, _ text: String) -> Node {
        link(
            .class(item == nil ? "btn btn--p btn--sm" : "btn btn--s btn--sm"),
            .href(Path("/service/courrier", export, "archive"))
        ) {
            Icon.download
            text
            if let item { span(.class("vh")) { "\u{A0}: " + item.document.title } }
        }
    }

    private func cell(_ name: String, @Markup _ content: () -> Node) -> Node {
        td(.role("cell"), .dataLabel(name)) { content() }
    }
}

extension PostItem.Reason {
    var text: String {
        switch self {
        case .noElectronicWay: t("Pas de voie électronique")
        case .unreadDays: t("Non ouvert dans le portail")
        case .asked: t("Demandé par le service")
        }
    }
}
