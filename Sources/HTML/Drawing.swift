/// The few SVG elements that icons and the mark need. Shapes are literals of the source, or numbers: no drawing ever
/// comes from a person or a file.

public func svg(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("svg", a, content()) }
public func defs(@Markup content: () -> Node) -> Node { Node("defs", [], content()) }
public func shapes(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("g", a, content()) }
public func symbol(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("symbol", a, content()) }
public func path(_ commands: StaticString, _ a: Attribute...) -> Node {
    Node("path", [.init("d", "\(commands)")] + a, Node())
}
public func circle(_ cx: Double, _ cy: Double, _ r: Double, _ a: Attribute...) -> Node {
    Node("circle", [.number("cx", cx), .number("cy", cy), .number("r", r)] + a, Node())
}
public func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ a: Attribute...) -> Node {
    let place: [Attribute] = [
        .number("x", x), .number("y", y), .number("width", width), .number("height", height),
    ]
    return Node("rect", place + a, Node())
}
/// Black bars of height 1 on the grid of the view box: the dark squares of a machine-readable code. Numbers only.
public func bars(_ bars: [(x: Int, y: Int, length: Int)], _ a: Attribute...) -> Node {
    let commands = bars.map { "M\($0.x) \($0.y)h\($0.length)v1h-\($0.length)z" }.joined()
    return Node("path", [.init("d", commands)] + a, Node())
}
/// Shows the symbol of this identifier, which stands elsewhere on the page.
public func use(_ id: String) -> Node { Node("use", [.href(anchor: id)], Node()) }

/// Presentation of shapes: attributes of SVG, not inline style.
extension Attribute {
    public static func viewBox(_ box: StaticString) -> Attribute { .init("viewBox", "\(box)") }
    /// A square from the origin.
    public static func viewBox(side: Int) -> Attribute { .init("viewBox", "0 0 \(side) \(side)") }
    public static func preserveAspectRatio(_ how: StaticString) -> Attribute {
        .init("preserveAspectRatio", "\(how)")
    }
    public static func fill(_ paint: StaticString) -> Attribute { .init("fill", "\(paint)") }
    public static func fillOpacity(_ share: Double) -> Attribute { .number("fill-opacity", share) }
    public static func stroke(_ paint: StaticString) -> Attribute { .init("stroke", "\(paint)") }
    public static func strokeOpacity(_ share: Double) -> Attribute { .number("stroke-opacity", share) }
    public static func strokeWidth(_ units: Double) -> Attribute { .number("stroke-width", units) }
    public static func strokeLinecap(_ cap: StaticString) -> Attribute { .init("stroke-linecap", "\(cap)") }
    public static func rx(_ units: Double) -> Attribute { .number("rx", units) }
    static func number(_ name: StaticString, _ value: Double) -> Attribute {
        .init(name, value.rounded() == value ? String(Int(value)) : String(value))
    }
}
