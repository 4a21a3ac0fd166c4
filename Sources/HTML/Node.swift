/// Typed HTML. A page is built from `Node`s; text and attribute values are escaped by bytes in one place,
/// and nothing outside this module can turn a string into markup.

/// A piece of finished, escaped markup. One type for everything, so that the compiler never meets
/// a deep generic and a page type-checks in linear time.
public struct Node: Sendable {
    var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Nothing.
    public init() { bytes = [] }

    public var isEmpty: Bool { bytes.isEmpty }

    /// Text, escaped.
    public init(_ text: String) {
        bytes = []
        text.appendEscaped(to: &bytes)
    }

    /// The byte that marks the place of `gap`. No text has it: it never occurs in UTF-8.
    public static let gapByte: UInt8 = 0xFF

    /// A place in a page that is filled with markup which was made before.
    public static let gap = Node(bytes: [gapByte])

    /// The finished markup, in UTF-8.
    public var markup: [UInt8] { bytes }

    /// Several pieces, one after the other, without an element around them.
    public init(@Markup content: () -> Node) { self = content() }

    /// An element with its end tag.
    init(_ tag: StaticString, _ attributes: [Attribute], _ content: Node) {
        bytes = []
        bytes.reserveCapacity(content.bytes.count + 64)
        open(tag, attributes)
        bytes += content.bytes
        bytes.append(0x3C)  // </
        bytes.append(0x2F)
        tag.withUTF8Buffer { bytes += $0 }
        bytes.append(0x3E)
    }

    /// A void element, such as `<input>`: no content, no end tag.
    init(void tag: StaticString, _ attributes: [Attribute]) {
        bytes = []
        open(tag, attributes)
    }

    private mutating func open(_ tag: StaticString, _ attributes: [Attribute]) {
        bytes.append(0x3C)
        tag.withUTF8Buffer { bytes += $0 }
        for attribute in attributes { attribute.append(to: &bytes) }
        bytes.append(0x3E)
    }

    /// The whole page, ready to send as `text/html; charset=utf-8`.
    /// - Parameter theme: `light` or `dark`; nil follows the device.
    public static func document(language: String, theme: String? = nil, head: Node, body: Node) -> [UInt8] {
        Array("<!doctype html>\n".utf8)
            + Node("html", [.lang(language), .dataTheme(theme)], Node(bytes: head.bytes + body.bytes)).bytes
    }
}

extension String {
    /// The one escape function, for text and attributes. By bytes, never by `Character`: a quote followed by
    /// a combining mark is another `Character` and would slip through (security.md, SWF-1).
    func appendEscaped(to out: inout [UInt8]) {
        var text = self
        text.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices {
                let replacement: StaticString
                switch bytes[index] {
                case 0x26: replacement = "&amp;"
                case 0x3C: replacement = "&lt;"
                case 0x3E: replacement = "&gt;"
                case 0x22: replacement = "&quot;"
                case 0x27: replacement = "&#39;"
                default: continue
                }
                out += bytes[start..<index]
                replacement.withUTF8Buffer { out += $0 }
                start = index + 1
            }
            out += bytes[start...]
        }
    }
}

/// A part that pages share: a value that knows its markup. Written in a block like an element.
public protocol Component: Sendable {
    @Markup var body: Node { get }
}

/// Collects the statements of a block into one node. Each statement is type-checked by itself.
@resultBuilder public enum Markup {
    public static func buildExpression(_ node: Node) -> Node { node }
    public static func buildExpression(_ text: String) -> Node { Node(text) }
    public static func buildExpression(_ number: Int) -> Node { Node(String(number)) }
    public static func buildExpression(_ component: some Component) -> Node { component.body }
    public static func buildExpression(_ nodes: [Node]) -> Node { buildArray(nodes) }
    public static func buildBlock(_ nodes: Node...) -> Node { buildArray(nodes) }
    public static func buildOptional(_ node: Node?) -> Node { node ?? Node() }
    public static func buildEither(first node: Node) -> Node { node }
    public static func buildEither(second node: Node) -> Node { node }
    public static func buildArray(_ nodes: [Node]) -> Node {
        if nodes.count == 1 { return nodes[0] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(nodes.reduce(0) { $0 + $1.bytes.count })
        for node in nodes { bytes += node.bytes }
        return Node(bytes: bytes)
    }
}
