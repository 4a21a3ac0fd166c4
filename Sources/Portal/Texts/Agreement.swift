/// French participles agree with whom they are about, as far as the title tells.
enum Agreement {
    private static let feminine: Set<String> = ["Dre", "Mme", "Pre", "Docteure", "Madame"]

    /// - Parameter displayName: «Dre Claire Favre». Without a title, or with one of both sexes, the masculine stands.
    static func isFeminine(_ displayName: String) -> Bool {
        displayName.split(separator: " ").first.map { feminine.contains(String($0)) } ?? false
    }
}
