import Testing

@testable import Access
@testable import Directory

/// What may stand in a field of the profile, as tables.
@Suite struct FieldRulesTests {
    @Test(arguments: [
        ("Favre", "Favre"), ("  Favre   Monnier ", "Favre Monnier"), ("d’Arve\u{A0}Müller", "d’Arve Müller"),
        ("", ""),
        ("李 小龙", "李 小龙"), ("<b>Favre</b>", "<b>Favre</b>"),
    ])
    func `Text is one line without spaces around it`(_ typed: String, _ kept: String) throws {
        #expect(try FieldRules.text(typed, .familyName) == kept)
    }

    @Test(arguments: ["Fav\nre", "Fav\u{2028}re", "Fav\u{0}re", "Fav\u{1B}[1m", "Fav\u{202E}re", "\u{E000}"])
    func `Signs that are no text are refused`(_ typed: String) {
        #expect(throws: FieldFault(.familyName, .unreadable)) { try FieldRules.text(typed, .familyName) }
    }

    @Test func `Text has a length, and where it is needed it must be there`() {
        let long = String(repeating: "é", count: 101)
        #expect(throws: FieldFault(.street, .tooLong(100))) { try FieldRules.text(long, .street) }
        #expect(throws: FieldFault(.street, .missing)) {
            try FieldRules.text(" \u{A0} ", .street, isRequired: true)
        }
    }

    @Test(arguments: [
        ("Cabinet.Test@HIN.CH", "cabinet.test@hin.ch"), ("  x@amge.ch ", "x@amge.ch"), ("", ""), ("   ", ""),
        ("a+b@sous.domaine-2.example", "a+b@sous.domaine-2.example"),
    ])
    func `Addresses are kept in lower case, and may be absent`(_ typed: String, _ kept: String) throws {
        #expect(try FieldRules.email(typed, .contactEmail) == kept)
    }

    @Test(arguments: [
        "favre", "favre@", "@hin.ch", "a@b", "a@b@hin.ch", "a b@hin.ch", "a@hin..ch", "a@.hin.ch",
        "a@hin.ch.",
        "a@-hin.ch", "a@hin-.ch", "a@hin.ch\nBcc: b@c.ch", "a@hïn.ch", "<a@hin.ch>", "a@hin_x.ch",
    ])
    func `What is no address is refused`(_ typed: String) {
        #expect(throws: FieldFault(.contactEmail, .notAnAddress)) {
            try FieldRules.email(typed, .contactEmail)
        }
    }

    /// The table of requirements 5.4.
    @Test(arguments: [
        ("079 000 00 01", "+41790000001"), ("0790000001", "+41790000001"),
        ("+41 79 000 00 01", "+41790000001"),
        ("+41790000001", "+41790000001"), ("0041 79 000 00 01", "+41790000001"),
        ("0041790000001", "+41790000001"),
        ("0033199000001", "+33199000001"), ("+33 1 99 00 00 01", "+33199000001"),
        ("022\u{A0}555\u{202F}01 00", "+41225550100"),
    ])
    func `Telephone numbers are understood in all usual forms`(_ typed: String, _ kept: String) throws {
        #expect(try FieldRules.phone(typed, .phone, callingCode: "41")?.rawValue == kept)
    }

    @Test(arguments: [
        ("079-000-00-01", ProfileFault.phonePunctuation), ("079.000.00.01", .phonePunctuation),
        ("079 000 00", .phoneTooShort), ("079 abc 00 01", .notAPhone),
        ("+41 79 000 00 01 23 45 67 89", .phoneTooLong),
        ("(079) 000 00 01", .notAPhone),
    ])
    func `Others are refused, with what is wrong`(_ typed: String, _ fault: ProfileFault) {
        #expect(throws: FieldFault(.phone, fault)) { try FieldRules.phone(typed, .phone, callingCode: "41") }
    }

    @Test func `A number may be absent`() throws {
        #expect(try FieldRules.phone("  ", .phone, callingCode: "41") == nil)
    }

    @Test(arguments: [("30", 30), ("100", 100), (" 365 ", 365)])
    func `A life is a number of days`(_ typed: String, _ days: Int) throws {
        #expect(try FieldRules.days(typed, .lifetimeDays, in: 30...365) == days)
    }

    @Test(arguments: [
        ("", ProfileFault.missing), ("29", .outOfRange(30...365)), ("366", .outOfRange(30...365)),
        ("cent", .notANumber),
        ("-50", .notANumber), ("1e2", .notANumber), ("٣٠", .notANumber),
        ("99999999999999999999", .notANumber),
        ("100.5", .notANumber),
    ])
    func `A life beyond the range is refused`(_ typed: String, _ fault: ProfileFault) {
        #expect(throws: FieldFault(.lifetimeDays, fault)) {
            try FieldRules.days(typed, .lifetimeDays, in: 30...365)
        }
    }

    @Test func `Only codes are types of documents, and each counts once`() throws {
        #expect(
            try FieldRules.typeCodes(["373942005", "371535009", "373942005"]) == ["371535009", "373942005"])
        for wrong in ["", "1 OR 1=1", "12345", "1234567890123456789", "37394200a"] {
            #expect(throws: FieldFault(.displayedTypes, .unknownChoice)) { try FieldRules.typeCodes([wrong]) }
        }
    }

    @Test func `Specialities have a code and a name each, and no two the same`() {
        #expect(Set(Speciality.all.map(\.code)).count == Speciality.all.count)
        #expect(Set(Speciality.all.map(\.name)).count == Speciality.all.count)
        #expect(Speciality(code: "394802001")?.name == "Médecine générale")
        #expect(Speciality(code: "394802001\u{301}") == nil)
    }
}
