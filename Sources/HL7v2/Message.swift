/// HL7 v2 as bytes: the vertical-bar encoding (ER7) read and written, the data types that intake needs, the frames of
/// MLLP as a state machine, and acknowledgements. Pure: nothing here opens a socket, asks a clock or knows the portal.
///
/// Everything is searched and split by bytes: separators come from the message itself, and `\r\n` is one `Character`.
import Glibc

/// One message, split into segments and fields. Components are split when they are asked for, so that a file of
/// 30 MB in one field is never copied.
public struct Message: Sendable {
    public let separators: Separators
    public private(set) var segments: [Segment]

    /// Why bytes are no message at all.
    public enum Fault: Error, Sendable, Equatable {
        /// It does not begin with MSH: a batch, another format, half a message.
        case noHeader
        /// MSH-1 and MSH-2 name no four separators that differ from each other, from letters, digits and spaces.
        case separators
        /// A line that does not begin with the name of a segment, counted from 1.
        case segmentName(line: Int)
        /// More segments or fields than anybody needs.
        case tooMany
        /// A NUL, which no text has.
        case zeroByte
    }

    /// At most so many, of each.
    public enum Limits {
        public static let segments = 2_000
        public static let fields = 300
        public static let repetitions = 1_000
    }

    public init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.starts(with: "MSH".utf8) else { throw .noHeader }
        guard let separators = Separators(header: bytes) else { throw .separators }
        guard bytes[...].position(of: 0) == nil else { throw .zeroByte }
        self.separators = separators
        let characterSet = CharacterSet.utf8
        segments = []
        var line = 0
        for range in bytes[...].split(atAnyOf: (0x0D, 0x0A)) {
            line += 1
            if range.isEmpty { continue }
            guard segments.count < Limits.segments else { throw .tooMany }
            guard Self.isName(bytes[range], separators) else { throw .segmentName(line: line) }
            let name = String(decoding: bytes[range.prefix(3)], as: UTF8.self)
            guard let fields = Self.fields(bytes, range, separators) else { throw .tooMany }
            segments.append(
                Segment(
                    name: name, sequence: segments.count { $0.name == name } + 1, bytes: bytes,
                    fields: fields,
                    format: Format(separators: separators, characterSet: characterSet)))
        }
    }

    /// The same message, its texts read in another character set.
    public func read(in characterSet: CharacterSet) -> Message {
        var message = self
        for index in segments.indices { message.segments[index].format.characterSet = characterSet }
        return message
    }

    /// A message without segments: what is known of bytes that are none.
    public static let empty = Message()

    private init() {
        separators = .usual
        segments = []
    }

    /// In which field of which segment a byte stands.
    public func location(ofByte index: Int, in bytes: [UInt8]) -> Location? {
        for segment in segments {
            guard let last = segment.fields.last, index < last.upperBound else { continue }
            let field = segment.fields.firstIndex { index < $0.upperBound }
            return segment.location((field ?? 0) + 1)
        }
        return nil
    }

    public func first(_ name: String) -> Segment? { segments.first { $0.name == name } }

    public func all(_ name: String) -> [Segment] { segments.filter { $0.name == name } }

    private static func isName(_ line: ArraySlice<UInt8>, _ separators: Separators) -> Bool {
        guard line.count >= 3 else { return false }
        let name = line.prefix(3)
        let isWord = name.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
        return isWord && (line.count == 3 || line[line.startIndex + 3] == separators.field)
    }

    /// The fields of a segment, from 1 on. In MSH the separator itself is the first one.
    private static func fields(_ bytes: [UInt8], _ range: Range<Int>, _ separators: Separators)
        -> [Range<Int>]?
    {
        let isHeader = bytes[range].starts(with: "MSH".utf8)
        var fields: [Range<Int>] = isHeader ? [range.lowerBound + 3..<range.lowerBound + 4] : []
        let rest = min(range.lowerBound + 4, range.upperBound)..<range.upperBound
        for field in bytes[rest].split(at: separators.field) {
            guard fields.count < Limits.fields else { return nil }
            fields.append(field)
        }
        return fields
    }
}

/// One line of a message.
public struct Segment: Sendable {
    public let name: String
    /// Which one of its name, from 1 on.
    public let sequence: Int
    let bytes: [UInt8]
    let fields: [Range<Int>]
    var format: Format

    /// A field by its number, from 1 on; empty when it is not there.
    public subscript(number: Int) -> Part {
        guard number >= 1, number <= fields.count else { return Part(bytes: [], format: format) }
        return Part(bytes: bytes[fields[number - 1]], format: format)
    }

    /// Its place, for an ERR segment.
    public func location(_ field: Int, repetition: Int? = nil, component: Int? = nil) -> Location {
        Location(
            segment: name, sequence: sequence, field: field, repetition: repetition, component: component)
    }
}

/// How the parts of a message are to be read.
struct Format: Sendable {
    let separators: Separators
    var characterSet: CharacterSet
}

/// The five bytes that structure a message, as its own header names them.
public struct Separators: Sendable, Equatable {
    public let field: UInt8
    public let component: UInt8
    public let repetition: UInt8
    public let escape: UInt8
    public let subcomponent: UInt8

    /// `|^~\&`
    public static let usual = Separators(
        field: 0x7C, component: 0x5E, repetition: 0x7E, escape: 0x5C, subcomponent: 0x26)

    public init(field: UInt8, component: UInt8, repetition: UInt8, escape: UInt8, subcomponent: UInt8) {
        self.field = field
        self.component = component
        self.repetition = repetition
        self.escape = escape
        self.subcomponent = subcomponent
    }

    /// From the first bytes of a message; a fifth character of MSH-2 (truncation, since v2.7) is passed over.
    init?(header: [UInt8]) {
        guard header.count >= 8 else { return nil }
        let found = Array(header[3..<8])
        let isSign = found.allSatisfy { sign in
            let isLetterOrDigit =
                (0x30...0x39).contains(sign) || (0x41...0x5A).contains(sign) || (0x61...0x7A).contains(sign)
            return sign > 0x20 && sign < 0x7F && !isLetterOrDigit
        }
        guard isSign, Set(found).count == 5 else { return nil }
        self.init(
            field: found[0], component: found[1], repetition: found[2], escape: found[3],
            subcomponent: found[4])
    }
}

extension ArraySlice<UInt8> {
    /// Where a byte stands first; fast also on many megabytes.
    func position(of byte: UInt8) -> Int? {
        withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let found = memchr(base, Int32(byte), buffer.count) else {
                return nil
            }
            return startIndex + (UnsafeRawPointer(found) - base)
        }
    }

    /// The parts between two separators, empty ones too.
    func split(at separator: UInt8) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = startIndex
        while let position = self[start...].position(of: separator) {
            parts.append(start..<position)
            start = position + 1
        }
        parts.append(start..<endIndex)
        return parts
    }

    /// The same for either of two.
    func split(atAnyOf separators: (UInt8, UInt8)) -> [Range<Int>] {
        split(at: separators.0).flatMap { self[$0].split(at: separators.1) }
    }
}
