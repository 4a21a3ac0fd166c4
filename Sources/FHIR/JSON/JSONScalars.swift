/// Strings and numbers.
extension JSONReader {
    /// Reads the string that starts here, unescaped. `limit` counts bytes as written, without the quotes.
    mutating func string(limit: Int) throws(JSONFault) -> String {
        let opening = position
        position += 1
        let start = position
        position = endOfPlainRun(from: start)
        if next == 0x22 {
            try check(length: position - start, limit: limit, from: opening)
            let text = try validated(bytes.span.extracting(start..<position), from: start)
            position += 1
            return text
        }
        var unescaped = Array(bytes[start..<position])
        while next != 0x22 {
            try check(length: position - start, limit: limit, from: opening)
            try appendEscape(to: &unescaped)
            let run = position
            position = endOfPlainRun(from: run)
            unescaped += bytes[run..<position]
        }
        try check(length: position - start, limit: limit, from: opening)
        position += 1
        return try validated(unescaped.span, from: start)
    }

    /// Passes the string that starts here, checked like any other but neither copied nor unescaped.
    mutating func untouchedString() throws(JSONFault) -> ArraySlice<UInt8> {
        position += 1
        let start = position
        var discarded: [UInt8] = []
        position = endOfPlainRun(from: start)
        while next != 0x22 {
            discarded.removeAll(keepingCapacity: true)
            try appendEscape(to: &discarded)
            position = endOfPlainRun(from: position)
        }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span.extracting(start..<position))
        } catch {
            throw fault("The text is not valid UTF-8", at: start + error.byteOffsets.lowerBound)
        }
        let text = bytes[start..<position]
        position += 1
        return text
    }

    private func check(length: Int, limit: Int, from opening: Int) throws(JSONFault) {
        guard length <= limit else {
            throw fault("A string has more than \(limit) bytes", at: opening, .cost)
        }
    }

    private func validated(_ text: Span<UInt8>, from start: Int) throws(JSONFault) -> String {
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: text))
        } catch {
            throw fault("The text is not valid UTF-8", at: start)
        }
    }

    /// Where the run of bytes that stand for themselves ends: at a quote, a backslash, a control or the end.
    /// Eight bytes at a time, because a document of 25 MB comes through here.
    private func endOfPlainRun(from start: Int) -> Int {
        let raw = bytes.span.bytes
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index + 8 <= bytes.count {
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let special =
                ((word &- (ones &* 0x20)) & ~word) | ((quote &- ones) & ~quote)
                | ((backslash &- ones) & ~backslash)
            if special & highs != 0 { break }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
            index += 1
        }
        return index
    }

    /// Reads the escape that starts here and appends the UTF-8 of what it stands for.
    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONFault) {
        guard let byte = next else { throw fault("The text ends inside a string") }
        guard byte == 0x5C else { throw fault("A control character stands in a string") }
        guard position + 1 < bytes.count else { throw fault("The text ends inside a string") }
        switch bytes[position + 1] {
        case 0x22: text.append(0x22)
        case 0x5C: text.append(0x5C)
        case 0x2F: text.append(0x2F)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0C)
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x75: return try appendUnicodeEscape(to: &text)
        default: throw fault("An unknown escape stands in a string")
        }
        position += 2
    }

    private mutating func appendUnicodeEscape(to text: inout [UInt8]) throws(JSONFault) {
        let start = position
        let first = try hexadecimalUnit()
        var code = UInt32(first)
        if 0xD800...0xDBFF ~= first {
            guard next == 0x5C, position + 1 < bytes.count, bytes[position + 1] == 0x75 else {
                throw fault("A surrogate stands alone", at: start)
            }
            let second = try hexadecimalUnit()
            guard 0xDC00...0xDFFF ~= second else { throw fault("A surrogate stands alone", at: start) }
            code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard code != 0 else { throw fault("U+0000 stands in a string", at: start) }
        guard let scalar = Unicode.Scalar(code) else { throw fault("A surrogate stands alone", at: start) }
        text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }

    /// Passes `\uXXXX`.
    private mutating func hexadecimalUnit() throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for index in position + 2..<position + 6 {
            guard index < bytes.count else { throw fault("The text ends inside a string") }
            guard let digit = hexadecimalDigit(bytes[index]) else {
                throw fault("Four hexadecimal digits should follow \\u")
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 6
        return unit
    }

    /// Reads a number and keeps it as written.
    mutating func number() throws(JSONFault) -> String {
        let start = position
        if next == 0x2D { position += 1 }
        if next == 0x30 { position += 1 } else { try digits() }
        if next == 0x2E {
            position += 1
            try digits()
        }
        if next == 0x65 || next == 0x45 {
            position += 1
            if next == 0x2B || next == 0x2D { position += 1 }
            try digits()
        }
        guard position - start <= limits.numberBytes else {
            throw fault("A number has more than \(limits.numberBytes) characters", at: start, .cost)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONFault) {
        let start = position
        while let byte = next, 0x30...0x39 ~= byte { position += 1 }
        guard position > start else { throw fault("A digit should stand here") }
    }
}

/// The value of an ASCII hexadecimal digit.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}
