import FHIR
import Testing

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSON {
        try JSON.read(Array(text.utf8), limits: JSONLimits(totalBytes: 1_000_000))
    }
    private func fault(_ bytes: [UInt8]) -> JSONFault? {
        do throws(JSONFault) {
            _ = try JSON.read(bytes, limits: JSONLimits(totalBytes: 1_000_000))
            return nil
        } catch { return error }
    }

    @Test func `Values keep the order, precision and characters of their source`() throws {
        let value = try read(#" {"b": [1.00, -0.5e+3, true, null], "a": "é\n\u00e9\ud83d\ude00\/"} "#)
        #expect(
            value == ["b": [.number("1.00"), .number("-0.5e+3"), true, .null], "a": "é\né😀/"])
        #expect(try read("1.00") != read("1.0"))
        #expect(
            String(decoding: value.bytes, as: UTF8.self) == #"{"b":[1.00,-0.5e+3,true,null],"a":"é\né😀/"}"#)
    }

    @Test func `The data of an attachment stay where they are, escapes and all`() throws {
        let bytes = Array(#"{"data":"QUJD\/\r\n","datum":"QUJD"}"#.utf8)
        let value = try JSON.read(bytes, limits: JSONLimits(totalBytes: 100))
        guard case .data(let slice)? = value["data"] else {
            Issue.record("data should be a slice")
            return
        }
        #expect(slice.startIndex == 9 && slice.endIndex == 19 && Array(slice) == Array(#"QUJD\/\r\n"#.utf8))
        #expect(value["datum"] == "QUJD")
        #expect(value.bytes == bytes)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
        "{\"a\":1,}", "{a:1}",
        "{1:1}", "[1 2]", "{\"a\" 1}", "tru", "True", "nul", "NaN", "Infinity", "01", "1.", ".5", "+1", "-",
        "1e", "1e+",
        "0x10", "'a'", "\"", "\"a", "\"\\", "\"\\u", "\"\\u12", "\"\\x\"", "\"\u{1}\"", "\"a\nb\"", "1 1",
        "{} {}",
        "[]]", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "{\"é\":1}",
        "{\"data\":\"\\ud800\"}", "{\"data\":\"\\u12\"}", "{\"data\":\"a", "/* */1", "[1]#",
    ]) func `What is not JSON is refused as structure`(_ text: String) {
        let fault = fault(Array(text.utf8))
        #expect(fault?.kind == .syntax)
        #expect(fault?.issue.code == .structure && fault?.issue.httpStatus == 400)
    }

    @Test func `Invalid UTF-8, a byte order mark and a NUL byte are refused`() {
        let texts: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF, 0x31], [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x31, 0x00],
            [0x22, 0x00, 0x22],
            Array("{\"data\":\"".utf8) + [0xC3, 0x22, 0x7D], [0xFE, 0xFF, 0x00, 0x31],
            Array("{\"data\":\"\\n".utf8) + [0xC3, 0x28, 0x22, 0x7D],
        ]
        for text in texts { #expect(fault(text)?.kind == .syntax, "\(text)") }
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, "a"), (#"{"a":1,"\u0061":2}"#, "a"),
        (#"{"x":[{"b":0},{"b":1,"b":1}]}"#, "x[1].b"),
        (#"{"resourceType":"Patient","id":"a","id":"b"}"#, "Patient.id"),
    ]) func `A name that stands twice is refused with its place`(_ text: String, _ path: String) {
        #expect(fault(Array(text.utf8))?.path == path)
    }

    @Test func `Among many names a repeated one is found too`() {
        let names = (0..<50).map { "\"n\($0)\":0" } + ["\"n31\":0"]
        #expect(fault(Array("{\(names.joined(separator: ","))}".utf8))?.path == "n31")
    }

    @Test func `A fault names line, offset and path`() {
        let text = "{\"resourceType\":\"Consent\",\n \"provision\": {\"actor\": [{}, {\"role\": tru}]}}"
        let fault = fault(Array(text.utf8))
        #expect(fault?.line == 2 && fault?.path == "Consent.provision.actor[1].role")
        #expect(fault.map { Array(text.utf8)[$0.offset...].starts(with: "tru".utf8) } == true)
    }

    @Test func `A fault repeats no name that is not one of an element`() {
        let fault = fault(Array(#"{"Hélène Jaquet":1}"#.utf8))
        #expect(fault?.issue.diagnostics.contains("Jaquet") == false)
        #expect(self.fault(Array(#"{"Jaquet 1958":!}"#.utf8))?.path == "(unnamed)")
    }

    @Test func `Every text written is read back the same`() throws {
        let hostile = "\" \u{301}\\ / \u{8}\u{c}\n\r\t\u{1f}\u{7f} \u{2028} \r\n é 😀 </script>"
        let value: JSON = ["a": .string(hostile), "b": [[:], [], "", .number("1e400"), false]]
        #expect(try JSON.read(value.bytes, limits: JSONLimits(totalBytes: 1000)) == value)
    }
}
