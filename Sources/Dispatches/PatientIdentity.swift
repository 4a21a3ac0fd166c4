import Access
import Documents
import Foundation
import Storage

/// Whether a message about a known patient number is about the same person.
enum PatientIdentity {
    /// What a message says that is new.
    enum News: Sendable, Equatable {
        /// The number is not known yet.
        case unknownNumber
        case nothing
        /// The same person, described otherwise: a marriage, another spelling. The fields' names, for the trail.
        case described([String])
        /// Another birth date, or another family name and another given name at once.
        case somebodyElse
    }

    /// Pure. Names are the same person's also in other capitals, without accents and with other punctuation;
    /// yet any other spelling is news, because the reader is shown it.
    static func compare(_ known: Patient?, with told: Patient) -> News {
        guard let known else { return .unknownNumber }
        let isOtherFamily = isOther(known.familyName, than: told.familyName)
        let isOtherGiven = isOther(known.givenName, than: told.givenName)
        if known.birthDate != told.birthDate || isOtherFamily && isOtherGiven { return .somebodyElse }
        return described(known, told)
    }

    /// Pure. What patient administration may correct, and a document may not: a birth date, or both names; not both
    /// at once, which is somebody else.
    static func correction(of known: Patient, with told: Patient) -> News {
        let isOtherName =
            isOther(known.familyName, than: told.familyName)
            || isOther(known.givenName, than: told.givenName)
        if known.birthDate != told.birthDate, isOtherName { return .somebodyElse }
        return described(known, told)
    }

    private static func described(_ known: Patient, _ told: Patient) -> News {
        var fields: [String] = []
        if known.birthDate != told.birthDate { fields.append("birthDate") }
        if !known.familyName.utf8.elementsEqual(told.familyName.utf8) { fields.append("familyName") }
        if !known.givenName.utf8.elementsEqual(told.givenName.utf8) { fields.append("givenName") }
        if known.sex != told.sex { fields.append("sex") }
        return fields.isEmpty ? .nothing : .described(fields)
    }

    /// Most names are the same to the letter, which costs nothing to see.
    private static func isOther(_ name: String, than told: String) -> Bool {
        name != told && letters(of: name) != letters(of: told)
    }

    /// «Müller-d’Épinay» as «mullerdepinay».
    private static func letters(of name: String) -> String {
        let folded = name.folding(
            options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "fr_CH"))
        return String(String.UnicodeScalarView(folded.unicodeScalars.filter(\.properties.isAlphabetic)))
    }
}

extension PublishDocument {
    /// The patient as the message describes him, under the portal's pseudonym.
    func patient(_ id: Patient.ID) -> Patient {
        Patient(
            id: id, system: patientSystem, number: patientNumber, familyName: familyName,
            givenName: givenName, birthDate: birthDate, sex: sex)
    }
}

extension DispatchActions {
    /// Keeps what is new about the patient. A change shows on all documents of the number, so it is an event:
    /// it names the fields, never what stands in them.
    func write(
        _ news: PatientIdentity.News, of patient: Patient, _ sender: Sender,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        switch news {
        case .nothing: break
        case .unknownNumber: try transaction.save(patient)
        case .described(let fields):
            try transaction.save(patient)
            try transaction.record(
                AuditEntry(
                    .patientChanged, object: AuditObject(kind: "patient", id: patient.id.rawValue),
                    patientID: patient.id.rawValue, detail: fields.joined(separator: " ")),
                by: sender.actor, at: now)
        case .somebodyElse: throw DispatchRefusal.otherIdentity
        }
    }
}
