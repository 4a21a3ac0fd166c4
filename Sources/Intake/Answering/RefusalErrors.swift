import Access
import Dispatches
import HL7v2
import PDF

/// The core's refusals in the words of HL7 v2: standards, section 3.7.
enum RefusalErrors {
    static func error(of refusal: any Refusal) -> MessageError {
        if let refusal = refusal as? DispatchRefusal { return error(of: refusal, at: nil) }
        if let refusal = refusal as? StayRefusal { return error(of: refusal) }
        return MessageError(
            .applicationFault, "REFUSED", diagnostics: refusal.rule,
            userMessage: "Le portail a refusé le message")
    }

    /// - Parameter place: of the recipient, when it is about one.
    static func error(of refusal: DispatchRefusal, at place: Location?) -> MessageError {
        let recipient = place ?? Location(segment: "TXA", field: 23)
        let (code, location, application, english, french) = words(refusal, recipient)
        return MessageError(code, at: location, application, diagnostics: english, userMessage: french)
    }

    private static func words(_ refusal: DispatchRefusal, _ recipient: Location)
        -> (MessageError.Code, Location?, String, String, String)
    {
        let type = Location(segment: "TXA", field: 2)
        let identifier = Location(segment: "TXA", field: 12)
        let parent = Location(segment: "TXA", field: 13)
        let stay = Location(segment: "PV1", field: 19)
        switch refusal {
        case .unknownRecipient:
            return (
                .unknownKey, recipient, "UNKNOWN_RECIPIENT", "No account has this GLN",
                "Le médecin destinataire n’a pas de compte actif sur le portail"
            )
        case .unavailableRecipient:
            return (
                .applicationFault, recipient, "RECIPIENT_NOT_ELIGIBLE",
                "The account is not active, has no strong sign-in, or wants no documents",
                "Le médecin destinataire ne peut pas recevoir de documents pour le moment"
            )
        case .withheldType, .notCommunicant:
            return (
                .tableValue, type, "TYPE_NOT_COMMUNICABLE",
                "Documents of this type are not released to the recipient",
                "Les documents de ce type ne sont pas transmis par le portail"
            )
        case .notDesignated:
            return (
                .applicationFault, stay, "NOT_DESIGNATED",
                "The patient has not designated this recipient for this stay",
                "Le patient n’a pas désigné ce médecin pour ce séjour"
            )
        case .denied:
            return (
                .applicationFault, stay, "NOT_DESIGNATED",
                "The patient refused electronic transmission for this stay",
                "Le patient a refusé la transmission électronique pour ce séjour"
            )
        case .otherContent:
            return (
                .duplicateKey, identifier, "DUPLICATE_ID", "This identifier was used for another content",
                "Ce numéro de document est déjà utilisé pour un autre contenu"
            )
        case .replacesUnknown, .notFound:
            return (
                .unknownKey, refusal == .notFound ? identifier : parent, "UNKNOWN_DOCUMENT",
                "The portal has no such document of this sender",
                "Le portail ne connaît pas ce document"
            )
        case .replacesOtherPatient:
            return (
                .applicationFault, parent, "PATIENT_MISMATCH",
                "The document to replace is about another patient",
                "Le document à remplacer concerne un autre patient"
            )
        case .otherIdentity:
            return (
                .applicationFault, Location(segment: "PID", field: 3), "PATIENT_MISMATCH",
                "The patient number stands for somebody else",
                "Ce numéro de patient est connu sous une autre identité"
            )
        case .unknownPatient:
            return (
                .unknownKey, Location(segment: "PID", field: 3), "UNKNOWN_PATIENT",
                "The portal does not know this number: PID-5, PID-7 and PID-8 are needed",
                "Le portail ne connaît pas encore ce patient : il manque le nom et la date de naissance"
            )
        case .alreadyReplaced:
            return (
                .applicationFault, parent, "ALREADY_REPLACED",
                "The document to replace has a newer version already, or was withdrawn",
                "Le document à remplacer n’est plus la version en cours"
            )
        case .withdrawnAhead:
            return (
                .unknownKey, identifier, "WITHDRAWN", "The document was taken back before it came",
                "Ce document a été annulé avant d’être transmis"
            )
        case .inspectionUnavailable:
            return (
                .applicationFault, nil, "TRY_AGAIN", "The document cannot be inspected just now",
                "Le document ne peut pas être contrôlé pour le moment"
            )
        case .staleVersion:
            return (
                .recordLocked, nil, "STALE_VERSION", "It was changed meanwhile",
                "Le dossier a été modifié entre-temps"
            )
        }
    }

    private static func error(of refusal: StayRefusal) -> MessageError {
        switch refusal {
        case .otherPatient:
            MessageError(
                .applicationFault, at: Location(segment: "PV1", field: 19), "PATIENT_MISMATCH",
                diagnostics: "The stay belongs to another patient",
                userMessage: "Ce séjour est connu pour un autre patient")
        case .otherIdentity:
            MessageError(
                .applicationFault, at: Location(segment: "PID", field: 3), "PATIENT_MISMATCH",
                diagnostics: "The patient number stands for somebody else: birth date and name both differ",
                userMessage: "Ce numéro de patient est connu sous une autre identité")
        case .sameNumber:
            MessageError(
                .applicationFault, at: Location(segment: "MRG", field: 1), "SAME_NUMBER",
                diagnostics: "The number to retire is the one that should survive",
                userMessage: "Les deux numéros de patient sont identiques")
        case .mergedElsewhere:
            MessageError(
                .applicationFault, at: Location(segment: "MRG", field: 1), "MERGED_ELSEWHERE",
                diagnostics: "One of the numbers was merged otherwise before",
                userMessage: "L’un des numéros a déjà été fusionné autrement")
        }
    }

    static func error(of refusal: PDFRefusal) -> MessageError {
        let words =
            switch refusal {
            case .emptyFile: ("The document is empty", "Le document est vide")
            case .notPDF: ("The data are not a PDF", "Le document n’est pas un PDF")
            case .broken: ("The PDF is truncated or damaged", "Le PDF est endommagé")
            case .encrypted: ("The PDF is encrypted", "Le PDF est chiffré")
            case .tooManyPages: ("The PDF has too many pages", "Le PDF a trop de pages")
            case .tooLarge, .timeout:
                ("The PDF could not be looked at within the limits", "Le PDF est trop complexe")
            case .noSuchPage: ("The PDF has no pages", "Le PDF n’a pas de page")
            case .malware: ("The document holds malware", "Le document contient un logiciel malveillant")
            case .archiveInside:
                (
                    "An archive, a program or too many files are attached to the PDF",
                    "Une archive, un programme ou trop de fichiers sont joints au PDF"
                )
            case .tooManyObjects:
                (
                    "The PDF has more objects than can be looked through, or files attached among too many",
                    "Le PDF a trop d’objets pour être contrôlé"
                )
            }
        return MessageError(
            .applicationFault, at: Location(segment: "OBX", field: 5, component: 5), "INVALID_CONTENT",
            diagnostics: words.0, userMessage: words.1)
    }
}
