import FHIR
import Testing

@Suite struct GS1Tests {
    @Test(arguments: [
        "7601099000013", "7601099000020", "7601999000007", "7601999000014", "7601999000021", "7601999000038",
        "7601999000045", "7601999000052", "7601999000069", "7601999000076", "7601999000083", "7601999000090",
        "7601099100010", "7601099900016", "7601099000990", "2000000010366",
    ]) func `A GLN with the right check digit is one`(_ number: String) {
        #expect(GS1.isGLN(number))
        for place in 0..<13 {
            var digits = Array(number.utf8)
            digits[place] = digits[place] == 0x39 ? 0x30 : digits[place] + 1
            #expect(!GS1.isGLN(String(decoding: digits, as: UTF8.self)))
        }
    }

    @Test(arguments: [
        "7601099000014", "760109900001", "76010990000AB", "7601999000008", "760199900000", "76019990000AB",
        "", "0",
        "76010990000133", " 7601099000013", "７601099000013", "760109900001\u{301}",
    ]) func `Anything else is none`(_ number: String) { #expect(!GS1.isGLN(number)) }

    @Test(arguments: ["7569217076985", "7561234567897", "761337610411353650", "761337611234567897"])
    func `Other numbers of GS1 have the same check digit`(_ number: String) {
        #expect(GS1.hasValidCheckDigit(number))
        #expect(!GS1.hasValidCheckDigit(String(number.dropLast()) + (number.last == "0" ? "1" : "0")))
    }
}
