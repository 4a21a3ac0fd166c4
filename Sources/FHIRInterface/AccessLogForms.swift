public import Access
public import Dispatches
import Documents
import FHIR

/// Logs of accesses as FHIR Bundles, for people who take them away.
public enum AccessLogForms {
    /// AuditEvents as IHE BALP records them.
    /// - Parameters:
    ///   - site: the installation's OID.
    ///   - observer: the portal's host.
    public static func balp(_ lines: [AuditLine], site: String, observer: String) -> [UInt8] {
        bundle(lines.map { AuditExport.event($0, site: site, observer: observer).balp })
    }

    /// The same in the shape of CH:ATC: only what has a code there. The patient is named by the hospital's number, since the
    /// file is for him.
    public static func atc(
        _ accesses: PatientAccesses, system: String, number: String, site: String, observer: String
    ) -> [UInt8] {
        bundle(
            accesses.lines.compactMap { access in
                var event = AuditExport.event(access.line, site: site, observer: observer)
                event.patient = Identifier(system: system, value: number)
                event.document?.typeCode = access.document?.typeCode
                event.document?.title = access.document?.title
                event.document?.stay = access.document?.stayNumber
                event.document?.masterIdentifier = access.document?.identifier
                event.document?.recipient = access.recipient.map { recipient in
                    [recipient.name, recipient.gln.map { "GLN \($0)" }].compactMap { $0 }
                        .joined(separator: ", ")
                }
                // FHIR wants somebody who acted; where no person did, the portal
                if event.agents.isEmpty {
                    event.agents = [
                        TrailEvent.Agent(
                            identifier: Identifier(system: "urn:passerelle:node", value: observer),
                            name: "Passerelle", role: .technical, isRequestor: true)
                    ]
                }
                return event.atc(repositoryOID: site)
            })
    }

    private static func bundle(_ events: [JSON]) -> [UInt8] {
        let bundle: JSON = [
            "resourceType": "Bundle", "type": "collection",
            "entry": .array(events.map { ["resource": $0] }),
        ]
        return bundle.bytes
    }
}
