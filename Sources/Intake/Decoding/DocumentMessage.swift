import Access
import Directory
import Dispatches
import Documents
import FHIR
import HL7v2

/// MDM: what it says of the document itself.
struct DocumentIdentity: Sendable {
    let master: String
    /// TXA-13
    let parent: String?
    /// TXA-21
    let reason: String?
    /// Taken back: T11, TXA-19 deleted, obsolete or unavailable, or an OBX whose result is deleted.
    let isWithdrawn: Bool
}

extension MessageReading {
    /// Without content, by the standard.
    var isWithoutContent: Bool { ["T01", "T03", "T05", "T07", "T09", "T11"].contains(header.event) }

    mutating func identity() throws -> DocumentIdentity {
        guard let segment = required("TXA") else {
            try check()
            throw Rejection(.error, errors)
        }
        guard let master = documentIdentifier(segment[12]) else {
            missing(segment.location(12))
            throw Rejection(.error, errors)
        }
        let availability = segment[19].component(1).text?.uppercased()
        let isDeleted = message.all("OBX").contains { $0[11].component(1).text?.uppercased() == "D" }
        return DocumentIdentity(
            master: master, parent: documentIdentifier(segment[13]), reason: segment[21].text,
            isWithdrawn: header.event == "T11" || ["CA", "OB", "UN"].contains(availability) || isDeleted)
    }

    /// The command of a message with content.
    /// - Parameters:
    ///   - made: what was made of the message's text; nil: its file is looked for.
    ///   - limit: bytes of the file, at most.
    /// - Throws: `Rejection` with all that is wrong.
    mutating func command(
        _ identity: DocumentIdentity, replaces: Replaced?, made: Attachment?, limit: Int
    ) throws -> (command: PublishDocument, places: [GLN: Location]) {
        let document = required("TXA")
        if let document { checkCompletion(document) }
        // a number alone will do for whom the portal knows; half a description is a mistake
        let patient = required("PID").flatMap {
            self.patient($0, needsDescription: isTextDocument || !$0[5].isEmpty || !$0[7].isEmpty)
        }
        let stay = self.stay(required("PV1"))
        let recipients = recipients()
        // what is wrong with a text was said when it was looked at
        let attachment = made ?? (isTextDocument ? nil : attachment(limit: limit))
        guard let document, let patient, let stay, let attachment, errors.isEmpty
        else { throw Rejection(.error, errors) }
        let type = type(attachment.name, document)
        let language = header.language
        let described = patient.description
        var command = PublishDocument(
            masterIdentifier: identity.master, replaces: replaces, patientSystem: patient.system,
            patientNumber: patient.number, familyName: described?.familyName ?? "",
            givenName: described?.givenName ?? "", birthDate: described?.birthDate ?? "",
            sex: described?.sex ?? .unknown, stay: stay, recipients: recipients.map(\.gln),
            typeCode: type, classCode: DocumentClass.code(ofType: type),
            title: title(attachment.name, document, type), service: service, author: author(document),
            language: language, confidentiality: Self.confidentiality(document[18]).rawValue,
            authoredAt: authoredAt(document),
            mediaType: "application/pdf", bytes: attachment.bytes)
        command.isDescribed = described != nil
        return (command, Dictionary(recipients.map { ($0.gln, $0.place) }) { first, _ in first })
    }

    /// TXA-4, else 6, else MSH-7.
    func authoredAt(_ document: Segment) -> Timestamp {
        let created = [document[4], document[6]].lazy
            .compactMap { $0.component(1).text.flatMap(TimeStamp.init) }.first
        return created.map(SwissTime.moment) ?? header.sentAt ?? Timestamp(rawValue: 0)
    }

    /// TXA-9, else 10.
    func author(_ document: Segment) -> String {
        [document[9], document[10]].lazy.compactMap { NumberedName($0.first).displayName }.first ?? ""
    }

    private mutating func checkCompletion(_ document: Segment) {
        guard let completion = document[17].component(1).text?.uppercased() else {
            missing(document.location(17))
            return
        }
        guard !sender.completions.contains(completion) else { return }
        refuse(
            MessageError(
                .tableValue, at: document.location(17), "NOT_FINAL",
                diagnostics:
                    "\(completion) is not final: \(sender.completions.sorted().joined(separator: ", "))",
                userMessage: "Le document n’est pas finalisé"))
    }

    /// SNOMED CT of OBX-3, else LOINC or a local code there, else TXA-2; else «other», with a warning.
    private mutating func type(_ name: CodedElement, _ document: Segment) -> String {
        let codes = [(name.code, name.system), (name.alternateCode, name.alternateSystem)]
        for case (let code?, let system?) in codes
        where ["SCT", "SNM", "SNOMED-CT"].contains(system.uppercased()) && ValueSet.documentTypes[code] != nil
        {
            return code
        }
        let others = codes.compactMap(\.0) + [document[2].component(1).text].compactMap { $0 }
        if let known = others.first(where: { mapping.types[$0] != nil }), let type = mapping.types[known] {
            return type
        }
        warn(
            MessageError(
                .tableValue, at: document.location(2),
                diagnostics: "The document type is not mapped: it is published as «other»",
                userMessage: "Type de document inconnu : classé sous « autre documentation »"))
        return "419891008"
    }

    private func title(_ name: CodedElement, _ document: Segment, _ type: String) -> String {
        let french = ValueSet.documentTypes[type]?.french ?? ""
        return name.text ?? name.alternateText ?? document[16].text
            ?? french.prefix(1).uppercased() + french.dropFirst()
    }

    /// What readers see of PV1-10 or of the ward; nothing rather than a code.
    var service: String {
        let visit = message.first("PV1")
        return [visit?[10].component(1).text, visit?[3].component(1).text].lazy
            .compactMap { $0.flatMap { mapping.services[$0] } }.first ?? ""
    }

    private static func confidentiality(_ field: Part) -> Confidentiality {
        switch field.component(1).text?.uppercased() {
        case "R": .restricted
        case "V": .secret
        default: .normal
        }
    }
}

extension Header {
    /// MSH-7
    var sentAt: Timestamp? { TimeStamp(sentAtText).map(SwissTime.moment) }

    /// MSH-19 as BCP 47; French as spoken in Switzerland when nothing is said.
    var language: String {
        switch principalLanguage.lowercased().prefix(2) {
        case "de": "de-CH"
        case "it": "it-CH"
        case "en": "en"
        default: "fr-CH"
        }
    }
}
