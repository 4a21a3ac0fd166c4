/// Base64 (RFC 4648 section 4) as it stands inside a JSON string.
public enum Base64 {
    /// Why a text is not base64. Offsets count bytes of the text as written.
    public enum Fault: Error, Sendable, Equatable {
        /// A byte outside the alphabet, among them `-` and `_` of the URL-safe alphabet.
        case alphabet(offset: Int)
        /// Padding is missing, stands in the middle, or hides bits.
        case padding
        /// The content has more bytes than allowed.
        case size
    }

    /// 0…63 for the letters of the alphabet, 0xFF for every other byte.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, letter) in alphabet.utf8.enumerated() { table[Int(letter)] = UInt8(value) }
        return table
    }()

    /// Decodes a text. White space and JSON escapes (`\n`, `\/`, `\u002b` …) are allowed anywhere between
    /// letters, everything else outside the alphabet is refused, and so is wrong padding.
    /// `limit` is the largest content, in bytes.
    public static func decode(_ text: ArraySlice<UInt8>, limit: Int) throws(Fault) -> [UInt8] {
        // white space may make the text longer than its content needs, so this is only an upper bound
        let bound = text.count / 4 * 3 + 3
        let capacity = limit < bound ? limit + 6 : bound
        var fault: Fault?
        let content = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            text.withUnsafeBufferPointer { input in
                values.withUnsafeBufferPointer { values in
                    var decoding = Decoding(input: input, values: values, output: output, limit: limit)
                    fault = decoding.run()
                    count = fault == nil ? decoding.written : 0
                }
            }
        }
        if let fault { throw fault }
        return content
    }

    /// Decodes a text that is already a string, such as a `hash`.
    public static func decode(_ text: String, limit: Int = 64 * 1024) throws(Fault) -> [UInt8] {
        try decode(Array(text.utf8)[...], limit: limit)
    }

    /// The base64 text of some bytes, with padding and without line breaks.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        func flush(_ letters: Int) {
            for index in 0..<4 {
                let value = Int(group >> UInt32(18 - 6 * index)) & 0x3F
                text.append(index < letters ? alphabet[value] : 0x3D)
            }
        }
        for byte in bytes {
            group |= UInt32(byte) << UInt32(16 - 8 * count)
            count += 1
            if count == 3 {
                flush(4)
                group = 0
                count = 0
            }
        }
        if count > 0 { flush(count + 1) }
        return String(decoding: text, as: UTF8.self)
    }
}

/// One decoding at work, on unchecked buffers for speed: each read is preceded by a test against
/// `input.count`, each write by one against `output.count`.
private struct Decoding {
    let input: UnsafeBufferPointer<UInt8>
    let values: UnsafeBufferPointer<UInt8>
    let output: UnsafeMutableBufferPointer<UInt8>
    let limit: Int
    private var next = 0
    private(set) var written = 0

    init(
        input: UnsafeBufferPointer<UInt8>, values: UnsafeBufferPointer<UInt8>,
        output: UnsafeMutableBufferPointer<UInt8>, limit: Int
    ) {
        self.input = input
        self.values = values
        self.output = output
        self.limit = limit
    }

    mutating func run() -> Base64.Fault? {
        while true {
            decodeWholeGroups()
            if written > limit { return .size }
            var group: UInt32 = 0
            var letters = 0
            while letters < 4 {
                let start = next
                guard let byte = byte() else {
                    if start < input.count { return .alphabet(offset: start) }
                    return letters > 0 ? .padding : written > limit ? .size : nil
                }
                if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { continue }
                if byte == 0x3D { return finish(group, letters: letters) }
                guard values[Int(byte)] < 64 else { return .alphabet(offset: start) }
                group = group << 6 | UInt32(values[Int(byte)])
                letters += 1
            }
            guard written + 3 <= output.count else { return .size }
            write(group, bytes: 3)
        }
    }

    /// The fast path: groups of four letters with nothing between them.
    private mutating func decodeWholeGroups() {
        var from = next
        var to = written
        while from + 4 <= input.count, to + 3 <= output.count, to <= limit {
            let a = values[Int(input[from])]
            let b = values[Int(input[from + 1])]
            let c = values[Int(input[from + 2])]
            let d = values[Int(input[from + 3])]
            if (a | b | c | d) & 0x80 != 0 { break }
            output[to] = a << 2 | b >> 4
            output[to + 1] = b << 4 | c >> 2
            output[to + 2] = c << 6 | d
            from += 4
            to += 3
        }
        next = from
        written = to
    }

    private mutating func write(_ group: UInt32, bytes: Int) {
        for index in 0..<bytes {
            output[written] = UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * index))
            written += 1
        }
    }

    /// The padding after two or three letters, and after it nothing but white space.
    private mutating func finish(_ group: UInt32, letters: Int) -> Base64.Fault? {
        guard letters >= 2 else { return .padding }
        var missing = 4 - letters - 1
        while let byte = byte() {
            if byte == 0x3D, missing > 0 {
                missing -= 1
            } else if byte != 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 {
                return .padding
            }
        }
        let aligned = group << UInt32(6 * (4 - letters))
        let hidden: UInt32 = letters == 2 ? 0xFFFF : 0xFF
        guard next == input.count, missing == 0, aligned & hidden == 0 else { return .padding }
        guard written + letters - 1 <= min(limit, output.count) else { return .size }
        write(aligned, bytes: letters - 1)
        return nil
    }

    /// The next byte, unescaped; nil at the end, or, without moving, at an escape that cannot be base64.
    private mutating func byte() -> UInt8? {
        guard next < input.count else { return nil }
        guard input[next] == 0x5C else {
            next += 1
            return input[next - 1]
        }
        guard next + 1 < input.count else { return nil }
        switch input[next + 1] {
        case 0x2F: return pass(2, 0x2F)
        case 0x6E, 0x72, 0x74: return pass(2, 0x0A)
        case 0x75 where next + 6 <= input.count && input[next + 2] == 0x30 && input[next + 3] == 0x30:
            guard let high = hexadecimalDigit(input[next + 4]), let low = hexadecimalDigit(input[next + 5])
            else {
                return nil
            }
            return pass(6, high << 4 | low)
        default: return nil
        }
    }

    private mutating func pass(_ count: Int, _ byte: UInt8) -> UInt8 {
        next += count
        return byte
    }
}
