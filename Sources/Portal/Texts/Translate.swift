import HTML

/// Marks a sentence of the interface and translates it. Whole sentences only; a French sentence that would
/// need two translations is written twice, differently. Spaces before `: ; ! ?` and inside « » are made
/// unbreakable here.
package func t(_ sentence: StaticString) -> String {
    Catalogue.current.sentence(sentence)
}

/// A sentence with named values: `t("Envoyé au {number}.", ["number": masked])`. A value is never read again
/// for placeholders.
package func t(_ sentence: StaticString, _ values: KeyValuePairs<String, String>) -> String {
    Placeholders.fill(Catalogue.current.sentence(sentence)) { name in
        values.first { $0.key == name }?.value
    }.joined()
}

/// A sentence with pieces of markup, such as a link: `t("Écrivez à {address}.", ["address": link(…) { … }])`.
func t(_ sentence: StaticString, _ values: KeyValuePairs<String, Node>) -> Node {
    let pieces: [Node] = Placeholders.fill(
        Catalogue.current.sentence(sentence), plain: { Node($0) },
        value: { name in values.first { $0.key == name }?.value })
    return Node { pieces }
}

/// A sentence that counts; `{count}` stands for the number:
/// `t(one: "{count} document", other: "{count} documents", count: 3)`. What was not counted beyond a limit stands as
/// «1000+».
package func t(
    one: StaticString, other: StaticString, count: Int, upTo limit: Int = .max
) -> String {
    Placeholders.fill(Catalogue.current.sentence(one: one, other: other, count: count)) { name in
        name == "count" ? Typography.number(count, upTo: limit) : nil
    }.joined()
}

/// Names in braces inside a sentence.
enum Placeholders {
    /// Splits at `{name}`; a name without a value stays as written, so that the mistake is seen.
    static func fill<Piece>(
        _ sentence: String, plain: (String) -> Piece, value: (String) -> Piece?
    ) -> [Piece] {
        var pieces: [Piece] = []
        var rest = sentence.utf8[...]
        while let open = rest.firstIndex(of: 0x7B), let close = rest[open...].firstIndex(of: 0x7D) {
            if open > rest.startIndex { pieces.append(plain(String(rest[..<open]) ?? "")) }
            let name = String(rest[rest.index(after: open)..<close]) ?? ""
            pieces.append(value(name) ?? plain("{\(name)}"))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(plain(String(rest) ?? "")) }
        return pieces
    }

    static func fill(_ sentence: String, value: (String) -> String?) -> [String] {
        fill(sentence, plain: { $0 }, value: value)
    }

    /// The names in a sentence, for the test that compares translations.
    static func names(in sentence: String) -> Set<String> {
        var names: Set<String> = []
        _ = fill(sentence) { name in
            names.insert(name)
            return ""
        }
        return names
    }
}
