import HL7v2
import Testing

@Suite struct CharacterSetTests {
    private func read(_ bytes: [UInt8], _ set: CharacterSet) throws -> String? {
        let message = try Message(Array("MSH|^~\\&|DPI\rNTE|1||".utf8) + bytes)
        return message.read(in: set).first("NTE")?[3].text
    }

    @Test func `One name in each character set`() throws {
        #expect(try read([0x48, 0xC3, 0xA9], .utf8) == "Hé")
        #expect(try read([0x48, 0xE9], .latin1) == "Hé")
        #expect(try read([0x80, 0x9C, 0x92], .windows1252) == "€œ’")
        #expect(try read([0xA4, 0xBD], .latin9) == "€œ")
        #expect(try read([0x48, 0xE9], .ascii) == "H\u{FFFD}")
        #expect(try read(Array("\\XC3A9\\".utf8), .utf8) == "é")
        #expect(try read(Array("\\XE9\\".utf8), .latin1) == "é")
    }

    @Test func `What a set does not have is found`() {
        let long = [UInt8](repeating: 0x41, count: 1_000)
        func place(_ set: CharacterSet, _ bytes: [UInt8]) -> Int? {
            set.firstForeignByte(in: (long + bytes + long)[...])
        }
        #expect(place(.utf8, [0xC3, 0xA9]) == nil)
        #expect(place(.utf8, [0xE9]) == 1_000)
        #expect(place(.utf8, [0xC3, 0xA9, 0xC0, 0x80]) == 1_002)
        #expect(place(.utf8, [0xED, 0xA0, 0x80]) == 1_000)
        #expect(place(.latin1, [0xE9]) == nil)
        #expect(place(.latin1, [0xE9, 0x92]) == 1_001)
        #expect(place(.latin9, [0xA4]) == nil)
        #expect(place(.windows1252, [0x92]) == nil)
        #expect(place(.windows1252, [0x81]) == 1_000)
        #expect(place(.ascii, [0xE9]) == 1_000)
        #expect(place(.ascii, []) == nil)
    }

    @Test(arguments: [
        ("UNICODE UTF-8", CharacterSet.utf8), ("8859/1", .latin1), ("8859/15", .latin9), ("ASCII", .ascii),
        ("windows-1252", .windows1252),
    ])
    func `Sets have names`(_ name: String, _ set: CharacterSet) { #expect(CharacterSet(name: name) == set) }

    @Test func `Other names are refused`() {
        for name in ["", "UNICODE", "8859/2", "JIS X 0201"] { #expect(CharacterSet(name: name) == nil) }
    }
}
