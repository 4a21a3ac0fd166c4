/// The languages of the portal. French is the source: its sentences stand in the pages.
package enum Language: String, Sendable, CaseIterable {
    case french = "fr"
    case german = "de"
    case italian = "it"
    case english = "en"

    /// The language's own name, never translated.
    package var ownName: String {
        switch self {
        case .french: "Français"
        case .german: "Deutsch"
        case .italian: "Italiano"
        case .english: "English"
        }
    }
}
