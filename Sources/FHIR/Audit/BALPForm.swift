extension TrailEvent {
    private static let profiles = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
    static let dicom = "http://dicom.nema.org/resources/ontology/DCM"

    /// The event as IHE BALP records it. The profile is named only for successes it covers: a failure, a
    /// sign-in or another act is a plain `AuditEvent`.
    public var balp: JSON {
        [
            "resourceType": "AuditEvent",
            "id": .string(id),
            "meta": profile.map { ["profile": [.string(Self.profiles + $0)]] },
            "type": type,
            "subtype": subtypes,
            "action": .string(action),
            "recorded": .string(recorded),
            "outcome": .string(outcome.rawValue),
            "outcomeDesc": rule.map { .string($0) },
            "purposeOfEvent": [purposeConcept],
            "agent": .array(machines + agents.map(person)),
            "source": [
                "site": .string(site),
                "observer": ["identifier": ["value": .string(server.name)]],
                "type": [.coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4")],
            ],
            "entity": entities.isEmpty ? nil : .array(entities),
        ]
    }

    private var profile: String? {
        guard outcome == .success else { return nil }
        let act: String
        switch kind {
        case .create: act = "Create"
        case .read: act = "Read"
        case .update: act = "Update"
        case .delete: act = "Delete"
        case .search: return nil  // it wants the query itself, which may hold a name
        case .signIn, .signInRefused, .signOut, .operation: return nil
        }
        guard document != nil else { return nil }
        return patient == nil ? act : "Patient\(act)"
    }

    private var type: JSON {
        switch kind {
        case .signIn, .signInRefused, .signOut: .coding(Self.dicom, "110114", "User Authentication")
        case .operation: .coding(Self.dicom, "110100", "Application Activity")
        default: .coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest")
        }
    }

    private var subtypes: JSON? {
        var subtypes: [JSON] = []
        switch kind {
        case .signIn, .signInRefused: subtypes.append(.coding(Self.dicom, "110122", "Login"))
        case .signOut: subtypes.append(.coding(Self.dicom, "110123", "Logout"))
        case .operation: break
        default: subtypes.append(.coding("http://hl7.org/fhir/restful-interaction", kind.rawValue))
        }
        if let transaction { subtypes.append(.coding("urn:ihe:event-type-code", transaction)) }
        if let act { subtypes.append(.coding(act.system, act.code)) }
        return subtypes.isEmpty ? nil : .array(subtypes)
    }

    var action: String {
        switch kind {
        case .create: "C"
        case .read: "R"
        case .update: "U"
        case .delete: "D"
        case .search, .signIn, .signInRefused, .signOut, .operation: "E"
        }
    }

    var purposeConcept: JSON { .concept("urn:oid:2.16.756.5.30.1.127.3.10.5", purpose.rawValue) }

    /// Server and client. In a read the bytes go from us to the client; in everything else they come to us.
    private var machines: [JSON] {
        let isRead = kind == .read
        return [
            machine(server, isSource: isRead),
            machine(client, isSource: !isRead),
        ]
    }

    private func machine(_ endpoint: Endpoint, isSource: Bool) -> JSON {
        let type: JSON =
            isSource
            ? .concept(Self.dicom, "110153", "Source Role ID")
            : .concept(Self.dicom, "110152", "Destination Role ID")
        return [
            "type": type,
            "who": ["identifier": ["value": .string(endpoint.name)]],
            "requestor": false,
            "network": endpoint.address.map { address in
                ["address": .string(address), "type": .string(endpoint.addressType.rawValue)]
            },
        ]
    }

    private func person(_ agent: Agent) -> JSON {
        let participation: (String, String) =
            agent.isRequestor ? requestorParticipation : ("RESP", "responsible party")
        return [
            "type": .concept(
                "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", participation.0, participation.1
            ),
            "role": [agent.roleConcept],
            "who": ["identifier": agent.identifier.json()],
            "name": .string(agent.name),
            "requestor": .bool(agent.isRequestor),
        ]
    }

    private var requestorParticipation: (String, String) {
        switch kind {
        case .create: ("AUT", "author (originator)")
        case .update, .delete: ("INF", "informant")
        default: ("IRCP", "information recipient")
        }
    }

    private var entities: [JSON] {
        var entities: [JSON] = []
        if let patient { entities.append(Self.entity(.reference("Patient", patient), type: "1", role: "1")) }
        if let document {
            let isReport = document.reference?.utf8.starts(with: "DocumentReference/".utf8) ?? true
            let role = isReport ? "3" : "4"
            entities.append(
                Self.entity(document.what, type: "2", role: role, details: document.details(with: [])))
        }
        if let requestID { entities.append(Self.request(requestID)) }
        if let traceparent { entities.append(Self.trace(traceparent)) }
        return entities
    }

    private static func request(_ id: String) -> JSON {
        [
            "what": ["identifier": ["value": .string(id)]],
            "type": .coding(
                "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId"),
        ]
    }
}
