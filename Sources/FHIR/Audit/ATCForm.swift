extension TrailEvent {
    /// The event in the shape of the Swiss audit trail consumption (CH:ATC), for what a patient may be shown;
    /// nil for acts that have no code there. It has that shape but does not claim the profile, which demands
    /// the EPR-SPID where this portal knows the hospital's number..
    public func atc(repositoryOID: String) -> JSON? {
        guard let atcCode, let patient else { return nil }
        var entities = [Self.entity(.reference("Patient", patient), type: "1", role: "1")]
        if let document {
            let own = [("Repository Unique Id", repositoryOID), ("homeCommunityID", "urn:oid:\(site)")]
            entities.append(
                Self.entity(
                    document.whatByIdentifier, type: "2", role: "3", details: document.details(with: own)))
        }
        if let traceparent { entities.append(Self.trace(traceparent)) }
        return [
            "resourceType": "AuditEvent",
            "id": .string(id),
            "type": .coding(Self.dicom, "110106", "Export"),
            "subtype": [.coding("urn:oid:2.16.756.5.30.1.127.3.10.7", atcCode)],
            "action": .string(action),
            "recorded": .string(recorded),
            "outcome": .string(outcome.rawValue),
            "purposeOfEvent": [purposeConcept],
            "agent": .array(agents.map(Self.person)),
            "source": [
                "observer": ["identifier": ["system": "urn:ietf:rfc:3986", "value": "urn:oid:\(site)"]]
            ],
            "entity": .array(entities),
        ]
    }

    private static func person(_ agent: Agent) -> JSON {
        [
            "role": [agent.roleConcept],
            "who": ["identifier": agent.identifier.json()],
            "name": .string(agent.name),
            "requestor": .bool(agent.isRequestor),
        ]
    }

    static func entity(_ what: JSON, type: String, role: String, details: [JSON] = []) -> JSON {
        [
            "what": what,
            "type": .coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", type),
            "role": .coding("http://terminology.hl7.org/CodeSystem/object-role", role),
            "detail": details.isEmpty ? nil : .array(details),
        ]
    }

    static func trace(_ traceparent: String) -> JSON {
        entity(["identifier": ["value": .string(traceparent)]], type: "4", role: "26")
    }
}

extension TrailEvent.Agent {
    var roleConcept: JSON { .concept("urn:oid:2.16.756.5.30.1.127.3.10.6", role.rawValue) }
}

extension TrailEvent.Document {
    var what: JSON { ["reference": reference.map { .string($0) }, "identifier": identifier?.json()] }
    var whatByIdentifier: JSON {
        identifier.map { ["identifier": $0.json()] } ?? ["reference": reference.map { .string($0) }]
    }

    /// Name and value pairs; the values are base64, as FHIR wants them here.
    func details(with others: [(String, String)]) -> [JSON] {
        let own = [
            ("EprDocumentTypeCode", typeCode), ("title", title), ("masterIdentifier", masterIdentifier),
            ("encounter", stay), ("recipient", recipient),
        ].compactMap { name, value in
            value.map { (name, $0) }
        }
        return (others + own).map { name, value in
            ["type": .string(name), "valueBase64Binary": .string(Base64.encode(value.utf8))]
        }
    }
}
