import HTML

/// What somebody wrote to somebody, line by line.
struct MessageLines: Component {
    let text: String

    var body: Node {
        Node { for line in text.split(separator: "\n") { p { String(line) } } }
    }
}
