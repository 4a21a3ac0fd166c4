import Access
import Directory
import TestSupport
import Testing

@testable import Dispatches

/// A letter that somebody of the cardiology sends to Dre Favre by hand, with the patient's consent.
enum HandLetter {
    /// The stay for which Mme Jaquet has designated Dre Favre, and one for which she has not.
    static let stay = "2026111207"
    static let otherStay = "2026111299"

    static func sending(
        _ portal: TestPortal, _ holder: Holder, stay: String = stay, reason: String = "", message: String = ""
    ) async throws -> ManualSending {
        let service = try #require(try await portal.access.ownServices(holder).first)
        let gln = try #require(GLN(rawValue: "7601099000013"))
        return ManualSending(
            draft: SendingDraft(
                serviceID: service.id, patientNumber: "000412033", familyName: "Jaquet", givenName: "Hélène",
                birthDate: "1958-03-14", stayNumber: stay, typeCode: "373942005", gln: gln),
            identifier: "urn:uuid:0f2c1b34-1111-4222-8333-444455556666", title: "Lettre de sortie",
            author: "Dr Marc Aebischer",
            consent: SendingConsent(givenBy: .patient, form: .oral, on: "2026-11-20"),
            reason: reason, bytes: Letter.pdf(), message: message)
    }
}
