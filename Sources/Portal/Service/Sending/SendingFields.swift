import Access
import Directory
import Dispatches
import Foundation
import HTML

/// What the steps of a sending hand on, as it was typed. It travels in the bodies of forms, and sealed in a cookie
/// (`SendingCookie`): no address and no history of a browser holds a patient.
struct SendingFields: Sendable, Equatable {
    var service = ""
    var patientNumber = ""
    var familyName = ""
    var givenName = ""
    /// As typed; `DateField` reads it.
    var birthDate = ""
    var stayNumber = ""
    var typeCode = ""
    /// What the recipient is looked for by.
    var words = ""
    var gln = ""
    /// On paper, where there is no electronic way.
    var isLetter = false
    /// Why it goes to somebody who was not designated.
    var reason = ""
    /// `urn:uuid:…`: a form that is sent twice is one sending.
    var identifier = ""
    var title = ""
    var author = ""
    var consentGiver = ""
    var consentForm = ""
    var consentDate = ""
    var isConsentConfirmed = false
    /// To the recipient, beside the document.
    var message = ""
    /// By which way the last step said that it goes.
    var seenWay = ""

    init() {}

    /// A new form.
    init(identifier: String) { self.identifier = identifier }

    /// The draft's own number, as addresses name it; nil when the form bears none of ours.
    var number: String? {
        let mark = "urn:uuid:".utf8
        let rest = identifier.utf8.dropFirst(mark.count)
        guard identifier.utf8.starts(with: mark), rest.count == 36,
            rest.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D })
        else { return nil }
        return String(decoding: rest, as: UTF8.self)
    }

    init(_ value: (String) -> String) {
        func text(_ name: String) -> String { value(name).trimmingCharacters(in: .whitespaces) }
        service = text("service")
        patientNumber = text("numero")
        familyName = text("nom")
        givenName = text("prenom")
        birthDate = text("naissance")
        stayNumber = text("sejour")
        typeCode = text("type")
        words = text("cherche")
        gln = String(decoding: text("gln").utf8.filter { $0 != 0x20 }, as: UTF8.self)
        isLetter = text("voie") == "courrier"
        reason = text("motif")
        identifier = text("envoi")
        title = text("titre")
        author = text("auteur")
        consentGiver = text("accord-de")
        consentForm = text("accord-forme")
        consentDate = text("accord-date")
        isConsentConfirmed = text("accord") == "1"
        message = value("message").replacing("\r\n", with: "\n").trimmingCharacters(
            in: .whitespacesAndNewlines)
        seenWay = text("voie-vue")
    }

    /// What the first step asks for, and what the second chose.
    var carried: [(name: String, value: String)] {
        [
            ("service", service), ("numero", patientNumber), ("nom", familyName), ("prenom", givenName),
            ("naissance", birthDate), ("sejour", stayNumber), ("type", typeCode), ("cherche", words),
            ("gln", gln), ("voie", isLetter ? "courrier" : ""), ("motif", reason), ("envoi", identifier),
        ]
    }

    /// What the last one asks for, the file left out.
    var lastStep: [(name: String, value: String)] {
        [
            ("titre", title), ("auteur", author), ("accord", isConsentConfirmed ? "1" : ""),
            ("accord-de", consentGiver), ("accord-forme", consentForm), ("accord-date", consentDate),
            ("message", message), ("voie-vue", seenWay),
        ]
    }

    /// Nil without a date of birth.
    var patient: SendingPatient? {
        DateField.iso(birthDate).map {
            SendingPatient(
                number: patientNumber, familyName: familyName, givenName: givenName, birthDate: $0)
        }
    }

    /// - Returns: nil when something is missing that the mistakes of the first step name.
    var draft: SendingDraft? {
        guard let number = GLN(rawValue: gln), let day = DateField.iso(birthDate) else { return nil }
        return SendingDraft(
            serviceID: HospitalService.ID(rawValue: service), patientNumber: patientNumber,
            familyName: familyName,
            givenName: givenName, birthDate: day, stayNumber: stayNumber, typeCode: typeCode, gln: number,
            byPost: isLetter)
    }

    /// What is wrong with the first step.
    func patientMistakes(now: Int64, types: Set<String>) -> [FieldMistake] {
        var mistakes: [FieldMistake] = []
        func expect(_ isRight: Bool, _ field: String, _ text: String) {
            if !isRight { mistakes.append(FieldMistake(field: field, text: text)) }
        }
        func refuse(_ mistake: TypedMistake?, _ field: String, _ texts: TypedTexts) {
            if let mistake { mistakes.append(FieldMistake(field: field, text: texts.text(mistake))) }
        }
        refuse(SendingPatient.mistake(inNumber: patientNumber), "numero", .patientNumber)
        refuse(SendingPatient.mistake(inName: familyName), "nom", .familyName)
        refuse(SendingPatient.mistake(inName: givenName), "prenom", .givenName)
        if let day = DateField.iso(birthDate) {
            expect(
                day <= LocalTime(now).iso, "naissance",
                t("Cette date de naissance est dans le futur. Vérifiez l’année."))
        } else {
            expect(
                false, "naissance",
                birthDate.isEmpty
                    ? t("Saisissez la date de naissance, par exemple 14.03.1958.")
                    : t("Cette date n’existe pas. Saisissez la date de naissance, par exemple 14.03.1958."))
        }
        refuse(SendingPatient.mistake(inStay: stayNumber), "sejour", .stayNumber)
        expect(types.contains(typeCode), "type", t("Choisissez un type de document transmissible."))
        return mistakes
    }

    /// What is wrong with the last step, the file left out.
    func documentMistakes() -> [FieldMistake] {
        var mistakes: [FieldMistake] = []
        func expect(_ isRight: Bool, _ field: String, _ text: String) {
            if !isRight { mistakes.append(FieldMistake(field: field, text: text)) }
        }
        expect((1...200).contains(title.utf8.count), "titre", t("Saisissez le titre du document."))
        expect(author.utf8.count <= 100, "auteur", t("Ce texte est trop long."))
        expect(
            isConsentConfirmed, "accord",
            t(
                "Confirmez que la patiente ou le patient a donné son accord explicite : sans lui, rien n’est envoyé."
            ))
        expect(
            SendingConsent.Giver(rawValue: consentGiver) != nil, "accord-de",
            t("Indiquez qui a donné l’accord."))
        expect(
            SendingConsent.Form(rawValue: consentForm) != nil, "accord-forme",
            t("Indiquez si l’accord est oral ou écrit."))
        expect(
            DateField.iso(consentDate) != nil, "accord-date",
            t("Saisissez la date de l’accord, par exemple 20.11.2026."))
        expect(
            ManualSending.isMessage(message), "message",
            t(
                "Le message a {count} caractères au plus, et pas de signes invisibles.",
                ["count": String(ManualSending.longestMessage)]))
        return mistakes
    }

    /// - Returns: nil when a mistake is left.
    func sending(bytes: [UInt8]) -> ManualSending? {
        guard let draft, let giver = SendingConsent.Giver(rawValue: consentGiver),
            let form = SendingConsent.Form(rawValue: consentForm), let day = DateField.iso(consentDate)
        else { return nil }
        return ManualSending(
            draft: draft, identifier: identifier, title: title, author: author,
            consent: SendingConsent(givenBy: giver, form: form, on: day), reason: reason, bytes: bytes,
            seenWay: seenWay.isEmpty ? nil : seenWay, message: message)
    }
}

/// What earlier steps asked, for the next one.
struct CarriedFields: Component {
    let fields: SendingFields
    /// Those that the form itself asks for.
    var leavesOut: Set<String> = []

    var body: Node {
        Node {
            for field in fields.carried where !leavesOut.contains(field.name) {
                input(.type("hidden"), .name(field.name), .value(field.value))
            }
        }
    }
}

/// «Étape 2 sur 3».
struct StepLine: Component {
    let step: Int
    var body: Node {
        p(.class("count")) { t("Étape {step} sur 3", ["step": String(step)]) }
    }
}
