import Access
import Directory
package import Documents
import Storage

/// Rows of many documents without their files: lists are tested with these, a hundred in an instant.
package struct Shelf: Sendable {
    let portal: TestPortal
    let sender: Client.ID
    let account: Account.ID

    /// The shelf of the professional with this GLN.
    package init(_ portal: TestPortal, gln: String) async throws {
        self.portal = portal
        sender = try await portal.recordSystem().clientID
        account = try await portal.account(gln)
    }

    /// A patient, known to the portal.
    package func patient(
        _ number: String, _ family: String, _ given: String, born birthDate: String, _ sex: Patient.Sex
    ) async throws -> Patient {
        let patient = Patient(
            id: portal.documents.patientID(system: Letter.patientSystem, number: number),
            system: Letter.patientSystem, number: number, familyName: family, givenName: given,
            birthDate: birthDate, sex: sex)
        try await portal.database.write { try $0.save(patient) }
        return patient
    }

    /// Puts a document on the shelf, received now.
    package func add(
        _ name: String, about patient: Patient, type: String = "373942005", service: String = "Cardiologie"
    ) async throws {
        let now = portal.time.now
        let document = Document(
            id: Document.ID(rawValue: name), senderID: sender, masterIdentifier: "urn:oid:2.999.\(name)",
            patientID: patient.id,
            stay: Stay(system: Letter.staySystem, number: "2026111207", start: nil, end: nil), typeCode: type,
            classCode: "419891008", title: name, service: service, author: "Dr Marc Aebischer",
            language: "fr-CH", confidentiality: "17621005", authoredAt: now, publishedAt: now,
            mediaType: "application/pdf", byteCount: 1, sha256: [0], sha1: [0], pageCount: 1, warnings: "",
            version: 1, replacesID: nil, state: .current, preview: .pending)
        try await portal.database.write { [account] transaction in
            try transaction.insert(document, digest: [0])
            try transaction.addReader(
                account, to: document, basis: "assertion", at: now, until: now.adding(days: 100))
        }
    }
}
