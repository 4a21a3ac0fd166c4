/// The outer CBOR map of a registration: `fmt`, `attStmt`, `authData`. Only the last is taken; the rest is passed over
/// within limits. Canonical CTAP2 only: definite lengths, text keys.
enum AttestationObject {
    /// - Returns: the authenticator data, or nil when it is anything else.
    static func authenticatorData(in bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count <= 8192 else { return nil }
        var reader = Reader(rest: bytes[...])
        guard let head = reader.head(), head.major == 5, head.value <= 8 else { return nil }
        var found: [UInt8]?
        for _ in 0..<head.value {
            guard let key = reader.text() else { return nil }
            if key.elementsEqual("authData".utf8) {
                guard found == nil, let data = reader.bytes() else { return nil }
                found = Array(data)
            } else if !reader.skip(depth: 0) {
                return nil
            }
        }
        return reader.rest.isEmpty ? found : nil
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        /// Kind and number of the next item.
        mutating func head() -> (major: UInt8, value: UInt64)? {
            guard let first = rest.popFirst() else { return nil }
            let low = first & 0x1F
            if low < 24 { return (first >> 5, UInt64(low)) }
            guard low <= 27 else { return nil }
            let count = 1 << Int(low - 24)
            guard rest.count >= count else { return nil }
            let value = rest.prefix(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            rest = rest.dropFirst(count)
            return (first >> 5, value)
        }

        mutating func text() -> ArraySlice<UInt8>? { string(major: 3) }
        mutating func bytes() -> ArraySlice<UInt8>? { string(major: 2) }

        private mutating func string(major: UInt8) -> ArraySlice<UInt8>? {
            guard let head = head(), head.major == major else { return nil }
            return take(head.value)
        }

        private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
            guard count <= UInt64(rest.count) else { return nil }
            let taken = rest.prefix(Int(count))
            rest = rest.dropFirst(Int(count))
            return taken
        }

        /// Passes over one item, with what is in it.
        mutating func skip(depth: Int) -> Bool {
            guard depth < 8, let head = head() else { return false }
            switch head.major {
            case 0, 1: return true
            case 2, 3: return take(head.value) != nil
            case 4, 5:
                guard head.value <= 64 else { return false }
                for _ in 0..<(head.value * (head.major == 5 ? 2 : 1)) where !skip(depth: depth + 1) {
                    return false
                }
                return true
            case 6: return skip(depth: depth + 1)
            default: return true
            }
        }
    }
}
