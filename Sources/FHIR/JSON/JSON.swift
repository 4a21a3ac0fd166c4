/// FHIR R4 as this portal speaks it: JSON read strictly from bytes, resources checked against their
/// definitions and turned into plain Swift values, plain values turned into resources. The module is pure:
/// bytes and values come in, values, bytes and `OperationOutcome`s go out; it opens nothing, knows no time
/// and needs no other module. Read `DocumentReferenceDecoder` to see how a hospital's message becomes a
/// `DocumentSubmission`, and `OperationOutcome` for how a mistake becomes an answer.

/// A JSON value in the order and precision of its source.
///
/// Our own reader stands here instead of Foundation's because Foundation can neither refuse duplicate member
/// names, nor stop at a number of values or a depth of our choice, nor keep `1.00` apart from `1.0`, nor
/// leave the 34 MB of a base64 document where they are.
public enum JSON: Sendable, Equatable {
    case object([Member])
    case array([JSON])
    case string(String)
    /// The text of a string member called `data`, still escaped, as a slice of the input: never copied.
    indirect case data(ArraySlice<UInt8>)
    /// A number as it was written, because FHIR decimals keep their precision.
    case number(String)
    case bool(Bool)
    case null

    /// One member of an object. Names are unique within their object and keep their order.
    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The member of that name, if this is an object that has one.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string; nil for anything else, also for `data`, whose text nobody should want whole.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The items of an array; none for anything else.
    public var items: [JSON] {
        if case .array(let items) = self { items } else { [] }
    }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .number(String(value)) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// An object whose members keep the order written; a member whose value is nil is left out, as FHIR
    /// wants.
    public init(dictionaryLiteral elements: (String, JSON?)...) {
        self = .object(elements.compactMap { name, value in value.map { Member(name, $0) } })
    }
}
