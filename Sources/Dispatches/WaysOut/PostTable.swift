import Access
import Documents

/// The table of an export, for the printers' mail merge: UTF-8 with its mark, semicolons, CR LF, every cell in quotes. A
/// cell that a spreadsheet would take for a formula gets an apostrophe in front.
struct PostTable {
    private var text = "\u{FEFF}"

    init() {
        line(
            ["numero", "document", "adresse", "pages"] + (1...8).map { "ligne\($0)" }
                + ["motif", "en attente depuis", "identifiant"])
    }

    mutating func add(_ item: PostItem, number: String, document: String, sheet: String) {
        let lines = item.addressee.lines
        line(
            [number, document, sheet, String(item.document.pageCount)]
                + (0..<8).map { $0 < lines.count ? lines[$0] : "" }
                + [item.reason.rawValue, SwissDate.day(of: item.queuedAt), item.id.rawValue])
    }

    var bytes: [UInt8] { Array(text.utf8) }

    private mutating func line(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ";") + "\r\n"
    }

    /// By bytes: what follows `=`, `+`, `-`, `@`, a tab or a line break at the beginning is a formula to some programs.
    static func cell(_ content: String) -> String {
        let isFormula = content.utf8.first.map { "=+-@\t\r\n|%".utf8.contains($0) } ?? false
        let fullWidth = content.unicodeScalars.first.map { "＝＋－＠".unicodeScalars.contains($0) } ?? false
        let safe = (isFormula || fullWidth ? "'" : "") + content
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
