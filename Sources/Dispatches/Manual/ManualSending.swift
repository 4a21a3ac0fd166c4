public import Access
public import Directory

/// What sending by hand needs to know of the hospital.
public struct ManualRules: Sendable {
    /// The systems of the hospital's patient and stay numbers, as its record system names them.
    public var patientSystem: String
    public var staySystem: String
    /// Of one file.
    public var maximumBytes: Int

    public init(patientSystem: String = "", staySystem: String = "", maximumBytes: Int = 10 << 20) {
        self.patientSystem = patientSystem
        self.staySystem = staySystem
        self.maximumBytes = maximumBytes
    }
}

/// The patient's explicit word on one sending (DPI-04): who gave it, how, and on which day. Who recorded it is the one
/// who sends.
public struct SendingConsent: Sendable, Equatable {
    public enum Giver: String, Sendable, CaseIterable { case patient, representative }
    public enum Form: String, Sendable, CaseIterable { case oral, written }

    public let givenBy: Giver
    public let form: Form
    /// ISO 8601 date.
    public let on: String

    public init(givenBy: Giver, form: Form, on day: String) {
        self.givenBy = givenBy
        self.form = form
        on = day
    }
}

/// About whom and to whom: what is checked before a file is asked for.
public struct SendingDraft: Sendable {
    public var serviceID: HospitalService.ID
    public var patientNumber: String
    public var familyName: String
    public var givenName: String
    /// ISO 8601 date.
    public var birthDate: String
    public var stayNumber: String
    /// SNOMED CT.
    public var typeCode: String
    public var gln: GLN
    /// On paper: to the address of the directory, also without an account. Who can be reached electronically is not
    /// sent to at all then: nobody is surprised by another way than the one that was chosen.
    public var byPost: Bool

    public init(
        serviceID: HospitalService.ID, patientNumber: String, familyName: String, givenName: String,
        birthDate: String, stayNumber: String, typeCode: String, gln: GLN,
        byPost: Bool = false
    ) {
        self.serviceID = serviceID
        self.patientNumber = patientNumber
        self.familyName = familyName
        self.givenName = givenName
        self.birthDate = birthDate
        self.stayNumber = stayNumber
        self.typeCode = typeCode
        self.gln = gln
        self.byPost = byPost
    }
}

/// One document, sent by hand by somebody of a service.
public struct ManualSending: Sendable {
    public var draft: SendingDraft
    /// `urn:uuid:…`, made with the form: a form that is sent twice is one sending.
    public var identifier: String
    public var title: String
    /// Who wrote the document.
    public var author: String
    public var consent: SendingConsent
    /// Why it goes to somebody whom the patient has not designated; empty where he has.
    public var reason: String
    public var bytes: [UInt8]
    /// By which way it was said to go (`SendingCheck.wayMark`); another one is not taken. Nil: whichever it is.
    public var seenWay: String?
    /// To the recipient, read beside the document in the portal; empty: none. It may be clinical, and is sealed and
    /// destroyed with the document.
    public var message: String

    /// Unicode scalars of a message, at most.
    public static let longestMessage = 500

    public init(
        draft: SendingDraft, identifier: String, title: String, author: String, consent: SendingConsent,
        reason: String, bytes: [UInt8], seenWay: String? = nil, message: String = ""
    ) {
        self.draft = draft
        self.identifier = identifier
        self.title = title
        self.author = author
        self.consent = consent
        self.reason = reason
        self.bytes = bytes
        self.seenWay = seenWay
        self.message = message
    }
}

/// What is unusual about a sending, and allowed once somebody has looked twice.
public enum SendingDoubt: Sendable, Equatable {
    /// The patient has not designated this professional for the stay: a reason is needed.
    case notDesignated
    /// He had, and took it back: a reason is needed.
    case designationRevoked
    /// Others bear the same name.
    case namesakes([FoundRecipient])
    /// The number is known, under a name that is written otherwise; the record system's spelling is kept.
    case otherSpelling

    /// The portal has never heard of this patient number: a slip would bind it to the wrong person.
    case newPatient

    public var needsReason: Bool { self == .notDesignated || self == .designationRevoked }
}

/// Why something cannot be sent by hand, besides the rules that hold for every sending.
public enum ManualRefusal: Refusal, Equatable {
    /// The systems of patient and stay numbers are not set.
    case notSetUp
    /// A field is empty, too long or not what it should be.
    case invalid
    /// The consent is dated in the future, or more than a year ago.
    case consentDate
    case reasonMissing
    case fileTooLarge
    /// The inspection says why, in the words of `PDFRefusal.rule`.
    case badFile(String)
    case notFound
    /// It has been opened: it can be recalled, with a reason, and not undone.
    case alreadyOpened
    /// Neither the portal nor a register has an address on paper.
    case addressUnknown
    /// It waits for the printers, or went there.
    case alreadyPosted
    /// Paper was asked for somebody who gets his documents in the portal, or by secured mail.
    case readsInPortal, readsByMail
    /// The institution sends no letters for its services.
    case lettersClosed
    /// A register's word for the profession is not known, and not every profession gets documents of this type.
    case professionUnknown
    /// It has reached him, or is on its way.
    case alreadySent
    /// It was corrected or taken back, or its contents are destroyed.
    case notKept
    /// It would go another way, or to another address, than the one that was seen.
    case wayChanged

    public var kind: RefusalKind {
        switch self {
        case .notSetUp: .unavailable
        case .invalid, .consentDate, .reasonMissing, .fileTooLarge, .badFile, .addressUnknown,
            .professionUnknown:
            .invalid
        case .notFound: .notFound
        case .alreadyOpened, .alreadyPosted, .readsInPortal, .readsByMail, .lettersClosed, .alreadySent,
            .notKept, .wayChanged:
            .conflict
        }
    }

    /// It is about the way that was asked for: paper.
    public var isAboutPaper: Bool {
        [.addressUnknown, .professionUnknown, .readsInPortal, .readsByMail, .lettersClosed].contains(self)
    }

    public var rule: String {
        switch self {
        case .notSetUp: "manual.notSetUp"
        case .invalid: "manual.invalid"
        case .consentDate: "manual.consentDate"
        case .reasonMissing: "manual.reasonMissing"
        case .fileTooLarge: "manual.fileTooLarge"
        case .badFile(let rule): rule
        case .notFound: "manual.notFound"
        case .alreadyOpened: "manual.alreadyOpened"
        case .addressUnknown: "manual.addressUnknown"
        case .alreadyPosted: "manual.alreadyPosted"
        case .readsInPortal: "manual.readsInPortal"
        case .readsByMail: "manual.readsByMail"
        case .lettersClosed: "manual.lettersClosed"
        case .professionUnknown: "manual.professionUnknown"
        case .alreadySent: "manual.alreadySent"
        case .notKept: "manual.notKept"
        case .wayChanged: "manual.wayChanged"
        }
    }
}
