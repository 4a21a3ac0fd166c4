import Access
import Directory
import Dispatches
import FHIR
import PDF

/// The core's refusals in the words of FHIR and IHE: standards, section 3.7.
extension FHIRInterface {
    static func outcome(of refusal: any Refusal) -> OperationOutcome {
        if let refusal = refusal as? DispatchRefusal { return OperationOutcome([issue(of: refusal)]) }
        if refusal is RecipientSearchRefusal {
            return OperationOutcome([.init(.throttled, "Too many searches; try again in a minute")])
        }
        let issue: OperationOutcome.Issue =
            switch refusal.kind {
            case .notFound: .init(.notFound, "Unknown", status: 404)
            case .forbidden: .init(.forbidden, refusal.rule)
            case .invalid: .init(.invalid, refusal.rule)
            case .conflict: .init(.conflict, refusal.rule, status: 409)
            case .expired: .init(.deleted, refusal.rule)
            case .unavailable: .init(.transient, refusal.rule)
            }
        return OperationOutcome([issue])
    }

    static func issue(of refusal: DispatchRefusal, at place: String? = nil) -> OperationOutcome.Issue {
        switch refusal {
        case .notFound: .init(.notFound, "Unknown, or another sender's", status: 404)
        case .unknownRecipient:
            .init(
                .notFound, "No account has this GLN",
                at: place ?? DocumentSubmission.recipientExpression, details: "UnknownRecipient")
        case .unavailableRecipient:
            .init(
                .businessRule,
                "The recipient's account is not active, has no strong sign-in, or wants no documents",
                at: place ?? DocumentSubmission.recipientExpression, details: "UnavailableRecipient")
        case .withheldType:
            .init(
                .businessRule, "Documents of this type are not released to the recipient's profession",
                at: DocumentSubmission.typeExpression, details: "TypeNotCommunicable")
        case .notDesignated:
            .init(
                .businessRule, "The patient has not designated this recipient for this stay",
                at: DocumentSubmission.stayExpression, details: "NotDesignated")
        case .denied:
            .init(
                .businessRule, "The patient refused electronic transmission for this stay",
                at: DocumentSubmission.stayExpression, details: "ConsentMissing")
        case .notCommunicant:
            .init(
                .businessRule, "Documents of this type are not released to professionals",
                at: DocumentSubmission.typeExpression, details: "TypeNotCommunicable")
        case .otherContent:
            .init(
                .duplicate, "This identifier was used for another content",
                at: DocumentSubmission.identifierExpression, details: "XDSDuplicateUniqueIdInRegistry")
        case .replacesUnknown:
            .init(
                .notFound, "The document to replace is unknown",
                at: DocumentSubmission.replacesExpression, details: "XDSReplaceFailed")
        case .replacesOtherPatient:
            .init(
                .conflict, "The document to replace is about another patient",
                at: DocumentSubmission.replacesExpression, details: "XDSPatientIdDoesNotMatch")
        case .alreadyReplaced:
            .init(
                .conflict, "The document to replace has a newer version already",
                at: DocumentSubmission.replacesExpression, details: "XDSReplaceFailed")
        case .otherIdentity:
            .init(
                .conflict,
                "The patient number stands for somebody else: the birth date differs from the one known, or "
                    + "family name and given name both do",
                at: DocumentSubmission.patientExpression, details: "OtherPatientIdentity", status: 409)
        case .unknownPatient:
            .init(
                .notFound, "The patient's name, birth date and sex are needed",
                at: DocumentSubmission.patientExpression, details: "XDSUnknownPatientId")
        case .withdrawnAhead:
            .init(
                .conflict, "The document was taken back before it came",
                at: DocumentSubmission.identifierExpression, status: 409)
        case .inspectionUnavailable:
            .init(.transient, "The document cannot be inspected just now; send it again")
        case .staleVersion: .init(.conflict, "The version in If-Match is not the current one", status: 412)
        }
    }

    static func outcome(of refusal: PDFRefusal) -> OperationOutcome {
        let words =
            switch refusal {
            case .emptyFile: "The document is empty"
            case .notPDF: "The data are not a PDF"
            case .broken: "The PDF is truncated or damaged"
            case .encrypted: "The PDF is encrypted"
            case .tooManyPages: "The PDF has too many pages"
            case .tooLarge: "The PDF needs more room than allowed to be looked at"
            case .timeout: "The PDF took too long to be looked at"
            case .noSuchPage: "The PDF has no pages"
            case .malware: "The document holds malware"
            case .archiveInside: "An archive, a program or too many files are attached to the PDF"
            case .tooManyObjects:
                "The PDF has more objects than can be looked through, or files attached among too many"
            }
        return OperationOutcome([
            .init(.invalid, words, at: DocumentSubmission.dataExpression, details: "InvalidDocumentContent")
        ])
    }
}
