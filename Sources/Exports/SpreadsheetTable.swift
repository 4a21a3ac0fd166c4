/// Files that people take with them: tables for spreadsheets, and archives. No input or output, no medicine: what goes into
/// them is the callers' business, and so are their limits.

/// A table that spreadsheets open: UTF-8 with a byte order mark, semicolons, CR LF, every cell in quotes. A cell that a
/// spreadsheet would take for a formula gets an apostrophe in front.
public struct SpreadsheetTable: Sendable {
    private var text = "\u{FEFF}"

    /// A table without rows.
    public init(_ head: [String]) { add(head) }

    public init(_ head: [String], _ rows: some Sequence<[String]>) {
        self.init(head)
        for row in rows { add(row) }
    }

    /// The next row.
    public mutating func add(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ";") + "\r\n"
    }

    public var bytes: [UInt8] { Array(text.utf8) }

    /// By bytes: what follows `=`, `+`, `-`, `@`, a tab or a line break at the beginning is a formula to some programs.
    static func cell(_ content: String) -> String {
        let isFormula = content.utf8.first.map { "=+-@\t\r\n|%".utf8.contains($0) } ?? false
        let isFullWidth = content.unicodeScalars.first.map { "＝＋－＠".unicodeScalars.contains($0) } ?? false
        let mark = isFormula || isFullWidth ? "'" : ""
        // a quote with an accent upon it is one Character, and still ends a cell
        let parts = content.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        return "\"" + mark + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\"\"")
            + "\""
    }
}
