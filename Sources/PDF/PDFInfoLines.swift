/// The answer of pdfinfo: `Name:   value` per line. Title and author come from the document and may hold line
/// breaks that imitate other lines; pdfinfo prints them first, so the last line of a name is the true one.
struct PDFInfoLines {
    private var values: [String: [String]] = [:]

    init(_ text: String) {
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let words = line[line.index(after: colon)...].split(separator: UInt8(ascii: " "))
            values[String(decoding: line[..<colon], as: UTF8.self)] = words.map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// The words of the value, nil when there is no such line.
    subscript(name: String) -> [String]? { values[name] }
}
