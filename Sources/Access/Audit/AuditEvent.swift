public import Storage

/// What happened. The raw value is what is stored and hashed: never change one, only add.
public enum AuditEventKind: String, Sendable, CaseIterable, SQLDecodable {
    case accountCreated, accountStateChanged, passwordChanged
    case signInPassword, signInCode, codeSent, signedOut, sessionEnded
    case clientRegistered, tokenIssued
    case designationRecorded, designationRevoked, designationRead
    case patientChanged
    case documentPublished, documentReplaced, documentStateRead
    case noticeSent
    case documentSearched, documentOpened, documentDownloaded, documentPrinted, accessLogRead
    case auditVerified, auditExported
    case configurationChanged
    case delegationOffered, delegationAccepted, delegationConfirmed, delegationEnded, delegationRead,
        spaceEntered
    case profileChanged, nameChangeRequested, nameChangeDecided, domainAsked
    case signInPasskey, proofRepeated, factorAdded, factorRemoved, mobileChanged
    case passwordLinkAsked, passwordLinkSent, passwordReset
    case factorResetProposed, factorResetStopped, factorsReset
    case signInIdentity, identityLinked, identityRefused, identityAlarm
    case accountRequested, requestChanged, requestRead, complementAsked, requestRefused
    case identityCopyAdded, identityCopyRead, identityCopyDestroyed, controlCodeSent, controlCodeConfirmed
    case identityVerified, actProposed, actApproved, actWithdrawn, confirmationSent, emailConfirmed
    case accountSearched, accountRead, staffChanged, auditSearched, registerImported, registerRead,
        registerSettled
    case documentWithdrawn, documentExpired, lifetimeExtended, documentAskedAgain, documentExported
    case dispatchMailed, mailReturned, dispatchPosted, dispatchFellBack, dispatchCancelled, recordFed
    case consentRecorded, recipientSearched, diagnosisRead, accessLogExported, patientAccessesRead
    case stayRecorded, patientMerged, messageRefused
    case subscriptionChanged, viewSaved, contentScanned
    case transmissionRelaunched

    /// The Swiss EPR code for what a patient may be shown (CH:ATC), where there is one.
    public var atcCode: String? {
        switch self {
        case .documentPublished: "ATC_DOC_CREATE"
        case .documentReplaced, .lifetimeExtended, .patientMerged: "ATC_DOC_UPDATE"
        case .documentWithdrawn, .documentExpired: "ATC_DOC_DELETE"
        case .documentExported, .documentOpened, .documentDownloaded, .documentPrinted: "ATC_DOC_READ"
        case .documentSearched, .documentStateRead: "ATC_DOC_SEARCH"
        case .designationRecorded: "ATC_POL_CREATE_AUT_PART_AL"
        case .designationRevoked: "ATC_POL_REMOVE_AUT_PART_AL"
        case .accessLogRead, .auditVerified, .auditExported, .auditSearched, .accessLogExported,
            .patientAccessesRead:
            "ATC_LOG_READ"
        case .accountCreated, .accountStateChanged, .passwordChanged, .signInPassword, .signInCode, .codeSent,
            .signedOut, .sessionEnded, .clientRegistered, .tokenIssued, .noticeSent,
            .designationRead, .patientChanged, .configurationChanged,
            .delegationOffered, .delegationAccepted, .delegationConfirmed, .delegationEnded, .delegationRead,
            .spaceEntered,
            .profileChanged, .nameChangeRequested, .nameChangeDecided, .domainAsked,
            .signInPasskey, .proofRepeated, .factorAdded, .factorRemoved, .mobileChanged,
            .passwordLinkAsked, .passwordLinkSent, .passwordReset,
            .factorResetProposed, .factorResetStopped, .factorsReset,
            .signInIdentity, .identityLinked, .identityRefused, .identityAlarm,
            .accountRequested, .requestChanged, .requestRead, .complementAsked, .requestRefused,
            .identityCopyAdded,
            .identityCopyRead, .identityCopyDestroyed, .controlCodeSent, .controlCodeConfirmed,
            .identityVerified,
            .actProposed, .actApproved, .actWithdrawn, .confirmationSent, .emailConfirmed, .accountSearched,
            .accountRead, .staffChanged, .registerImported, .registerRead, .registerSettled,
            .documentAskedAgain, .dispatchMailed, .mailReturned, .dispatchPosted, .dispatchFellBack,
            .dispatchCancelled, .recordFed, .consentRecorded, .recipientSearched, .diagnosisRead,
            .stayRecorded,
            .messageRefused, .subscriptionChanged, .viewSaved, .contentScanned, .transmissionRelaunched:
            nil
        }
    }
}

