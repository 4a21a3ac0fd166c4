/// A document as a hospital publishes it (IHE MHD ITI-105), decoded: every rule that can be decided without
/// knowing the portal's own data has been applied. Whether the recipient has an account, was designated, or
/// the document is a sound PDF, is for others to say.
public struct DocumentSubmission: Sendable, Equatable {
    /// The document's unique identifier, the idempotency key within the sending system.
    public let masterIdentifier: Identifier
    public let completion: Completion
    /// SNOMED CT code of `ValueSet.documentTypes`.
    public let typeCode: String
    /// SNOMED CT code of `ValueSet.documentClasses`; derived from the type when the sender gives none.
    public let classCode: String
    public let patient: Patient
    public let stay: Stay
    /// At least one, each professional once, in the order sent.
    public let recipients: [Recipient]
    public let author: Author?
    /// SNOMED CT code of `ValueSet.practiceSettings`: the service it comes from.
    public let practiceSetting: String?
    /// The title to show: the description, else the attachment's title, else the type's French name.
    public let title: String
    /// When the reference was made.
    public let date: Instant?
    public let confidentiality: Confidentiality
    /// The document this one corrects.
    public let replaces: Predecessor?
    public let attachment: Attachment

    /// `docStatus`; absent means final.
    public enum Completion: String, Sendable { case final, amended }

    public struct Patient: Sendable, Equatable {
        /// The hospital's own number; never an EPR-SPID, AHV or insurance number.
        public let identifier: Identifier
        public let family: String
        public let given: [String]
        public let birthDate: CalendarDay
        public let gender: Gender
    }

    /// Administrative sex.
    public enum Gender: String, Sendable { case male, female, other, unknown }

    public struct Stay: Sendable, Equatable {
        public let identifier: Identifier
        public let period: Period?
    }

    public struct Recipient: Sendable, Equatable {
        /// 13 digits, check digit verified.
        public let gln: String
        /// Where it stands, for issues about this recipient.
        public let expression: String
    }

    public struct Author: Sendable, Equatable {
        public let name: String?
        public let gln: String?
    }

    /// The document a new version refers to.
    public enum Predecessor: Sendable, Equatable {
        case masterIdentifier(Identifier)
        /// The id of a DocumentReference this portal gave out.
        case id(String)
    }

    public struct Attachment: Sendable, Equatable {
        /// In lower case, such as `application/pdf`.
        public let contentType: String
        public let language: String?
        public let title: String?
        public let creation: DateTime?
        /// The bytes of the document. Their number agrees with `size` when the sender gave one.
        public let content: [UInt8]
        /// The SHA-1 the sender gave, 20 bytes. Nobody has compared it yet: see `issue(forSHA1:)`.
        public let hash: [UInt8]?

        /// The issue when the SHA-1 of the content is not the one the sender gave.
        public func issue(forSHA1 digest: some Sequence<UInt8>) -> OperationOutcome.Issue? {
            guard let hash, !hash.elementsEqual(digest) else { return nil }
            return .init(
                .invalid, "The hash is not the base64 of the SHA-1 of the decoded data",
                at: DocumentSubmission.hashExpression, details: "XDSNonIdenticalHash")
        }
    }
}

extension DocumentSubmission {
    /// IHE MHD's extension that names whom a document is for, here on the DocumentReference itself.
    public static let recipientExtension =
        "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-intendedRecipient"

    // Places of the elements that rules outside this module speak about, as FHIRPath.
    public static let identifierExpression = "DocumentReference.masterIdentifier"
    public static let typeExpression = "DocumentReference.type"
    public static let stayExpression = "DocumentReference.context.encounter"
    public static let patientExpression = "DocumentReference.subject"
    public static let replacesExpression = "DocumentReference.relatesTo"
    public static let dataExpression = "DocumentReference.content[0].attachment.data"
    static let hashExpression = "DocumentReference.content[0].attachment.hash"
    public static let recipientExpression = "DocumentReference.extension('\(recipientExtension)')"
}
