import HL7v2
import Testing

@Suite struct MessageTests {
    private func message(_ text: String) throws -> Message { try Message(Array(text.utf8)) }

    private func fault(_ text: String) -> Message.Fault? {
        do throws(Message.Fault) {
            _ = try Message(Array(text.utf8))
            return nil
        } catch { return error }
    }

    @Test(arguments: ["\r", "\n", "\r\n", "\r\r\n"]) func `Segments end as senders end them`(_ end: String)
        throws
    {
        let message = try message(["MSH|^~\\&|DPI|HUL", "EVN|T02", "PID|1||42", ""].joined(separator: end))
        #expect(message.segments.map(\.name) == ["MSH", "EVN", "PID"])
        #expect(message.first("PID")?[3].text == "42")
        #expect(message.first("MSH")?[4].text == "HUL")
    }

    @Test func `The separators are those of the message itself`() throws {
        let message = try message("MSH#*!?$#DPI#HUL\rPID#1##a*b$c!d?S?e")
        let field = try #require(message.first("PID")?[3])
        #expect(field.component(1).text == "a")
        #expect(field.component(2).subcomponent(2).text == "c")
        #expect(field.repetitions.map { $0.text ?? "" } == ["a*b$c", "d*e"])
    }

    @Test func `A text is shown line by line, with the spaces that align it`() throws {
        let message = try message(
            "MSH|^~\\&|DPI\rOBX|1|FT|||Sodium    138\\.br\\  Potassium \\H\\4.1\\N\\~~Fin ^ de \\E\\ texte  \rOBX|2|TX"
        )
        let texts = message.all("OBX")
        #expect(
            texts[0][5].lines == ["Sodium    138", "  Potassium 4.1", "", "Fin ^ de \\ texte"])
        #expect(texts[1][5].lines == [""])
    }

    @Test func `Fields beyond the last one are empty, and null is not nothing`() throws {
        let message = try message("MSH|^~\\&|DPI\rPID|1|\"\"|x")
        let pid = try #require(message.first("PID"))
        #expect(pid[2].isNull && pid[2].isEmpty && pid[2].text == nil)
        #expect(pid[99].isEmpty && !pid[99].isNull && pid[99].repetitions.isEmpty)
        #expect(pid[0].isEmpty && pid[3].component(7).isEmpty)
    }

    @Test(arguments: [
        ("a\\F\\b", "a|b"), ("a\\S\\b\\T\\c\\R\\d\\E\\e", "a^b&c~d\\e"), ("a\\.br\\b", "a\nb"),
        ("\\X4142\\", "AB"), ("\\H\\fett\\N\\", "fett"), ("C:\\briefe", "C:\\briefe"), ("a\\", "a\\"),
        ("\\XZZ\\", "\\XZZ\\"), ("\\X0D0A\\", nil), ("\\Z99\\x", "x"), ("\\\\", "\\\\"), ("  a ", "a"),
        ("a\\X07\\b", "a b"),
    ])
    func `Escapes are resolved, and what is none stays as it is`(_ written: String, _ read: String?) throws {
        #expect(try message("MSH|^~\\&|DPI\rNTE|1||\(written)").first("NTE")?[3].text == read)
    }

    @Test func `What is no message is told apart`() {
        #expect(fault("") == .noHeader)
        #expect(fault("FHS|^~\\&|batch") == .noHeader)
        #expect(fault("MSH") == .separators)
        #expect(fault("MSH|^~\\") == .separators)
        #expect(fault("MSH|^^\\&|") == .separators)
        #expect(fault("MSHA^~\\&|") == .separators)
        #expect(fault("MSH|^~\\&|DPI\rnonsense|1") == .segmentName(line: 2))
        #expect(fault("MSH|^~\\&|DPI\rPIDX|1") == .segmentName(line: 2))
        #expect(fault("MSH|^~\\&|D\0PI") == .zeroByte)
        #expect(fault("MSH|^~\\&|DPI" + String(repeating: "\rNTE|1", count: 3000)) == .tooMany)
        #expect(fault("MSH|^~\\&|DPI\rNTE" + String(repeating: "|", count: 3000)) == .tooMany)
    }

    @Test func `Bytes of any kind crash nothing`() {
        var generator = Seeded(state: 7)
        let alphabet = Array("MSH|^~\\&\r\nPID\u{0B}\u{1C}\"X.é".utf8) + [0x00, 0xFF, 0x80]
        for _ in 0..<3_000 {
            var bytes = Array("MSH|^~\\&|".utf8)
            for _ in 0..<Int.random(in: 0..<60, using: &generator) {
                bytes.append(alphabet.randomElement(using: &generator) ?? 0)
            }
            guard let message = try? Message(bytes) else { continue }
            _ = Header(message)
            for segment in message.segments {
                for number in 0..<8 {
                    for part in segment[number].repetitions {
                        _ = part.component(2).subcomponent(2).text
                        _ = CompositeNumber(part)
                        _ = part.content
                    }
                }
            }
        }
    }

    @Test func `A message of thirty megabytes in one field is split without being copied`() throws {
        let data = [UInt8](repeating: 0x41, count: 30 << 20)
        let bytes = Array("MSH|^~\\&|DPI\rOBX|1|ED|x||a^application^pdf^Base64^".utf8) + data + [0x0D]
        let message = try Message(bytes)
        let value = try #require(message.first("OBX")?[5])
        #expect(EncapsulatedData(value).data.content.count == data.count)
    }

    @Test func `A byte is found in its field`() throws {
        let bytes = Array("MSH|^~\\&|DPI\rPID|1||\u{00E9}".utf8)
        let message = try Message(bytes)
        let place = try #require(CharacterSet.ascii.firstForeignByte(in: bytes[...]))
        #expect(message.location(ofByte: place, in: bytes) == Location(segment: "PID", field: 3))
    }
}

/// Random numbers that are the same each time.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
