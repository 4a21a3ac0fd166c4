import Testing

@testable import Portal

/// Tables that spreadsheets open.
@Suite struct AccessesCSVTests {
    @Test(arguments: [
        ("Dre Claire Favre", "\"Dre Claire Favre\""), ("", "\"\""), ("a;b", "\"a;b\""),
        ("«a» \"b\"", "\"«a» \"\"b\"\"\""),
        ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@a", "\"'@a\""),
        ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""),
    ])
    func `No cell is a formula, and none breaks out of its quotes`(_ text: String, _ cell: String) {
        #expect(AccessesCSV.cell(text) == cell)
    }

    @Test func `The file begins with the mark that spreadsheets read as UTF-8`() {
        let file = AccessesCSV.table(["Qui"], [["Hélène"]])
        #expect(Array(file.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(String(decoding: file.dropFirst(3), as: UTF8.self) == "\"Qui\"\r\n\"Hélène\"\r\n")
    }
}
