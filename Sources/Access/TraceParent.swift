/// W3C Trace Context: `00-<32 hex>-<16 hex>-<2 hex>`, lower case, no zeros.
public enum TraceParent {
    /// - Returns: the 32 digits, or nil for anything else.
    public static func traceID(_ header: String?) -> String? {
        let parts = (header ?? "").utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("00".utf8), parts[1].count == 32, parts[2].count == 16,
            parts[1].allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            parts[1].contains(where: { $0 != 0x30 })
        else { return nil }
        return String(decoding: parts[1], as: UTF8.self)
    }
}
