/// One line per tag, in the order of the HTML standard. Where a property hides a tag's name,
/// write the module: `HTML.title { … }`. Add a tag when a page needs it.

public func head(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("head", a, content()) }
public func title(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("title", a, content()) }
public func body(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("body", a, content()) }
public func header(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("header", a, content()) }
public func nav(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("nav", a, content()) }
public func main(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("main", a, content()) }
public func footer(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("footer", a, content()) }
public func section(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("section", a, content()) }
public func article(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("article", a, content()) }
public func aside(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("aside", a, content()) }
public func h1(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("h1", a, content()) }
public func h2(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("h2", a, content()) }
public func p(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("p", a, content()) }
public func pre(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("pre", a, content()) }
public func div(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("div", a, content()) }
public func span(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("span", a, content()) }
public func ol(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("ol", a, content()) }
public func ul(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("ul", a, content()) }
public func li(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("li", a, content()) }
public func dl(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("dl", a, content()) }
public func dt(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("dt", a, content()) }
public func dd(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("dd", a, content()) }
public func figure(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("figure", a, content()) }
public func figcaption(_ a: Attribute..., @Markup content: () -> Node) -> Node {
    Node("figcaption", a, content())
}
public func link(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("a", a, content()) }
public func small(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("small", a, content()) }
public func b(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("b", a, content()) }
public func code(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("code", a, content()) }
public func time(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("time", a, content()) }
public func table(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("table", a, content()) }
public func caption(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("caption", a, content()) }
public func thead(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("thead", a, content()) }
public func tbody(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("tbody", a, content()) }
public func tr(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("tr", a, content()) }
public func th(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("th", a, content()) }
public func td(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("td", a, content()) }
public func form(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("form", a, content()) }
public func label(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("label", a, content()) }
public func button(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("button", a, content()) }
public func select(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("select", a, content()) }
public func option(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("option", a, content()) }
public func fieldset(_ a: Attribute..., @Markup content: () -> Node) -> Node {
    Node("fieldset", a, content())
}
public func legend(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("legend", a, content()) }
public func details(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("details", a, content()) }
public func summary(_ a: Attribute..., @Markup content: () -> Node) -> Node { Node("summary", a, content()) }
public func br() -> Node { Node(void: "br", []) }
/// What stands for something that only a script can do.
public func noscript(_ a: Attribute..., @Markup content: () -> Node) -> Node {
    Node("noscript", a, content())
}
public func img(_ a: Attribute...) -> Node { Node(void: "img", a) }
public func input(_ a: Attribute...) -> Node { Node(void: "input", a) }

/// The browser drops a line break right after the start tag: write one, so that the text keeps its own.
public func textarea(_ a: Attribute..., text: String) -> Node {
    Node("textarea", a, Node(bytes: [0x0A] + Node(text).bytes))
}
/// What the `<head>` of every page holds: encoding, width of small screens, both colour schemes, and no
/// guessing of telephone numbers in dates and identifiers.
public func pageMetadata() -> Node {
    Markup.buildArray([
        Node(void: "meta charset=\"utf-8\"", []),
        Node(void: "meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"", []),
        Node(void: "meta name=\"color-scheme\" content=\"light dark\"", []),
        Node(void: "meta name=\"format-detection\" content=\"telephone=no\"", []),
    ])
}

/// The style sheet, the icon and the script: the only ways to reach them.
public func stylesheet(_ path: Path) -> Node { Node(void: "link rel=\"stylesheet\"", [.href(path)]) }
public func icon(_ path: Path) -> Node {
    Node(void: "link rel=\"icon\" type=\"image/svg+xml\"", [.href(path)])
}
public func script(_ path: Path) -> Node { Node("script", [.type("module"), .src(path)], Node()) }
