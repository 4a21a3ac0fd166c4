import Access
import Demo
import TestSupport
import Testing

@testable import Dispatches

/// What may be typed as a patient: the rules that systems' messages have, and a digit.
@Suite struct TypedPatientTests {
    @Test(
        arguments: [
            ("000412033", nil), ("PAT-42", nil), ("000 412 033", nil), ("7561234567890", nil),
            ("", .missing), ("zz", .noDigit), ("Jaquet", .noDigit), ("--", .noDigit), ("١٢٣", .noDigit),
            ("412\u{7}033", .unprintable), ("412\n033", .unprintable), ("412\u{2028}033", .unprintable),
            (String(repeating: "4", count: 51), .tooLong),
            ("756.1234.5678.97", .national(.insurance)), ("7561234567897", .national(.insurance)),
            ("761337610411265304", .national(.record)), ("80756001234567890123", .national(.card)),
        ] as [(String, TypedMistake?)])
    func `A patient's number is a line with a digit, and no national number`(
        _ text: String, _ mistake: TypedMistake?
    ) {
        #expect(SendingPatient.mistake(inNumber: text) == mistake)
    }

    @Test(
        arguments: [
            ("Jaquet", nil), ("O’Neill-d’Épinay", nil), ("李", nil), ("", .missing), ("123", .noLetter),
            ("??", .noLetter), ("Ja\tquet", .unprintable), (String(repeating: "é", count: 51), .tooLong),
        ] as [(String, TypedMistake?)])
    func `A name is a line with a letter`(_ text: String, _ mistake: TypedMistake?) {
        #expect(SendingPatient.mistake(inName: text) == mistake)
    }

    @Test func `Nobody born tomorrow is sent anything about, whatever a form lets through`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let holder = try await portal.holder(DemoPeople.chappuis)
        for (number, day) in [("000412033", "2026-11-21"), ("zz", "1958-03-14")] {
            let person = SendingPatient(
                number: number, familyName: "Jaquet", givenName: "Hélène", birthDate: day)
            await #expect(throws: ManualRefusal.invalid) {
                try await portal.dispatches.confirmPatient(person, holder)
            }
        }
        await #expect(throws: ManualRefusal.invalid) {
            _ = try await portal.dispatches.choices(
                patientNumber: "zz", stayNumber: "2026111207", words: "", holder)
        }
        let today = SendingPatient(
            number: "000412033", familyName: "Jaquet", givenName: "Hélène", birthDate: "2026-11-20")
        try await portal.dispatches.confirmPatient(today, holder)
    }
}
