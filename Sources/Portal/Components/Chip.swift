package import HTML

/// A word about the state of a thing; never a control.
package struct Chip: Component {
    package enum Kind: String, Sendable { case neutral, info, ok, warn, danger, violet }
    package let text: String
    package let kind: Kind

    package init(_ text: String, _ kind: Kind) {
        self.text = text
        self.kind = kind
    }

    package var body: Node { span(.class("chip chip--\(kind.rawValue)")) { text } }
}

/// What a list says when it has nothing to show: a sentence, and one way on.
struct EmptyState: Component {
    let text: String
    var explanation: [String] = []
    var way: (path: Path, text: String)?

    var body: Node {
        div(.class("empty")) {
            p(.class("empty__t")) { text }
            for line in explanation { p { line } }
            if let way {
                p { link(.class("btn btn--s btn--sm"), .href(way.path)) { way.text } }
            }
        }
    }
}

/// Terms and their values, for checks and identities.
struct SummaryList: Component {
    let rows: [(term: String, value: Node)]

    var body: Node {
        dl(.class("sum")) {
            for row in rows {
                div {
                    dt { row.term }
                    dd { row.value }
                }
            }
        }
    }
}

extension Theme {
    /// The button of this scheme.
    var name: String {
        switch self {
        case .system: t("Automatique")
        case .light: t("Clair")
        case .dark: t("Sombre")
        }
    }
}
