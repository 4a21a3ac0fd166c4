import Dispatches
import HTML

/// The search of the journal: words, and what is folded away beside them. Words go in the body of the form, so that no name
/// stands in an address.
struct SendingsSearch: Component {
    let query: SendingsQuery
    let formToken: String
    var mistakes: [FieldMistake] = []

    var body: Node {
        form(
            .class("stack"), .role("search"), .method(.post), .action(Path("/service/envois/recherche"))
        ) {
            FormToken(formToken)
            div(.class("find")) {
                label(.for("e-q")) { t("Patiente, patient, destinataire ou titre") }
                div {
                    input(
                        .class("input"), .id("e-q"), .name("q"), .type("search"), .value(query.words),
                        .autocomplete("off"), .maxLength(100))
                    button(.class("btn btn--s")) { t("Chercher") }
                }
            }
            details(.class("fold"), .open(query.hasMore || !mistakes.isEmpty)) {
                HTML.summary(.class("fold__s")) {
                    span { t("État, personne et période") }
                    Icon.chevronDown
                }
                div(.class("fold__p stack")) {
                    div(.class("grid")) {
                        SelectField(
                            name: "etat", label: t("État"),
                            choices: [Choice(value: "", text: t("Tous les états"))]
                                + SendingState.allCases.map { Choice(value: $0.code, text: $0.text) },
                            selected: query.state?.code ?? "")
                        SelectField(
                            name: "par", label: t("Envois de"),
                            choices: [
                                Choice(value: "", text: t("Tout le service")),
                                Choice(value: "moi", text: t("Envoyés par moi")),
                            ], selected: query.isOwn ? "moi" : "")
                        date("du", t("Envoyé dès le"), query.from)
                        date("au", t("Envoyé jusqu’au"), query.until)
                    }
                    div(.class("form__b")) { button(.class("btn btn--p btn--sm")) { t("Appliquer") } }
                }
            }
        }
    }

    private func date(_ name: String, _ label: String, _ value: String) -> Field {
        Field(
            id: name, name: name, label: label, hint: t("Par exemple 20.11.2026"), value: value,
            inputMode: "numeric", maxLength: 10, isRequired: false,
            mistake: mistakes.first { $0.field == name }?.text)
    }
}
