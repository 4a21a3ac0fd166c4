import Vault

/// A browser in which somebody has signed in before is told apart from a stranger's: it keeps a number of its
/// own, with one mark for each account that has signed in there. Its tries are counted for themselves, so that
/// who knows an address can make strangers wait, but not the doctor at her own machine. It opens nothing.
extension AccessActions {
    /// Accounts that one browser remembers: a practice has a few, not a hundred.
    static var accountsPerBrowser: Int { 8 }

    /// The cookie's next value, after a whole sign-in.
    public func remember(_ account: Account, in cookie: String?) -> String {
        var parts = Self.parts(of: cookie ?? "") ?? [RandomText.identifier()]
        let mark = browserMark(parts[0], account.email)
        parts.removeAll { areEqualSecrets($0, mark) }
        parts.insert(mark, at: 1)
        return parts.prefix(1 + Self.accountsPerBrowser).joined(separator: ".")
    }

    /// - Returns: the browser's number when this address has signed in there.
    func browserNumber(_ cookie: String?, knowing address: String) -> String? {
        guard let parts = cookie.flatMap(Self.parts) else { return nil }
        let mark = browserMark(parts[0], address)
        return parts.dropFirst().contains { areEqualSecrets($0, mark) } ? parts[0] : nil
    }

    private func browserMark(_ number: String, _ address: String) -> String {
        keyring.mac(.codes, Array("browser \(number) \(address)".utf8)).prefix(16).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
    }

    /// The number and its marks, 32 hex digits each; nil for anything else.
    private static func parts(of cookie: String) -> [String]? {
        let parts = cookie.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...(1 + accountsPerBrowser)).contains(parts.count),
            parts.allSatisfy({
                $0.count == 32
                    && $0.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            })
        else { return nil }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }
}
