public import Access
import Vault

/// Words in the address of a list: a patient's name never stands in one, so the words are sealed for whom and for which
/// space they were typed. Always of the same length, and nothing is stored.
extension DocumentActions {
    private static let sealedBytes = 128

    /// What stands in the address; empty for nothing.
    public func sealSearch(_ words: String, _ viewer: Viewer) throws -> String {
        try seal(words, Self.context(viewer))
    }

    /// The words; nil when they were sealed for somebody else, or by nobody.
    public func openSearch(_ sealed: String, _ viewer: Viewer) -> String? {
        open(sealed, Self.context(viewer))
    }

    /// The same for somebody of a service of the hospital, who has no space.
    public func sealSearch(_ words: String, _ holder: Holder) throws -> String {
        try seal(words, Self.context(holder))
    }

    /// The words of somebody of a service; nil when they were sealed for somebody else, or by nobody.
    public func openSearch(_ sealed: String, _ holder: Holder) -> String? {
        open(sealed, Self.context(holder))
    }

    private func seal(_ words: String, _ context: String) throws -> String {
        var kept = ""
        for scalar in words.unicodeScalars where scalar != "\0" {
            guard kept.utf8.count + 4 <= Self.sealedBytes else { break }
            kept.unicodeScalars.append(scalar)
        }
        guard !kept.isEmpty else { return "" }
        let bytes = Array(kept.utf8) + [UInt8](repeating: 0, count: Self.sealedBytes - kept.utf8.count)
        return Base64URL.encode(try keyring.seal(bytes, for: .searches, context: context))
    }

    private func open(_ sealed: String, _ context: String) -> String? {
        guard sealed.utf8.count <= 400, let bytes = Base64URL.decode(sealed),
            let open = try? keyring.open(bytes, for: .searches, context: context)
        else { return nil }
        return String(decoding: open.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func context(_ viewer: Viewer) -> String {
        "search \(viewer.accountID.rawValue) \(viewer.principalID.rawValue)"
    }

    private static func context(_ holder: Holder) -> String { "search \(holder.accountID.rawValue) service" }
}
