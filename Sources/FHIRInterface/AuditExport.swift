public import Access
public import FHIR

/// Events of the trail as FHIR AuditEvents (IHE BALP).
public enum AuditExport {
    /// One AuditEvent. Persons are named by account and name; patients by the portal's pseudonym.
    /// - Parameters:
    ///   - site: the installation's OID.
    ///   - observer: the portal's host.
    public static func json(_ sealed: SealedAuditRecord, actorName: String?, site: String, observer: String)
        -> JSON
    {
        let event = event(
            sealed.record, number: sealed.sequence, actorName: actorName, principalName: nil, site: site,
            observer: observer)
        return event.balp
    }

    /// The same for a line of a log that somebody reads.
    static func event(_ line: AuditLine, site: String, observer: String) -> TrailEvent {
        event(
            line.record, number: line.id, actorName: line.actorName, principalName: line.principalName,
            site: site, observer: observer)
    }

    private static func event(
        _ record: AuditRecord, number: Int64, actorName: String?, principalName: String?, site: String,
        observer: String
    ) -> TrailEvent {
        var event = TrailEvent(
            id: String(number), kind: kind(record), recorded: HTTPDate.instant(record.recordedAt),
            client: .init(name: client(record), address: record.address), server: .init(name: observer),
            site: site)
        event.outcome =
            switch record.outcome {
            case AuditOutcome.success.rawValue: .success
            case AuditOutcome.refused.rawValue: .minor
            default: .serious
            }
        event.rule = record.rule
        event.atcCode = AuditEventKind(rawValue: record.event)?.atcCode
        event.requestID = record.requestID.flatMap { $0.isEmpty ? nil : $0 }
        if record.event == AuditEventKind.documentPublished.rawValue { event.transaction = "ITI-105" }
        if let id = record.actorID, record.actorKind != "anonymous" {
            let isMachine = record.actorKind == "client"
            event.agents = [
                TrailEvent.Agent(
                    identifier: Identifier(
                        system: "urn:passerelle:\(isMachine ? "client" : "account")", value: id),
                    name: actorName ?? id, role: role(record), isRequestor: true)
            ]
        }
        // under delegation the one for whom stands beside the one who acted
        if let principal = record.principalID {
            event.agents.append(
                TrailEvent.Agent(
                    identifier: Identifier(system: "urn:passerelle:account", value: principal),
                    name: principalName ?? principal,
                    role: .professional, isRequestor: false))
        }
        event.patient = record.patientID.map { Identifier(system: "urn:passerelle:patient", value: $0) }
        if let kind = record.objectKind, let id = record.objectID {
            let types = ["document": "DocumentReference", "designation": "Consent", "patient": "Patient"]
            let type = types[kind] ?? "Basic"
            event.document = TrailEvent.Document(reference: "\(type)/\(id)")
        }
        return event
    }

    static func kind(_ record: AuditRecord) -> TrailEvent.Kind {
        guard let event = AuditEventKind(rawValue: record.event) else { return .operation }
        switch event {
        case .documentPublished, .designationRecorded, .accountCreated, .clientRegistered, .tokenIssued,
            .delegationOffered, .accountRequested, .identityCopyAdded, .actProposed, .registerImported,
            .stayRecorded, .consentRecorded:
            return .create
        case .documentReplaced, .designationRevoked, .patientChanged, .accountStateChanged, .passwordChanged,
            .configurationChanged, .delegationAccepted, .delegationConfirmed, .delegationEnded,
            .profileChanged, .nameChangeRequested, .nameChangeDecided, .domainAsked,
            .factorAdded, .factorRemoved, .mobileChanged, .passwordReset,
            .factorResetProposed, .factorResetStopped, .factorsReset,
            .identityLinked, .identityRefused,
            .requestChanged, .complementAsked, .requestRefused, .identityCopyDestroyed,
            .controlCodeConfirmed, .identityVerified, .actApproved, .actWithdrawn, .emailConfirmed,
            .staffChanged, .registerSettled,
            .documentWithdrawn, .documentExpired, .lifetimeExtended, .dispatchCancelled, .patientMerged,
            .subscriptionChanged, .viewSaved:
            return .update
        case .documentOpened, .documentDownloaded, .documentPrinted, .documentStateRead, .designationRead,
            .accessLogRead, .delegationRead, .requestRead, .identityCopyRead, .accountRead, .registerRead,
            .documentExported, .accessLogExported, .patientAccessesRead, .diagnosisRead:
            return .read
        case .documentSearched, .accountSearched, .auditSearched, .recipientSearched: return .search
        case .signInPassword, .signInCode, .signInPasskey, .signInIdentity, .proofRepeated:
            return record.outcome == AuditOutcome.success.rawValue ? .signIn : .signInRefused
        case .signedOut, .sessionEnded: return .signOut
        case .codeSent, .noticeSent, .auditVerified, .auditExported, .spaceEntered, .passwordLinkAsked,
            .passwordLinkSent, .identityAlarm, .controlCodeSent,
            .confirmationSent, .documentAskedAgain, .dispatchMailed, .mailReturned, .dispatchPosted,
            .dispatchFellBack, .recordFed, .messageRefused, .contentScanned, .transmissionRelaunched:
            return .operation
        }
    }

    static func client(_ record: AuditRecord) -> String {
        switch record.actorKind {
        case "client": record.actorID ?? "client"
        case "system": "passerelle"
        default: "web-browser"
        }
    }

    static func role(_ record: AuditRecord) -> TrailEvent.Agent.Role {
        switch record.actorRole {
        case "practitioner": .professional
        case "delegate": .assistant
        case nil: .technical
        default: .administrator
        }
    }
}
