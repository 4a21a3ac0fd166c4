import FHIR
import Testing

@Suite struct ConsentTests {
    @Test func `A designation is read whole`() throws {
        let decoded = try decodeConsent()
        let directive = try #require(decoded.value, "\(decoded.issues)")
        #expect(
            directive.identifier
                == Identifier(system: "urn:oid:2.16.756.5.30.1.999.6", value: "CONS-2026-4471"))
        #expect(directive.state == .active && directive.decision == .permit)
        #expect(directive.patient.value == "000412033" && directive.stay.value == "2026111207")
        #expect(directive.professional == "7601099000013")
        #expect(directive.period?.start?.text == "2026-11-12" && directive.period?.end?.text == "2027-05-19")
        #expect(directive.decidedAt?.text == "2026-11-12T10:20:00+01:00")
    }

    @Test func `It is revoked by its status, and withdrawn as an error`() throws {
        #expect(try decodeConsent("status", "inactive").value?.state == .inactive)
        #expect(try decodeConsent("status", "entered-in-error").value?.state == .enteredInError)
    }

    @Test func `A refusal without a professional blocks the stay for all`() throws {
        let json = Example.consent.replacing("provision.type", with: "deny").replacing(
            "provision.actor", with: nil)
        let directive = ConsentDecoder.decode(try json.sent()).value
        #expect(directive?.decision == .deny && directive?.professional == nil)
        let one = Example.consent.replacing("provision.type", with: "deny")
        #expect(ConsentDecoder.decode(try one.sent()).value?.professional == "7601099000013")
    }

    @Test func `The refusal of CH Core's EPR consent is understood`() throws {
        let json: JSON = [
            "resourceType": "Consent",
            "identifier": [["system": "urn:oid:2.16.756.5.30.1.999.6", "value": "DENY-1"]],
            "status": "active",
            "scope": Example.concept("consentscope", "patient-privacy"),
            "category": [Example.concept("v3-ActCode", "IDSCL")],
            "patient": ["identifier": ["system": .string(Example.patientSystem), "value": "000412033"]],
            "policyRule": Example.concept("consentpolicycodes", "ch-epr"),
            "provision": [
                "type": "deny",
                "data": [
                    [
                        "meaning": "instance",
                        "reference": [
                            "identifier": ["system": "urn:oid:2.16.756.5.30.1.999.2", "value": "2026111207"]
                        ],
                    ]
                ],
            ],
        ]
        let decoded = ConsentDecoder.decode(try json.sent())
        #expect(
            decoded.value?.decision == .deny && decoded.value?.stay.value == "2026111207", "\(decoded.issues)"
        )
    }

    @Test(
        arguments: [
            ("resourceType", "Patient", .invalid, "resourceType"),
            ("identifier", nil, .required, "identifier"),
            ("identifier[0].system", nil, .required, "identifier[0].system"),
            ("status", nil, .required, "status"),
            ("status", "draft", .codeInvalid, "status"), ("status", "proposed", .codeInvalid, "status"),
            ("scope", nil, .required, "scope"),
            ("scope", Example.concept("consentscope", "research"), .codeInvalid, "scope"),
            ("category", nil, .required, "category"),
            ("category", [Example.concept("v3-ActCode", "INFA")], .codeInvalid, "category[0]"),
            ("policy", nil, .invariant, "policy"), ("patient", nil, .required, "patient.identifier"),
            ("patient", ["reference": "Patient/1"], .required, "patient.identifier"),
            ("provision", nil, .required, "provision"), ("provision.type", nil, .required, "provision.type"),
            ("provision.type", "allow", .codeInvalid, "provision.type"),
            ("provision.actor", nil, .required, "provision.actor"),
            (
                "provision.actor[0].role", Example.concept("v3-ParticipationType", "AUT"), .codeInvalid,
                "provision.actor[0].role"
            ),
            ("provision.actor[0].role", nil, .required, "provision.actor[0].role"),
            (
                "provision.actor[0].reference.identifier.value", "7601099000014", .value,
                "provision.actor[0].reference.identifier.value"
            ),
            ("provision.data", nil, .required, "provision.data"),
            ("provision.data[0].meaning", "dependents", .notSupported, "provision.data[0].meaning"),
            (
                "provision.data[0].reference", ["reference": "Encounter/1"], .required,
                "provision.data[0].reference.identifier"
            ),
            (
                "provision.action", [Example.concept("consentaction", "collect")], .notSupported,
                "provision.action[0]"
            ),
            ("provision.purpose[0].code", "HMARKT", .notSupported, "provision.purpose[0]"),
            ("provision.provision", [["type": "deny"]], .notSupported, "provision.provision"),
            ("provision.class", [["system": "urn:x", "code": "a"]], .notSupported, "provision.class"),
            (
                "provision.securityLabel", [["system": "urn:x", "code": "N"]], .notSupported,
                "provision.securityLabel"
            ),
            ("provision.dataPeriod", ["start": "2026"], .notSupported, "provision.dataPeriod"),
            ("provision.period.end", "never", .value, "provision.period.end"),
            ("dateTime", "2026-11-12T10:20", .value, "dateTime"), ("actor", "x", .invalid, "actor"),
            (
                "provision.modifierExtension", [["url": "urn:x", "valueBoolean": true]], .extension,
                "provision.modifierExtension"
            ),
        ] as [(String, JSON?, OperationOutcome.Code, String)])
    func `A mistake is named`(_ path: String, _ new: JSON?, _ code: OperationOutcome.Code, _ place: String)
        throws
    {
        let decoded = try decodeConsent(path, new)
        #expect(decoded.value == nil)
        #expect(decoded.issues.map(\.code) == [code], "\(decoded.issues)")
        #expect(decoded.issues.map(\.expression) == ["Consent.\(place)"])
    }

    @Test func `A permission for two professionals or two stays is refused`() throws {
        let actor: JSON = [
            "role": Example.concept("v3-ParticipationType", "IRCP"), "reference": ["display": "x"],
        ]
        #expect(try decodeConsent("provision.actor[1]", actor).issues.map(\.code) == [.invalid])
        let data: JSON = ["meaning": "related", "reference": ["identifier": ["system": "a", "value": "b"]]]
        #expect(try decodeConsent("provision.data[1]", data).issues.map(\.code) == [.invalid])
    }

    @Test func `What is answered is read back as the same decision`() throws {
        let directive = try #require(try decodeConsent().value)
        let json = directive.json(
            id: "c1", version: 2, lastUpdated: "2026-11-12T09:20:01.000Z",
            policyURI: "https://passerelle.example/conditions")
        #expect(ConsentDecoder.decode(try json.sent()).value == directive)
    }
}
