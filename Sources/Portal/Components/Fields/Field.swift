package import HTML

/// The anti-forgery field of each form that writes.
package struct FormToken: Component {
    private let token: String
    package init(_ token: String) { self.token = token }
    package var body: Node { input(.type("hidden"), .name("_jeton"), .value(token)) }
}

/// What is wrong with a field: said beside it and, in the same words, in the summary.
struct FieldMistake: Sendable, Equatable {
    /// The identifier of the field.
    let field: String
    let text: String
}

/// A field of one line with its label, hint and error (ui.md 3.8).
struct Field: Component {
    let id: String
    let name: String
    let label: String
    var hint: String?
    var value = ""
    var type: StaticString = "text"
    var autocomplete: StaticString = "off"
    var inputMode: StaticString = "text"
    var maxLength = 254
    var isRequired = true
    /// True for the one field for which one came.
    var hasFocus = false
    /// A link at the end of the label's line.
    var labelEnd: Node?
    var mistake: String?
    /// An enhancement of `app.js`.
    var boot: StaticString?

    var body: Node {
        div(.class(mistake == nil ? "field" : "field field--err")) {
            span(.class("row-b")) {
                HTML.label(.for(id)) { label }
                if let labelEnd { labelEnd }
            }
            if let hint { span(.class("hint"), .id("\(id)-aide")) { hint } }
            if let mistake { ErrorLine(id: "\(id)-erreur", text: mistake) }
            if isPassword { passwordControl } else { control }
        }
    }

    private var isPassword: Bool { "\(type)" == "password" }

    private var control: Node {
        input(
            .class("input"), .id(id), .name(name), .type(type), .value(KeptEntry.value(name) ?? value),
            .autocomplete(autocomplete),
            .inputMode(inputMode), .maxLength(maxLength), .required(isRequired), .spellcheck(false),
            .autofocus(hasFocus), .ariaInvalid(mistake != nil),
            .explained(id, hint: hint, mistake: mistake),
            .dataBoot(boot))
    }

    /// Passwords are never sent back. The button is revealed by the script that makes it work.
    private var passwordControl: Node {
        span(.class("pw")) {
            input(
                .class("input"), .id(id), .name(name), .type("password"), .autocomplete(autocomplete),
                .maxLength(maxLength), .required(isRequired), .spellcheck(false),
                .ariaInvalid(mistake != nil),
                .explained(id, hint: hint, mistake: mistake))
            button(
                .class("btn btn--q btn--sm"), .type("button"), .ariaControls(id), .hidden(true),
                .dataBoot("reveal"), .dataOther(t("Masquer"))
            ) {
                span { t("Afficher") }
                span(.class("vh")) { ": " + label }
            }
        }
    }
}

/// The error under a label; its first word is heard, its icon seen.
struct ErrorLine: Component {
    let id: String
    let text: String

    var body: Node {
        span(.class("err"), .id(id)) {
            Icon.alert
            span {
                span(.class("vh")) { t("Erreur :") + " " }
                text
            }
        }
    }
}

/// All that is wrong with a form, before its heading, with the focus on load.
struct ErrorSummary: Component {
    let mistakes: [FieldMistake]

    var body: Node {
        div(
            .class("errsum"), .role("alert"), .tabindex(-1), .autofocus(true), .ariaLabelledBy("erreurs")
        ) {
            h2(.id("erreurs")) {
                t(one: "Il y a une erreur", other: "Il y a {count} erreurs", count: mistakes.count)
            }
            ul {
                for mistake in mistakes {
                    li { link(.href(anchor: mistake.field)) { mistake.text } }
                }
            }
        }
    }
}
