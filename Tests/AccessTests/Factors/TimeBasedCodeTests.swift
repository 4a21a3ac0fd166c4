import Testing

@testable import Access

/// The vectors of the standards.
@Suite struct TimeBasedCodeTests {
    /// RFC 6238, appendix B, SHA-1: seconds and the last six of eight digits.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `Codes are those of RFC 6238`(_ seconds: Int64, _ digits: String) {
        let secret = Array("12345678901234567890".utf8)
        let moment = Timestamp(rawValue: seconds * 1000)
        #expect(TimeBasedCode.code(secret, step: TimeBasedCode.step(at: moment)) == digits)
        #expect(TimeBasedCode.step(of: digits, secret, at: moment, after: 0) == seconds / 30)
        #expect(TimeBasedCode.step(of: digits, secret, at: moment, after: seconds / 30) == nil)
    }

    /// RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `Secrets are written in base32`(_ text: String, _ encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
    }

    @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("\u{7F}~?>", "f34_Pg")])
    func `Answers of browsers are read in base64url`(_ text: String, _ encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: ["Zg==", "Zm+v", "Zm/v", "Z", "Zm9v\n", "é"])
    func `Anything else is not base64url`(_ text: String) { #expect(Base64URL.decode(text) == nil) }
}
