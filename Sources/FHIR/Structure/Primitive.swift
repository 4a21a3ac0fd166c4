/// The primitive types of FHIR R4 and the form of their values. Everything is compared by bytes.
enum Primitive: String {
    case boolean, integer, unsignedInt, positiveInt, decimal
    case string, markdown, xhtml, code, id, uri, url, canonical, oid, uuid
    case date, dateTime, instant, time, base64Binary

    /// What is wrong with this value for this type, as an English sentence; nil when nothing is.
    func mistake(in value: JSON) -> String? {
        switch self {
        case .boolean:
            if case .bool = value { return nil }
            return "should be true or false"
        case .integer, .unsignedInt, .positiveInt, .decimal:
            guard case .number(let number) = value else { return "should be a number" }
            return numberMistake(number)
        default:
            switch value {
            case .data: return self == .base64Binary ? nil : "should be a plain string"
            case .string(let text): return textMistake(text)
            default: return "should be a string"
            }
        }
    }

    private func numberMistake(_ number: String) -> String? {
        if self == .decimal { return nil }
        guard let integer = Int32(number), number.utf8.first != 0x2B else {
            return "should be a whole number of at most 32 bits"
        }
        return switch self {
        case .unsignedInt where integer < 0: "should not be negative"
        case .positiveInt where integer < 1: "should be positive"
        default: nil
        }
    }

    private func textMistake(_ text: String) -> String? {
        guard !text.utf8.isEmpty else { return "should not be empty" }
        return switch self {
        case .code: text.isCode ? nil : "should be a code, without outer or double spaces"
        case .id: text.isResourceID ? nil : "should be 1 to 64 letters, digits, hyphens or dots"
        case .uri, .url, .canonical, .oid, .uuid:
            text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) ? "should be a URI without spaces" : nil
        case .date: PartialDate(text) == nil ? "should be a date: YYYY, YYYY-MM or YYYY-MM-DD" : nil
        case .dateTime:
            DateTime(text) == nil ? "should be a date, or a date and time with seconds and zone" : nil
        case .instant: Instant(text) == nil ? "should be a date and time with seconds and zone" : nil
        case .time: text.utf8.count >= 8 ? nil : "should be a time: hh:mm:ss"
        default:
            text.utf8.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
                ? "should not hold control characters"
                : text.utf8.allSatisfy({ $0 <= 0x20 }) ? "should not be blank" : nil
        }
    }
}

extension String {
    /// `[A-Za-z0-9\-\.]{1,64}`, the form of a resource's id.
    public var isResourceID: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x2D, 0x2E, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: false
                }
            }
    }

    /// True when it shows as one line: no line breaks, also none of Unicode's own, no tabs, no other controls. What
    /// is shown as a name or a title, and what is compared as a number, is one line.
    var isOneLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: false
            default: true
            }
        }
    }

    /// FHIR's `code`: no control characters, no outer white space, single spaces inside.
    var isCode: Bool {
        var previous: UInt8 = 0x20
        for byte in utf8 {
            if byte < 0x20 || (byte == 0x20 && previous == 0x20) { return false }
            previous = byte
        }
        return previous != 0x20
    }
}
