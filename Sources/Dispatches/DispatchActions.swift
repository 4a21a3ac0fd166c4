/// Which document goes to which recipient, under which consent, and what became of it. `Dispatches` holds the
/// hospital's conditions (designation, «communicant» class, eligible recipient) as pure functions, and the
/// one transaction in which a document is published.
public import Access
public import Documents
import Foundation
public import PDF
public import Storage
public import Vault

/// What can be done with dispatches. The list, by file:
///
/// `RecordDesignation` · `ReadDesignation` → `PublishDocument` (→ `PlanDispatches` → `WritePublication`) → `SendNotice` ·
/// `WithdrawDocument` · `ReadDeliveryState` · `Manual/CheckSending` → `SendByHand` → `FollowSendings` → `SendAgain`, `TakeBack` ·
/// `Diagnosis/ReadDiagnosis`, `AnswerDelivery` · `PatientAccesses`. Of stays and patients: `RecordStay` · `MergePatients`. Of
/// messages that are repeated, edited or overtake each other: `JournalMessage` · `PublishEdition` · `WithdrawAhead`
/// · `WaysOut/`: `SendSecuredMail` → `TakeReturn`, `QueueForPost`, `ListUnaddressed`, `SendLetter` → `ExportPost`,
/// `FeedRecord` ·
/// `Life/`: `WarnOfExpiry`, `ListAskedAgain`, `RescanContents` (a timer) ·
/// `Transmissions/`: `ReadTransmissions` → `Relaunch`
public struct DispatchActions: Sendable {
    let database: any Database
    let keyring: Keyring
    let clock: Clock
    /// What can be done with the documents themselves, for edges too.
    public let documents: DocumentActions
    let access: AccessActions
    let inspection: PDFInspection
    /// How long a file may wait to be looked at before senders are asked to come back.
    let patience: Duration
    let policy: DesignationPolicy
    /// The hour of the day, in Switzerland, at which daily digests are sent.
    let digestHour: Int
    /// What sending by hand needs to know of the hospital.
    let manual: ManualRules
    /// What the institution allows beside the portal.
    let waysOut: WaysOutRules

    public init(
        database: any Database, keyring: Keyring, clock: Clock, documents: DocumentActions,
        access: AccessActions, inspection: PDFInspection, policy: DesignationPolicy, digestHour: Int,
        manual: ManualRules = ManualRules(), waysOut: WaysOutRules = WaysOutRules(),
        patience: Duration = .milliseconds(500)
    ) {
        self.patience = patience
        self.waysOut = waysOut
        self.database = database
        self.keyring = keyring
        self.clock = clock
        self.documents = documents
        self.access = access
        self.inspection = inspection
        self.policy = policy
        self.digestHour = digestHour
        self.manual = manual
    }

    /// Whether files wait so long to be looked at that a sender who can come back should do so. One who waits on his
    /// connection and sends nothing meanwhile (MLLP, a form) is held up by that alone.
    public var isLate: Bool { get async { await inspection.delay > patience } }

    /// A job's payload as it lies in the outbox.
    func sealedJob(_ job: some Encodable, key: String) throws -> [UInt8] {
        try keyring.seal([UInt8](JSONEncoder().encode(job)), for: .outbox, context: key)
    }

    /// Says which document classes may leave the hospital, or no longer; all others may not (D40).
    public func setCommunicant(_ typeCodes: [String], _ isCommunicant: Bool = true) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: access.nodeName)
        try await database.write { transaction in
            for code in typeCodes {
                try transaction.setCommunicant(code, isCommunicant)
                try transaction.record(
                    AuditEntry(
                        .configurationChanged, object: AuditObject(kind: "documentClass", id: code),
                        detail: "communicant=\(isCommunicant)"), by: actor, at: now)
            }
        }
    }
}

/// Why a document is not published, or a consent not recorded.
public enum DispatchRefusal: Refusal, Equatable, CaseIterable {
    case notFound
    case unknownRecipient
    /// Suspended, without a way to sign in, or wants no documents.
    case unavailableRecipient
    /// The institution does not address documents of this type to the recipient's profession.
    case withheldType
    /// No active designation of this professional by this patient for this stay.
    case notDesignated
    /// The patient refused electronic sending for this stay.
    case denied
    case notCommunicant
    /// The same identifier stands for another content.
    case otherContent
    case replacesUnknown
    case replacesOtherPatient
    case alreadyReplaced
    case staleVersion
    /// The patient number stands for somebody else.
    case otherIdentity
    /// The message has the patient's number only, and the portal does not know it.
    case unknownPatient
    /// Its sender took it back before it came.
    case withdrawnAhead
    /// The file could not be looked at or scanned just now; nothing is accepted without that.
    case inspectionUnavailable

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .otherContent, .alreadyReplaced, .staleVersion, .replacesOtherPatient, .otherIdentity,
            .withdrawnAhead:
            .conflict
        case .unknownRecipient, .unavailableRecipient, .withheldType, .notDesignated, .denied,
            .notCommunicant,
            .replacesUnknown, .unknownPatient:
            .invalid
        case .inspectionUnavailable: .unavailable
        }
    }

    public var rule: String {
        switch self {
        case .notFound: "dispatch.notFound"
        case .unknownRecipient: "recipient.unknown"
        case .unavailableRecipient: "recipient.unavailable"
        case .withheldType: "recipient.withheldType"
        case .notDesignated: "designation.missing"
        case .denied: "designation.denied"
        case .notCommunicant: "class.notCommunicant"
        case .otherContent: "document.otherContent"
        case .replacesUnknown: "document.replacesUnknown"
        case .replacesOtherPatient: "document.replacesOtherPatient"
        case .alreadyReplaced: "document.alreadyReplaced"
        case .staleVersion: "designation.staleVersion"
        case .otherIdentity: "patient.otherIdentity"
        case .unknownPatient: "patient.unknown"
        case .withdrawnAhead: "document.withdrawnAhead"
        case .inspectionUnavailable: "file.notInspected"
        }
    }
}
