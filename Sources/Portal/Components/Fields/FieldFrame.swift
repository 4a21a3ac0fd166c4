import HTML

/// What stands around a control: its label, its hint, what is wrong with it. The control bears the identifier `id` and says
/// by `Attribute.explained` where it is explained.
struct FieldFrame: Component {
    private let id: String
    private let label: String
    private let hint: String?
    private let mistake: String?
    private let control: Node

    init(id: String, label: String, hint: String?, mistake: String?, @Markup control: () -> Node) {
        self.id = id
        self.label = label
        self.hint = hint
        self.mistake = mistake
        self.control = control()
    }

    var body: Node {
        div(.class(mistake == nil ? "field" : "field field--err")) {
            HTML.label(.for(id)) { label }
            if let hint { span(.class("hint"), .id("\(id)-aide")) { hint } }
            if let mistake { ErrorLine(id: "\(id)-erreur", text: mistake) }
            control
        }
    }
}

extension Attribute {
    /// Points from a control to its hint and its error, as far as there are any.
    static func explained(_ id: String, hint: String?, mistake: String?) -> Attribute {
        .ariaDescribedBy(hint == nil ? "" : "\(id)-aide", mistake == nil ? "" : "\(id)-erreur")
    }
}
