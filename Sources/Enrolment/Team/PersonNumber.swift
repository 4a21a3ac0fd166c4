/// The number by which the institution knows a person, whatever accounts he has: four eyes are two of them.
enum PersonNumber {
    /// Letters and digits of ASCII in capitals. Spaces, hyphens, dots and slashes go, so that a number that is written in
    /// two ways stays one; any other character is refused, because two that look alike are not.
    /// - Returns: nil unless 1 to 50 characters are left.
    static func normalised(_ text: String) -> String? {
        let kept = text.unicodeScalars.filter { !" -./".unicodeScalars.contains($0) }
        let isPlain = kept.allSatisfy {
            ("A"..."Z").contains($0) || ("a"..."z").contains($0) || ("0"..."9").contains($0)
        }
        guard isPlain, (1...50).contains(kept.count) else { return nil }
        return String(String.UnicodeScalarView(kept)).uppercased()
    }
}
