import HTML

/// One of the values that a form offers.
struct Choice: Sendable {
    let value: String
    let text: String
    /// A sentence under the words, if they need one.
    var explanation: String?
}

/// The frame of a question with several answers: its words, its hint, what is wrong with it.
private struct ChoiceGroup: Component {
    let name: String
    let legend: String
    let hint: String?
    let mistake: String?
    let content: Node

    init(name: String, legend: String, hint: String?, mistake: String?, @Markup content: () -> Node) {
        self.name = name
        self.legend = legend
        self.hint = hint
        self.mistake = mistake
        self.content = content()
    }

    var body: Node {
        fieldset(
            .class(mistake == nil ? "choices" : "choices field--err"), .id(name),
            .explained(name, hint: hint, mistake: mistake)
        ) {
            HTML.legend(.class("choices__l")) { legend }
            if let hint { p(.class("hint"), .id("\(name)-aide")) { hint } }
            if let mistake { ErrorLine(id: "\(name)-erreur", text: mistake) }
            content
        }
    }
}

/// A question with one answer, each as a card that can be touched anywhere.
struct RadioCards: Component {
    let name: String
    let legend: String
    var hint: String?
    let choices: [Choice]
    let selected: String
    var mistake: String?

    var body: Node {
        ChoiceGroup(name: name, legend: legend, hint: hint, mistake: mistake) {
            div(.class("choices__c")) { for choice in choices { card(choice) } }
        }.body
    }

    private func card(_ choice: Choice) -> Node {
        label(.class("choice"), .for("\(name)-\(choice.value)")) {
            input(
                .type("radio"), .id("\(name)-\(choice.value)"), .name(name), .value(choice.value),
                .checked(choice.value == KeptEntry.value(name) ?? selected))
            span {
                choice.text
                if let explanation = choice.explanation { small { explanation } }
            }
        }
    }
}

/// Many values of which any number may be chosen, folded under what is chosen now. Each is a field of its own,
/// `name-value`.
struct CheckList: Component {
    let name: String
    let legend: String
    var hint: String?
    /// What the folded list says.
    let summary: String
    let choices: [Choice]
    let selected: Set<String>
    var mistake: String?
    /// Unfolded from the beginning, where the list is all there is.
    var isOpen = false

    var body: Node {
        ChoiceGroup(name: name, legend: legend, hint: hint, mistake: mistake) {
            details(.class("fold"), .open(isOpen || mistake != nil)) {
                HTML.summary(.class("fold__s")) {
                    span { summary }
                    Icon.chevronDown
                }
                div(.class("fold__c")) { for choice in choices { box(choice) } }
            }
        }.body
    }

    private func box(_ choice: Choice) -> Node {
        label(.class("check"), .for("\(name)-\(choice.value)")) {
            input(
                .type("checkbox"), .id("\(name)-\(choice.value)"), .name("\(name)-\(choice.value)"),
                .value("1"),
                .checked(
                    KeptEntry.isTicked("\(name)-\(choice.value)") ?? selected.contains(choice.value)))
            span { choice.text }
        }
    }
}

/// One answer of a list that opens.
struct SelectField: Component {
    let name: String
    let label: String
    var hint: String?
    let choices: [Choice]
    let selected: String
    var mistake: String?

    var body: Node {
        FieldFrame(id: name, label: label, hint: hint, mistake: mistake) {
            select(
                .class("input"), .id(name), .name(name), .ariaInvalid(mistake != nil),
                .explained(name, hint: hint, mistake: mistake)
            ) {
                for choice in choices {
                    option(.value(choice.value), .selected(choice.value == KeptEntry.value(name) ?? selected))
                    { choice.text }
                }
            }
        }.body
    }
}

/// The foot of a form of the profile: back to what is saved on the left, saving on the right (PRO-04).
struct SaveBar: Component {
    /// The form as it is saved.
    let reset: Path

    var body: Node {
        div(.class("savebar")) {
            link(.class("btn btn--s btn--caps"), .href(reset)) { t("Rétablir") }
            button(.class("btn btn--p btn--caps")) { t("Sauvegarder") }
        }
    }
}
