import Testing

@testable import Exports

/// Tables that spreadsheets open.
@Suite struct SpreadsheetTableTests {
    @Test(arguments: [
        ("Dre Claire Favre", "\"Dre Claire Favre\""), ("", "\"\""), ("a;b", "\"a;b\""),
        ("«a» \"b\"", "\"«a» \"\"b\"\"\""),
        ("a\"\u{301};=1", "\"a\"\"\u{301};=1\""),
        ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""), ("+41 22", "\"'+41 22\""), ("-1", "\"'-1\""),
        ("@SUM(A1)", "\"'@SUM(A1)\""), ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""), ("＝1", "\"'＝1\""),
        ("|x", "\"'|x\""), ("%0A", "\"'%0A\""),
    ])
    func `No cell is a formula, and none breaks out of its quotes`(_ text: String, _ cell: String) {
        #expect(SpreadsheetTable.cell(text) == cell)
    }

    @Test func `The file begins with the mark that spreadsheets read as UTF-8`() {
        let file = SpreadsheetTable(["Qui"], [["Hélène"]]).bytes
        #expect(Array(file.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(String(decoding: file.dropFirst(3), as: UTF8.self) == "\"Qui\"\r\n\"Hélène\"\r\n")
    }
}