/// How it ended: done; refused by a rule, which is named; or failed for a technical reason.
public enum AuditOutcome: String, Sendable, SQLBindable, SQLDecodable { case success, refused, failed }

/// What it was done to: a kind of thing and its identifier, never a name or a content (LOG-3).
public struct AuditObject: Sendable {
    public let kind: String
    public let id: String
    public let version: Int?

    public init(kind: String, id: String, version: Int? = nil) {
        self.kind = kind
        self.id = id
        self.version = version
    }
    public static func account(_ id: Account.ID) -> AuditObject { .init(kind: "account", id: id.rawValue) }
    public static func session(_ id: Session.ID) -> AuditObject { .init(kind: "session", id: id.rawValue) }
    public static func client(_ id: Client.ID) -> AuditObject { .init(kind: "client", id: id.rawValue) }
    public static func delegation(_ id: Delegation.ID) -> AuditObject {
        .init(kind: "delegation", id: id.rawValue)
    }
}

/// An event as an action hands it in.
public struct AuditEntry: Sendable {
    public let event: AuditEventKind
    public let outcome: AuditOutcome
    public let rule: String?
    public let object: AuditObject?
    /// The portal's own identifier of the patient, a pseudonym.
    public let patientID: String?
    /// SHA-256 of the content.
    public let contentHash: [UInt8]?
    /// The designation or assertion on which a disclosure rests.
    public let basis: String?
    /// Codes and identifiers only.
    public let detail: String?

    public init(
        _ event: AuditEventKind, _ outcome: AuditOutcome = .success, rule: String? = nil,
        object: AuditObject? = nil, patientID: String? = nil, contentHash: [UInt8]? = nil,
        basis: String? = nil,
        detail: String? = nil
    ) {
        self.event = event
        self.outcome = outcome
        self.rule = rule
        self.object = object
        self.patientID = patientID
        self.contentHash = contentHash
        self.basis = basis
        self.detail = detail
    }
}

/// Who did it, as the trail keeps it.
public struct AuditActor: Sendable {
    enum Kind: String, Sendable, SQLBindable { case account, client, system, anonymous }
    let kind: Kind
    let id: String?
    let role: String?
    let principalID: String?
    var delegationID: String?
    let authentication: String?
    let sessionID: String?
    let origin: RequestOrigin

    /// A signed-in person in a space; under delegation, with the principal and the delegation (DEL-08).
    public static func person(_ viewer: Viewer) -> AuditActor {
        if let client = viewer.holder.client { return program(client, of: viewer) }
        return AuditActor(
            kind: .account, id: viewer.accountID.rawValue, role: viewer.role.rawValue,
            principalID: viewer.acting == nil ? nil : viewer.principalID.rawValue,
            delegationID: viewer.acting?.delegationID.rawValue,
            authentication: viewer.holder.authentication, sessionID: viewer.sessionID.rawValue,
            origin: viewer.origin)
    }
    /// A program acts in the name of the professional to whom it is bound.
    private static func program(_ client: Client.ID, of viewer: Viewer) -> AuditActor {
        AuditActor(
            kind: .client, id: client.rawValue, role: nil, principalID: viewer.principalID.rawValue,
            authentication: viewer.holder.authentication, sessionID: nil, origin: viewer.origin)
    }
    /// A signed-in person, as himself.
    public static func person(_ holder: Holder) -> AuditActor {
        AuditActor(
            kind: .account, id: holder.accountID.rawValue, role: holder.role.rawValue, principalID: nil,
            authentication: holder.authentication, sessionID: holder.sessionID.rawValue, origin: holder.origin
        )
    }
    public static func machine(_ viewer: MachineViewer) -> AuditActor {
        AuditActor(
            kind: .client, id: viewer.clientID.rawValue, role: nil,
            principalID: viewer.principalID?.rawValue,
            authentication: viewer.authentication.rawValue, sessionID: nil, origin: viewer.origin)
    }
    /// The portal itself.
    public static func system(node: String) -> AuditActor {
        AuditActor(
            kind: .system, id: nil, role: nil, principalID: nil, authentication: nil, sessionID: nil,
            origin: .system(node: node))
    }
    /// Somebody who has not proved who he is. `claimed` is the account concerned, when one is.
    public static func anonymous(_ origin: RequestOrigin, claimed: Account.ID? = nil) -> AuditActor {
        AuditActor(
            kind: .anonymous, id: claimed?.rawValue, role: nil, principalID: nil, authentication: nil,
            sessionID: nil, origin: origin)
    }
}
