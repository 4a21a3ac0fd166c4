import Access
import Directory
import Enrolment
import Testing

/// The tables of requirements 5.1 to 5.5, as they stand there.
@Suite struct FormatTests {
    @Test(arguments: [
        ("079 000 00 01", "+41790000001"), ("0790000001", "+41790000001"),
        ("+41 79 000 00 01", "+41790000001"),
        ("+41790000001", "+41790000001"), ("0041 79 000 00 01", "+41790000001"),
        ("0041790000001", "+41790000001"),
        ("0033199000001", "+33199000001"), ("+33 1 99 00 00 01", "+33199000001"),
        ("079\u{A0}000\u{202F}00 01", "+41790000001"), ("00423 663 00 00 00", "+423663000000"),
    ])
    func `A telephone number is understood in every sensible form`(_ typed: String, _ stored: String) throws {
        #expect(try PhoneNumber.parse(typed).get().rawValue == stored)
    }

    @Test(arguments: [
        ("079-000-00-01", PhoneNumber.Mistake.punctuation), ("079.000.00.01", .punctuation),
        ("079 000 00", .tooShort), ("079 abc 00 01", .notANumber), ("", .tooShort), ("+", .tooShort),
        ("079 000 00 011", .tooLong), ("+41 79 000 00 01 ext", .notANumber),
        ("+33 1 99 00 00 01 23 45 67", .tooLong),
        ("٠٧٩٠٠٠٠٠٠١", .notANumber), ("0790000001\u{301}", .notANumber), ("++41790000001", .notANumber),
    ])
    func `What is no number is refused with its cause`(_ typed: String, _ mistake: PhoneNumber.Mistake) {
        #expect(PhoneNumber.parse(typed) == .failure(mistake))
    }

    @Test func `National numbers are read with the country of the installation`() throws {
        #expect(try PhoneNumber.parse("06 00 00 00 01", country: "33").get().rawValue == "+33600000001")
        #expect(try PhoneNumber.parse("022 000 00 01").get().isSwissLandline)
        #expect(try !PhoneNumber.parse("078 000 00 01").get().isSwissLandline)
        #expect(
            try !PhoneNumber.parse("+33 1 99 00 00 01").get().isSwissLandline,
            "nobody knows of other countries")
    }

    @Test(arguments: [
        (ProfessionalIdentifier.Kind.gln, "7601999000007", [ProfessionalIdentifier.Warning]()),
        (.gln, "7601999000014", []), (.gln, "7601 9990 0002 1", []),
        (.gln, "2000000010366", [.foreignPrefix]),
        (.rpps, "10999999997", []), (.rpps, "10101201234", [.luhn]), (.none, "0", []), (.none, "", []),
    ])
    func `An identifier is taken, and what is odd about it is told to the validator`(
        _ kind: ProfessionalIdentifier.Kind, _ typed: String, _ warnings: [ProfessionalIdentifier.Warning]
    ) throws {
        #expect(try ProfessionalIdentifier.parse(kind, typed).get().warnings == warnings)
    }

    @Test(arguments: [
        (ProfessionalIdentifier.Kind.gln, "7601999000008", ProfessionalIdentifier.Mistake.checkDigit),
        (.gln, "760199900000", .length(13)), (.gln, "76019990000AB", .notDigits), (.gln, "0", .zero),
        (.gln, "", .missing), (.rpps, "1010120123", .length(11)), (.rpps, "0", .zero),
        (.none, "7601999000007", .notNone), (.gln, "7601999000007\u{20E3}", .notDigits),
    ])
    func `A wrong identifier is refused with its cause`(
        _ kind: ProfessionalIdentifier.Kind, _ typed: String, _ mistake: ProfessionalIdentifier.Mistake
    ) {
        #expect(ProfessionalIdentifier.parse(kind, typed) == .failure(mistake))
    }

    @Test func `HIN's codes lead to the professions, and only to them`() {
        #expect(Profession(hinCode: 12) == .physiotherapist)
        #expect(Profession(hinCode: 19) == .midwife)
        #expect(
            Profession(hinCode: -1) == nil && Profession(hinCode: 0) == nil && Profession(hinCode: 1) == nil)
        #expect(Set((10...24).compactMap(Profession.init)).count == 15)
    }

    @Test(arguments: [
        ([UInt8]("%PDF-1.7".utf8), IdentityCopy.MediaType?.some(.pdf)), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], .png), ([UInt8]("<svg>".utf8), nil),
        ([UInt8]("GIF89a".utf8), nil), ([], nil), ([0xFF, 0xD8], nil),
    ])
    func `A file is told by its first bytes`(_ bytes: [UInt8], _ type: IdentityCopy.MediaType?) {
        #expect(IdentityCopy.MediaType(magic: bytes) == type)
    }
}
