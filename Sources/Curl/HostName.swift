/// Checks of host names in settings, by bytes.
public enum HostName {
    /// Letters, digits, dots, hyphens and the colons of IPv6: nothing that could change a URL's meaning.
    public static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= 253
            && bytes.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == 0x2D || $0 == 0x2E || $0 == 0x3A
            }
    }

    /// This very machine. Names only, nothing is looked up.
    public static func isLoopback(_ text: String) -> Bool {
        ["localhost", "127.0.0.1", "::1"].contains { Array($0.utf8) == Array(text.utf8) }
    }
}
