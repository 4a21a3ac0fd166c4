/// A field, a repetition, a component or a subcomponent: bytes of the message with the means to read them.
public struct Part: Sendable {
    public let bytes: ArraySlice<UInt8>
    let format: Format

    public var isEmpty: Bool { bytes.isEmpty || isNull }

    /// Two quotation marks: «delete what you know», which is not the same as saying nothing.
    public var isNull: Bool { bytes.count == 2 && bytes.allSatisfy { $0 == 0x22 } }

    /// The occurrences of a repeating field; none when it is empty.
    public var repetitions: [Part] {
        guard !bytes.isEmpty else { return [] }
        return bytes.split(at: format.separators.repetition).prefix(Message.Limits.repetitions).map(part)
    }

    /// The first occurrence.
    public var first: Part {
        bytes.position(of: format.separators.repetition).map { part(bytes.startIndex..<$0) } ?? self
    }

    /// A component of the first occurrence, from 1 on; empty when it is not there.
    public func component(_ number: Int) -> Part {
        let first = first
        return first.nth(number, at: format.separators.component)
    }

    /// A subcomponent, from 1 on.
    public func subcomponent(_ number: Int) -> Part { nth(number, at: format.separators.subcomponent) }

    /// The text with its escapes resolved and without control characters but line breaks; nil when it is empty or
    /// null.
    public var text: String? {
        guard !isEmpty else { return nil }
        let text = format.characterSet.decode(content)
        let cleaned = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0 == "\n" || !($0.value < 0x20 || (0x7F...0x9F).contains($0.value)) ? $0 : " "
                }))
        let trimmed = cleaned.trimmingSpaces
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The text of a field of TX or FT as it should be shown, line by line: repetitions and line breaks end one, spaces
    /// at its beginning stay, tables are aligned by them. One empty line for an empty field.
    public var lines: [String] {
        let parts = isEmpty ? [self] : repetitions
        return parts.flatMap { part -> [String] in
            let text = part.isNull ? "" : format.characterSet.decode(part.content)
            return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                var shown = String.UnicodeScalarView()
                for scalar in line where scalar != "\r" {
                    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    shown.append(isControl ? " " : scalar)
                }
                while shown.last == " " { shown.removeLast() }
                return String(shown)
            }
        }
    }

    /// The bytes with their escapes resolved.
    public var content: ArraySlice<UInt8> {
        bytes.position(of: format.separators.escape) == nil
            ? bytes : Escapes.resolve(bytes, format.separators)
    }

    private func nth(_ number: Int, at separator: UInt8) -> Part {
        var start = bytes.startIndex
        var left = number
        while left > 1, let position = bytes[start...].position(of: separator) {
            start = position + 1
            left -= 1
        }
        guard left == 1 else { return Part(bytes: [], format: format) }
        return part(start..<(bytes[start...].position(of: separator) ?? bytes.endIndex))
    }

    private func part(_ range: Range<Int>) -> Part { Part(bytes: bytes[range], format: format) }
}

/// `\F\` and its kin.
enum Escapes {
    /// Resolves separators (`\F\ \S\ \T\ \R\ \E\`), bytes in hexadecimal (`\X0D0A\`) and line breaks (`\.br\`, `\.sp\`).
    /// Highlighting and foreign sequences are left out; an escape character that opens nothing stands for itself, as
    /// in `C:\briefe`.
    static func resolve(_ bytes: ArraySlice<UInt8>, _ separators: Separators) -> ArraySlice<UInt8> {
        var resolved: [UInt8] = []
        resolved.reserveCapacity(bytes.count)
        var start = bytes.startIndex
        while let open = bytes[start...].position(of: separators.escape) {
            resolved += bytes[start..<open]
            let after = open + 1
            guard let close = bytes[after...].position(of: separators.escape),
                let meaning = meaning(of: bytes[after..<close], separators)
            else {
                resolved.append(separators.escape)
                start = after
                continue
            }
            resolved += meaning
            start = close + 1
        }
        resolved += bytes[start...]
        return resolved[...]
    }

    /// - Returns: nil when it is no escape sequence.
    private static func meaning(of sequence: ArraySlice<UInt8>, _ separators: Separators) -> [UInt8]? {
        guard let kind = sequence.first, sequence.count <= 4_096 else { return nil }
        let rest = sequence.dropFirst()
        switch kind {
        case 0x46 where rest.isEmpty: return [separators.field]
        case 0x53 where rest.isEmpty: return [separators.component]
        case 0x54 where rest.isEmpty: return [separators.subcomponent]
        case 0x52 where rest.isEmpty: return [separators.repetition]
        case 0x45 where rest.isEmpty: return [separators.escape]
        case 0x48 where rest.isEmpty, 0x4E where rest.isEmpty: return []
        case 0x58: return hexadecimal(rest)
        case 0x2E: return formatting(rest)
        case 0x43, 0x4D, 0x5A:
            return rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) && rest.count <= 40 ? [] : nil
        default: return nil
        }
    }

    private static func formatting(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        guard word.count <= 8, word.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let isBreak = ["br", "sp", "ce"].contains { word.starts(with: $0.utf8) }
        return isBreak ? [0x0A] : []
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
        var bytes: [UInt8] = []
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let high = digit(digits[index]), let low = digit(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
            index += 2
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

extension String {
    /// Without spaces and line breaks at both ends.
    var trimmingSpaces: String {
        let scalars = unicodeScalars.drop { $0 == " " || $0 == "\n" }
        var view = String.UnicodeScalarView(scalars)
        while let last = view.last, last == " " || last == "\n" { view.removeLast() }
        return String(view)
    }
}
