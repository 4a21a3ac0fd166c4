import Documents
import HTML

/// The form to which the boxes of a list belong, and what can be done with those that are ticked. Seen only while some
/// are, over the views: no row moves.
struct BulkBar: Component {
    let formToken: String
    /// The list from which one comes.
    let way: Path
    /// The same page of it with every row ticked.
    let all: Path
    /// Whether the reader says here what is unread.
    let canMark: Bool

    static let form = "choix"

    var body: Node {
        HTML.form(
            .class("bulk"), .id(Self.form), .method(.post), .action(Path("/documents/selection"))
        ) {
            FormToken(formToken)
            span(.dataPart("retour")) { input(.type("hidden"), .name("retour"), .value(way.text)) }
            b(.role("status"), .dataOne(text(1)), .dataOther(text(2))) { t("Sélection") }
            span(.dataPart("tout")) {
                link(
                    .class("btn btn--q btn--sm"), .href(all),
                    .ariaLabel(t("Tout choisir sur cette page")), .title(t("Tout choisir sur cette page"))
                ) { t("Tout") }
            }
            act("zip", t("Télécharger"), .download, hint: ".zip")
            act("imprimer", t("Imprimer"), .print)
            if canMark {
                button(.class("btn btn--q btn--sm"), .name("action"), .value("lu")) { t("Lu") }
                button(.class("btn btn--q btn--sm"), .name("action"), .value("nonlu")) { t("Non lu") }
            }
            button(
                .class("btn btn--icon btn--sm"), .type("reset"), .ariaLabel(t("Annuler la sélection")),
                .title(t("Annuler la sélection"))
            ) { Icon.cross }
        }
    }

    private func text(_ count: Int) -> String {
        t(one: "{count} choisi", other: "{count} choisis", count: count)
    }

    private func act(_ value: String, _ name: String, _ icon: Icon, hint: String = "") -> Node {
        button(
            .class("btn btn--s btn--sm"), .name("action"), .value(value),
            .ariaLabel(hint.isEmpty ? name : name + " " + hint), .title(name)
        ) {
            icon
            hint
        }
    }
}

/// The box of one row.
struct RowBox: Component {
    let row: DocumentRow
    var isChosen = false

    var body: Node {
        label(.class("sel"), .for("d-" + row.id)) {
            input(
                .type("checkbox"), .id("d-" + row.id), .name("d"), .value(row.id), .form(BulkBar.form),
                .checked(isChosen))
            span(.class("vh")) {
                t("Choisir {title}, {patient}", ["title": row.title, "patient": row.patientName])
            }
        }
    }
}

/// A button of its own that does one thing with some documents: what undoes a mark, what marks one.
struct MarkForm: Component {
    let formToken: String
    let ids: [String]
    let act: SelectionRoutes.Act
    let way: Path
    let text: String

    var body: Node {
        HTML.form(.class("mark"), .method(.post), .action(Path("/documents/selection"))) {
            FormToken(formToken)
            input(.type("hidden"), .name("retour"), .value(way.text))
            for id in ids { input(.type("hidden"), .name("d"), .value(id)) }
            button(.class("btn btn--q btn--sm"), .name("action"), .value(act.rawValue)) { text }
        }
    }
}

/// Why nothing was done, and how it can be.
struct SelectionRefusedPage: Sendable {
    let shell: Shell
    let refusal: SelectionRefusal

    var html: [UInt8] {
        shell.page(PageTitle(t("Trop de documents à la fois"), isError: true), in: .documents) {
            h1 { t("Trop de documents à la fois") }
            p(.class("lead")) { explanation }
            p { link(.class("btn btn--p"), .href(Path("/documents"))) { t("Revenir à mes documents") } }
        }
    }

    private var explanation: String {
        switch refusal {
        case .tooMany(let limit):
            t("Choisissez au plus {count} documents à la fois.", ["count": String(limit)])
        case .tooLarge, .empty, .notOwn:
            t("Ces documents sont trop volumineux ensemble. Choisissez-en moins à la fois.")
        }
    }
}
