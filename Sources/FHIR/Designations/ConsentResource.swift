extension ConsentDirective {
    /// The decision as a stored `Consent`: what a sender gets back. `policyURI` is the page on which the
    /// installation says under which conditions documents are sent; `lastUpdated` an instant with zone.
    public func json(id: String, version: Int, lastUpdated: String, policyURI: String) -> JSON {
        [
            "resourceType": "Consent",
            "id": .string(id),
            "meta": ["versionId": .string(String(version)), "lastUpdated": .string(lastUpdated)],
            "identifier": [identifier.json()],
            "status": .string(state.rawValue),
            "scope": .concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
            "category": [.concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL")],
            "patient": .reference("Patient", patient),
            "dateTime": decidedAt.map { .string($0.text) },
            "policy": [["uri": .string(policyURI)]],
            "provision": provision,
        ]
    }

    private var provision: JSON {
        [
            "type": .string(decision.rawValue),
            "period": period?.json,
            "actor": professional.map { gln in [actor(gln)] },
            "action": [.concept("http://terminology.hl7.org/CodeSystem/consentaction", "disclose")],
            "purpose": [.coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT")],
            "data": [["meaning": "related", "reference": .reference("Encounter", stay)]],
        ]
    }

    private func actor(_ gln: String) -> JSON {
        [
            "role": .concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"),
            "reference": .reference("Practitioner", Identifier(system: GS1.glnSystem, value: gln)),
        ]
    }
}
