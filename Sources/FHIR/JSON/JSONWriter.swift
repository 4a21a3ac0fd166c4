extension JSON {
    /// The value as UTF-8 JSON without white space; members keep their order.
    public var bytes: [UInt8] {
        var text: [UInt8] = []
        append(to: &text)
        return text
    }

    private func append(to text: inout [UInt8]) {
        switch self {
        case .object(let members):
            text.append(0x7B)
            for (index, member) in members.enumerated() {
                if index > 0 { text.append(0x2C) }
                member.name.appendQuoted(to: &text)
                text.append(0x3A)
                member.value.append(to: &text)
            }
            text.append(0x7D)
        case .array(let items):
            text.append(0x5B)
            for (index, item) in items.enumerated() {
                if index > 0 { text.append(0x2C) }
                item.append(to: &text)
            }
            text.append(0x5D)
        case .string(let string): string.appendQuoted(to: &text)
        case .data(let escaped):
            text.append(0x22)
            text += escaped
            text.append(0x22)
        case .number(let number): text += number.utf8
        case .bool(let bool): text += (bool ? "true" : "false").utf8
        case .null: text += "null".utf8
        }
    }
}

extension String {
    /// Appends the text in quotation marks, escaped byte by byte: a quotation mark followed by a combining
    /// mark is another `Character` and would slip through a comparison of characters.
    fileprivate func appendQuoted(to text: inout [UInt8]) {
        text.append(0x22)
        for byte in utf8 {
            switch byte {
            case 0x22, 0x5C: text += [0x5C, byte]
            case 0x0A: text += [0x5C, 0x6E]
            case 0x0D: text += [0x5C, 0x72]
            case 0x09: text += [0x5C, 0x74]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                text += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            default: text.append(byte)
            }
        }
        text.append(0x22)
    }
}
