extension JSON {
    /// Reads one JSON text (RFC 8259, UTF-8 without byte order mark) in linear time and bounded memory.
    ///
    /// Stricter than the RFC where FHIR or safety want it: member names are unique and ASCII, U+0000 is
    /// refused, and nothing may follow the value but white space.
    /// - Parameter type: the resource expected, with which the place of a fault begins as long as the text has
    ///   not said its own type.
    public static func read(_ bytes: [UInt8], limits: JSONLimits, expecting type: String = "")
        throws(JSONFault) -> JSON
    {
        var reader = JSONReader(bytes: bytes, limits: limits, resourceType: type)
        return try reader.document()
    }
}

/// A reader at one place of a text. Recursion is safe: it goes no deeper than `JSONLimits.depth`.
struct JSONReader {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    private var values = 0
    private var path: [PathStep] = []
    private var resourceType: String

    init(bytes: [UInt8], limits: JSONLimits, resourceType: String) {
        self.resourceType = resourceType
        self.bytes = bytes
        self.limits = limits
    }

    /// The byte here, nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ reason: String, at offset: Int? = nil, _ kind: JSONFault.Kind = .syntax) -> JSONFault {
        let offset = min(offset ?? position, bytes.count)
        let line = bytes[..<offset].count { $0 == 0x0A } + 1
        let root = resourceType.isElementName ? resourceType : ""
        return JSONFault(
            kind: kind, reason: reason, offset: offset, line: line, path: path.expression(root: root))
    }

    mutating func document() throws(JSONFault) -> JSON {
        guard bytes.count <= limits.totalBytes else {
            throw fault("The body has more than \(limits.totalBytes) bytes", at: 0, .size)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw fault("The text starts with a byte order mark") }
        skipWhitespace()
        let value = try value(named: nil, depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw fault("Something follows the JSON value") }
        return value
    }

    private mutating func value(named name: String?, depth: Int) throws(JSONFault) -> JSON {
        values += 1
        guard values <= limits.values else { throw fault("More than \(limits.values) JSON values", .cost) }
        switch next {
        case 0x7B: return try object(depth: depth + 1)
        case 0x5B: return try array(depth: depth + 1)
        case 0x22 where name == "data": return .data(try untouchedString())
        case 0x22:
            let limit = name == "div" ? limits.narrativeBytes : limits.stringBytes
            return .string(try string(limit: limit))
        case 0x2D?, (0x30...0x39)?: return .number(try number())
        case 0x74: return try literal("true", .bool(true))
        case 0x66: return try literal("false", .bool(false))
        case 0x6E: return try literal("null", .null)
        case nil: throw fault("The text ends where a value should stand")
        default: throw fault("A value should stand here")
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSON {
        try checkDepth(depth)
        position += 1
        var members: [JSON.Member] = []
        var names = NameSet()
        skipWhitespace()
        if next == 0x7D {
            position += 1
            return .object([])
        }
        while true {
            guard next == 0x22 else { throw fault("A member name in quotation marks should stand here") }
            let start = position
            let name = try string(limit: limits.nameBytes)
            guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
                throw fault("A member name is not ASCII", at: start)
            }
            path.append(.member(name))
            guard names.insert(name) else { throw fault("The member stands twice in its object", at: start) }
            skipWhitespace()
            guard next == 0x3A else { throw fault("A colon should follow the member name") }
            position += 1
            skipWhitespace()
            let value = try value(named: name, depth: depth)
            members.append(JSON.Member(name, value))
            path.removeLast()
            if depth == 1, name == "resourceType", case .string(let type) = value { resourceType = type }
            if try closes(with: 0x7D) { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSON {
        try checkDepth(depth)
        position += 1
        var items: [JSON] = []
        skipWhitespace()
        if next == 0x5D {
            position += 1
            return .array([])
        }
        while true {
            path.append(.item(items.count))
            items.append(try value(named: nil, depth: depth))
            path.removeLast()
            if try closes(with: 0x5D) { return .array(items) }
        }
    }

    /// Passes a comma (false) or the closing bracket (true).
    private mutating func closes(with bracket: UInt8) throws(JSONFault) -> Bool {
        skipWhitespace()
        switch next {
        case 0x2C:
            position += 1
            skipWhitespace()
            return false
        case bracket:
            position += 1
            return true
        case nil:
            throw fault("The text ends inside an object or array")
        default:
            throw fault("A comma or a closing bracket should stand here")
        }
    }

    private func checkDepth(_ depth: Int) throws(JSONFault) {
        guard depth <= limits.depth else {
            throw fault("Objects and arrays are nested more than \(limits.depth) deep", .cost)
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
        let matches = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw fault("A value should stand here") }
        position += text.utf8CodeUnitCount
        return value
    }

    mutating func skipWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}

/// The names of one object. Few names are compared one by one; many go through a hash table, whose seed is
/// random for each process, so that no sender can make it slow.
private struct NameSet {
    private var few: [String] = []
    private var many: Set<String> = []

    /// False when the name is there already.
    mutating func insert(_ name: String) -> Bool {
        if few.count < 12 {
            if few.contains(name) { return false }
            few.append(name)
            return true
        }
        if many.isEmpty { many = Set(few) }
        return many.insert(name).inserted
    }
}
