import Documents
import Testing

@testable import Dispatches

/// When a message about a known number is about the same person.
@Suite struct PatientIdentityTests {
    private func patient(
        _ family: String, _ given: String, _ birthDate: String = "1958-03-14", _ sex: Patient.Sex = .female
    ) -> Patient {
        Patient(
            id: Patient.ID(rawValue: "a"), system: "urn:oid:2.999", number: "1", familyName: family,
            givenName: given, birthDate: birthDate, sex: sex)
    }

    @Test func `A number that is not known yet stands for whoever is told`() {
        #expect(PatientIdentity.compare(nil, with: patient("Jaquet", "Hélène")) == .unknownNumber)
    }

    @Test(arguments: [
        ("Jaquet", "Hélène", []),
        ("Jaquet-Rochat", "Hélène", ["familyName"]),
        ("Rochat", "Hélène", ["familyName"]),
        ("Jaquet", "Hélène Marie", ["givenName"]),
        ("Jaquet", "", ["givenName"]),
        // the same letters, though both names are written otherwise
        ("JAQUET", "HELENE", ["familyName", "givenName"]),
        ("Jaquet ", "He\u{301}le\u{300}ne", ["familyName", "givenName"]),
    ]) func `A marriage or another spelling is the same person`(
        _ family: String, _ given: String, _ fields: [String]
    ) {
        let news = PatientIdentity.compare(patient("Jaquet", "Hélène"), with: patient(family, given))
        #expect(news == (fields.isEmpty ? .nothing : .described(fields)))
    }

    @Test func `Another sex alone is news about the same person`() {
        let told = patient("Jaquet", "Hélène", "1958-03-14", .other)
        #expect(PatientIdentity.compare(patient("Jaquet", "Hélène"), with: told) == .described(["sex"]))
    }

    @Test(arguments: [
        ("Jaquet", "Hélène", "1958-03-15"), ("Jaquet", "Hélène", "1985-03-14"),
        ("Rochat", "Colette", "1958-03-14"), ("Rochat", "", "1958-03-14"), ("Rochat", "Hélène", "1958-04-14"),
    ]) func `Another birth date, or both names at once, is somebody else`(
        _ family: String, _ given: String, _ birthDate: String
    ) {
        let news = PatientIdentity.compare(
            patient("Jaquet", "Hélène"), with: patient(family, given, birthDate))
        #expect(news == .somebodyElse)
    }
}
