/// The languages of the portal. French is the source: its sentences stand in the pages.
package enum Language: String, Sendable, CaseIterable {
    case french = "fr"
    case german = "de"
    case italian = "it"
    case english = "en"
}
