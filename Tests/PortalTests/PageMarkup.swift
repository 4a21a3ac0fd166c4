/// Just enough reading of our own markup to check it: start tags with their attributes, and the text between.
/// Our builder writes attributes in double quotes and escapes `<`, so this is exact for pages it made.
struct PageMarkup {
    struct Tag {
        let name: String
        var attributes: [(name: String, value: String)] = []
        /// Everything up to the end tag, for elements that are not nested in themselves.
        var inner = ""

        subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    let source: String
    let tags: [Tag]

    init(_ html: [UInt8]) {
        source = String(decoding: html, as: UTF8.self)
        var tags: [Tag] = []
        var rest = Substring(source)
        while let open = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: open)...]
            guard let first = rest.first, first.isLetter, let close = rest.firstIndex(of: ">") else {
                continue
            }
            var tag = Self.tag(rest[..<close])
            let after = rest[rest.index(after: close)...]
            if let end = after.firstRange(of: "</\(tag.name)>") {
                tag.inner = String(after[..<end.lowerBound])
            }
            tags.append(tag)
        }
        self.tags = tags
    }

    private static func tag(_ text: Substring) -> Tag {
        var tag = Tag(name: String(text.prefix { $0 != " " }))
        var rest = text.dropFirst(tag.name.count)
        while let equals = rest.firstRange(of: "=\"") {
            let name = rest[..<equals.lowerBound].split(separator: " ").last.map(String.init) ?? ""
            rest = rest[equals.upperBound...]
            let value = rest.prefix { $0 != "\"" }
            tag.attributes.append((name, String(value)))
            rest = rest.dropFirst(value.count + 1)
        }
        return tag
    }

    func all(_ names: String...) -> [Tag] { tags.filter { names.contains($0.name) } }

    /// Text without tags.
    static func text(_ inner: String) -> String {
        var text = ""
        var isTag = false
        for character in inner {
            if character == "<" {
                isTag = true
            } else if character == ">" {
                isTag = false
            } else if !isTag {
                text.append(character)
            }
        }
        return text
    }

    var title: String { all("title").first.map { Self.text($0.inner) } ?? "" }
    var bodyText: String {
        source.firstRange(of: "<body").map { Self.text(String(source[$0.lowerBound...])) } ?? ""
    }
}

extension StringProtocol {
    func firstRange(of needle: String) -> Range<Index>? {
        let wanted = Array(needle.utf8)
        var start = startIndex
        while let index = utf8[start...].firstIndex(of: wanted[0]) {
            if let end = utf8.index(index, offsetBy: wanted.count, limitedBy: endIndex),
                utf8[index..<end].elementsEqual(wanted)
            {
                return index..<end
            }
            start = utf8.index(after: index)
        }
        return nil
    }
}
