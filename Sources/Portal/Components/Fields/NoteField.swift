import HTML

/// A text of several lines with its label, hint and error.
struct NoteField: Component {
    let name: String
    let label: String
    var hint: String?
    var value = ""
    var rows = 3
    var maxLength = 2000
    var isRequired = false
    var mistake: String?

    var body: Node {
        FieldFrame(id: name, label: label, hint: hint, mistake: mistake) {
            textarea(
                .class("input"), .id(name), .name(name), .rows(rows), .maxLength(maxLength),
                .required(isRequired), .ariaInvalid(mistake != nil),
                .explained(name, hint: hint, mistake: mistake), text: KeptEntry.value(name) ?? value)
        }.body
    }
}

/// One yes or no.
struct CheckField: Component {
    let name: String
    let label: String
    var hint: String?
    var isChecked = false
    var mistake: String?

    var body: Node {
        div(.class(mistake == nil ? "field" : "field field--err")) {
            if let mistake { ErrorLine(id: "\(name)-erreur", text: mistake) }
            HTML.label(.class("check"), .for(name)) {
                input(
                    .type("checkbox"), .id(name), .name(name), .value("1"),
                    .checked(KeptEntry.isTicked(name) ?? isChecked),
                    .ariaDescribedBy(
                        hint == nil ? "" : "\(name)-aide", mistake == nil ? "" : "\(name)-erreur"))
                span { label }
            }
            if let hint { span(.class("hint"), .id("\(name)-aide")) { hint } }
        }
    }
}
