import Access
import Directory
public import Dispatches
import Documents
public import FHIR

/// What happened to a document, as a FHIR AuditEvent for the hospital's record system (IHE BALP, DPI-07). Unlike the
/// export for auditors it names the patient by the hospital's number and professionals by GLN.
public enum RecordEvent {
    /// - Parameters:
    ///   - site: the installation's OID.
    ///   - base: the FHIR base of the portal, for our own codes.
    ///   - observer: the portal's host.
    public static func json(_ news: DocumentNews, site: String, base: String, observer: String) -> JSON {
        let record = news.record
        var event = TrailEvent(
            id: "record-\(news.number)", kind: AuditExport.kind(record),
            recorded: HTTPDate.instant(record.recordedAt),
            // who sat where is the portal's concern, not the record's
            client: .init(name: AuditExport.client(record)), server: .init(name: observer), site: site)
        event.outcome =
            switch record.outcome {
            case AuditOutcome.success.rawValue: .success
            case AuditOutcome.refused.rawValue: .minor
            default: .serious
            }
        event.rule = record.rule
        event.act = ("\(base)/CodeSystem/portal-event", record.event)
        event.requestID = record.requestID.flatMap { $0.isEmpty ? nil : $0 }
        if record.event == AuditEventKind.documentDownloaded.rawValue { event.transaction = "ITI-68" }
        event.agents = agents(news)
        event.patient = news.patient.map { Identifier(system: $0.system, value: $0.number) }
        event.document = document(news)
        return event.balp
    }

    /// The one who acted, the one for whom, and the recipient whom the event concerns.
    private static func agents(_ news: DocumentNews) -> [TrailEvent.Agent] {
        let record = news.record
        var agents: [TrailEvent.Agent] = []
        if record.actorKind == "client", let id = record.actorID {
            agents.append(
                TrailEvent.Agent(
                    identifier: Identifier(system: "urn:passerelle:client", value: id), name: id,
                    role: .technical, isRequestor: true))
        } else if record.actorKind == "account", let id = record.actorID {
            agents.append(person(id, news, AuditExport.role(record), isRequestor: true))
        }
        if let principal = record.principalID {
            agents.append(person(principal, news, .professional, isRequestor: false))
        }
        if let recipient = record.recipientID {
            agents.append(person(recipient.rawValue, news, .professional, isRequestor: false))
        }
        return agents + named(in: record)
    }

    /// Recipients who were refused are known by what the message said.
    private static func named(in record: AuditRecord) -> [TrailEvent.Agent] {
        guard record.event == AuditEventKind.documentPublished.rawValue,
            record.outcome == AuditOutcome.refused.rawValue, let detail = record.detail
        else { return [] }
        let words = detail.split(separator: " ").map {
            $0.utf8.starts(with: "gln=".utf8) ? String($0.dropFirst(4)) : String($0)
        }
        return words.compactMap(GLN.init(rawValue:)).prefix(20).map { gln in
            TrailEvent.Agent(
                identifier: Identifier(system: GS1.glnSystem, value: gln.rawValue), name: gln.rawValue,
                role: .professional, isRequestor: false)
        }
    }

    private static func person(
        _ id: String, _ news: DocumentNews, _ role: TrailEvent.Agent.Role, isRequestor: Bool
    ) -> TrailEvent.Agent {
        let known = news.people[Account.ID(rawValue: id)]
        let identifier =
            known?.gln.map { Identifier(system: GS1.glnSystem, value: $0.rawValue) }
            ?? Identifier(system: "urn:passerelle:account", value: id)
        return TrailEvent.Agent(
            identifier: identifier, name: known?.name ?? id, role: role, isRequestor: isRequestor)
    }

    /// The document by both of its identifiers; its title is left out: it may say anything.
    private static func document(_ news: DocumentNews) -> TrailEvent.Document? {
        if let document = news.document {
            return TrailEvent.Document(
                reference: "DocumentReference/\(document.id.rawValue)",
                identifier: Identifier(system: "urn:ietf:rfc:3986", value: document.masterIdentifier),
                typeCode: document.typeCode)
        }
        guard news.record.objectKind == "masterIdentifier", let master = news.record.objectID else {
            return nil
        }
        return TrailEvent.Document(
            reference: nil, identifier: Identifier(system: "urn:ietf:rfc:3986", value: master))
    }
}
