import FHIR
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
        ("Zm9vYmFy", "foobar"),
    ]) func `The examples of RFC 4648 hold`(_ text: String, _ plain: String) throws {
        #expect(try Base64.decode(text) == Array(plain.utf8))
        #expect(Base64.encode(plain.utf8) == text)
    }

    @Test(arguments: [
        "Zm9v\nYmFy", " Zm9vYmFy ", "Zm9v\r\nYmFy\r\n", "Z m 9 v\tYmFy", #"Zm9v\r\nYmFy"#,
        #"\u005am9v\u0059mFy"#, "\nZm9vYmFy",
    ]) func `White space and escapes between letters are allowed`(_ text: String) throws {
        #expect(try Base64.decode(text) == Array("foobar".utf8))
    }

    @Test func `An escaped slash is a slash`() throws {
        #expect(try Base64.decode(#"\/\/\/\/"#) == [0xFF, 0xFF, 0xFF])
        #expect(try Base64.decode(#"\u002b\u002F=="#.replacing("==", with: "8=")) == Base64.decode("+/8="))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Z", "Zg===", "Zm9vYg", "=", "====", "Zg==Zg==", "Zm=v", "Zm8=Zm8=", "Zh==", "Zm9=",
        "Z===", "Zg= =x",
    ]) func `Wrong padding is refused`(_ text: String) {
        #expect(throws: Base64.Fault.padding) { try Base64.decode(text) }
    }

    @Test(arguments: [
        ("Zm9v-_==", 4), ("Zm9v!mFy", 4), ("Zm\u{b}v", 2), (#"Zm\b9"#, 2), (#"Zm\u00"#, 2), ("é", 0),
        (#"Zm9v\u0100"#, 4),
        (#"Zm9vY\"#, 5), ("data:application/pdf;base64,Zg==", 4), (#"Zm\u00zz"#, 2),
    ]) func `What is outside the alphabet is refused with its place`(_ text: String, _ offset: Int) {
        #expect(throws: Base64.Fault.alphabet(offset: offset)) { try Base64.decode(text) }
    }

    @Test func `Lengths around every boundary come back the same`() throws {
        var random = Generator(state: 7)
        for count in Array(0..<70) + [1000, 4095, 4096, 4097] {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Base64.encode(bytes)
            #expect(try Base64.decode(text, limit: count) == bytes)
            #expect(try Base64.decode(text) == bytes)
            let lines = text.enumerated().map { $0 % 76 == 75 ? "\($1)\r\n" : "\($1)" }.joined()
            #expect(try Base64.decode(lines, limit: count) == bytes)
            if count > 0 { #expect(throws: Base64.Fault.size) { try Base64.decode(text, limit: count - 1) } }
        }
    }

    @Test func `A slice of a larger text decodes alone`() throws {
        let text = Array("xxZm9vYmFyxx".utf8)
        #expect(try Base64.decode(text[2..<10], limit: 100) == Array("foobar".utf8))
    }

    @Test func `Random text never does more than be refused`() {
        var random = Generator(state: 11)
        let letters = Array("AZaz09+/=\\u002bnrt \n\"é".utf8)
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
            let limit = Int.random(in: 0...20, using: &random)
            let decoded = try? Base64.decode(text[...], limit: limit)
            #expect((decoded?.count ?? 0) <= limit)
        }
    }
}
