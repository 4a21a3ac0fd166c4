import FHIR
import Testing

@Suite struct HostileInputTests {
    private func kind(_ text: String, _ change: (inout JSONLimits) -> Void = { _ in }) -> JSONFault? {
        var limits = JSONLimits(totalBytes: 40 * 1024 * 1024)
        change(&limits)
        do throws(JSONFault) {
            _ = try JSON.read(Array(text.utf8), limits: limits)
            return nil
        } catch { return error }
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":"]) func `Nesting of 100,000 is refused where 64 ends`(
        _ piece: String
    ) {
        let fault = kind(String(repeating: piece, count: 100_000))
        #expect(fault?.kind == .cost && fault?.issue.code == .tooCostly)
        #expect((fault?.offset ?? .max) < 65 * piece.utf8.count)
    }

    @Test func `Sixty-four levels are read, sixty-five are not`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(kind(nested(64)) == nil)
        #expect(kind(nested(65))?.kind == .cost)
    }

    @Test func `A million elements are refused at the hundred-thousandth`() {
        let fault = kind("[" + String(repeating: "0,", count: 1_000_000) + "0]")
        #expect(fault?.kind == .cost && fault?.path == "[99999]")
        #expect((fault?.offset ?? .max) <= 200_001)
    }

    @Test func `Long strings are refused outside data and narrative`() {
        let long = String(repeating: "a", count: 10_000_000)
        #expect(kind("{\"title\":\"\(long)\"}")?.kind == .cost)
        #expect(kind("{\"title\":\"\\n\(long)\"}")?.kind == .cost)
        #expect(kind("{\"div\":\"\(long)\"}")?.kind == .cost)
        #expect(kind("{\"div\":\"\(long.prefix(1_000_000))\"}") == nil)
        #expect(kind("{\"data\":\"\(long)\"}") == nil)
        #expect(kind("{\"\(long)\":0}")?.kind == .cost)
        #expect(kind(String(repeating: "9", count: 10_000_000))?.kind == .cost)
        let escapes = String(repeating: "\\u0041", count: 20_000)
        #expect(kind("[\"\(escapes)\"]")?.kind == .cost)
    }

    @Test func `A body over the limit is too large and nothing of it is read`() {
        let fault = kind("[1,2,3]") { $0.totalBytes = 6 }
        #expect(fault?.kind == .size && fault?.issue.httpStatus == 413 && fault?.issue.code == .tooLong)
    }

    @Test func `A document cut off anywhere is refused`() {
        let bytes = Example.document.bytes
        for length in bytes.indices {
            #expect(throws: JSONFault.self) {
                try JSON.read(Array(bytes[..<length]), limits: JSONLimits(totalBytes: 10_000))
            }
        }
    }

    @Test func `A document with 90,000 unknown properties gets a bounded answer`() throws {
        let members = (0..<90_000).map { JSON.Member("x\($0)", 1) }
        let json = try JSON.object([.init("resourceType", "DocumentReference")] + members).sent()
        let outcome = OperationOutcome(DocumentReferenceDecoder.decode(json).issues)
        #expect(outcome.issues.count == 51 && outcome.httpStatus == 400)
        #expect(outcome.json(canonicalBase: "https://portal.example/fhir").bytes.count < 20_000)
    }

    /// 20,000 small damages of a valid document, the same ones each time: none ends the process, and each is
    /// either read or refused with at least one issue.
    @Test func `Random damage never does more than refuse`() throws {
        var random = Generator(state: 20_261_120)
        let originals = [Example.document.bytes, Example.consent.bytes]
        var accepted = 0
        for round in 0..<20_000 {
            var bytes = originals[round % 2]
            for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&bytes, &random) }
            guard let json = try? JSON.read(bytes, limits: JSONLimits(totalBytes: 100_000)) else { continue }
            let document = DocumentReferenceDecoder.decode(json)
            let consent = ConsentDecoder.decode(json)
            if document.value != nil || consent.value != nil { accepted += 1 }
            #expect(document.value != nil || !document.issues.isEmpty)
            #expect(consent.value != nil || !consent.issues.isEmpty)
        }
        #expect(accepted > 0)
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout Generator) {
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"", "null", "-1", "\\ud800", "#", "é", "\u{0}", "\"_", "1e9",
        ]
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
            bytes.insert(
                contentsOf: Array(tokens[Int.random(in: 0..<tokens.count, using: &random)].utf8), at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        default: bytes[place] = bytes[Int.random(in: 0..<bytes.count, using: &random)]
        }
    }
}

/// A generator with a seed (SplitMix64), so that a failing mutation can be found again.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
