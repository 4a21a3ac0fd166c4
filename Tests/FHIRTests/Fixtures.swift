import FHIR

/// What the tests publish and designate: the fictional people of the whole project, small and readable.
enum Example {
    /// The bytes of the smallest thing that starts like a PDF.
    static let content = Array("%PDF-1.4\n%%EOF\n".utf8)
    static let recipient = DocumentSubmission.recipientExtension
    static let gln = "urn:oid:2.51.1.3"
    static let patientSystem = "urn:oid:2.16.756.5.30.1.999.1"

    static let document: JSON = [
        "resourceType": "DocumentReference",
        "contained": [patient, author],
        "extension": [
            [
                "url": .string(recipient),
                "valueReference": [
                    "type": "Practitioner", "identifier": ["system": .string(gln), "value": "7601099000013"],
                ],
            ]
        ],
        "masterIdentifier": [
            "use": "usual", "system": "urn:ietf:rfc:3986",
            "value": "urn:oid:2.16.756.5.30.1.999.3.2026000417",
        ],
        "status": "current",
        "type": snomed("373942005"),
        "category": [snomed("422735006")],
        "subject": ["identifier": ["system": .string(patientSystem), "value": "000412033"]],
        "date": "2026-11-20T09:12:00+01:00",
        "author": [["reference": "#aut"]],
        "description": "Lettre de sortie – séjour du 12 au 19 novembre",
        "securityLabel": [snomed("17621005")],
        "content": [["attachment": attachment]],
        "context": [
            "encounter": [
                ["identifier": ["system": "urn:oid:2.16.756.5.30.1.999.2", "value": "2026111207"]]
            ],
            "period": ["start": "2026-11-12", "end": "2026-11-19"],
            "practiceSetting": snomed("394579002"),
            "sourcePatientInfo": ["reference": "#pat"],
        ],
    ]

    static let patient: JSON = [
        "resourceType": "Patient",
        "id": "pat",
        "identifier": [["system": .string(patientSystem), "value": "000412033"]],
        "name": [["use": "official", "family": "Jaquet", "given": ["Hélène"]]],
        "gender": "female",
        "birthDate": "1958-03-14",
    ]

    static let author: JSON = [
        "resourceType": "Practitioner",
        "id": "aut",
        "identifier": [["system": .string(gln), "value": "7601099000020"]],
        "name": [["family": "Aebischer", "given": ["Marc"], "prefix": ["Dr"]]],
    ]

    static let attachment: JSON = [
        "contentType": "application/pdf",
        "language": "fr-CH",
        "data": .string(Base64.encode(content)),
        "size": .number(String(content.count)),
        "hash": "TKv8RJxC5OIIiKDNHLTU/WUrr4g=",
        "title": "Lettre de sortie",
        "creation": "2026-11-19T16:40:00+01:00",
    ]

    static let consent: JSON = [
        "resourceType": "Consent",
        "identifier": [["system": "urn:oid:2.16.756.5.30.1.999.6", "value": "CONS-2026-4471"]],
        "status": "active",
        "scope": concept("consentscope", "patient-privacy"),
        "category": [concept("v3-ActCode", "IDSCL")],
        "patient": ["identifier": ["system": .string(patientSystem), "value": "000412033"]],
        "dateTime": "2026-11-12T10:20:00+01:00",
        "policy": [["uri": "https://passerelle.example/conditions"]],
        "provision": [
            "type": "permit",
            "period": ["start": "2026-11-12", "end": "2027-05-19"],
            "actor": [
                [
                    "role": concept("v3-ParticipationType", "IRCP"),
                    "reference": ["identifier": ["system": .string(gln), "value": "7601099000013"]],
                ]
            ],
            "action": [concept("consentaction", "disclose")],
            "purpose": [["system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "TREAT"]],
            "data": [
                [
                    "meaning": "related",
                    "reference": [
                        "identifier": ["system": "urn:oid:2.16.756.5.30.1.999.2", "value": "2026111207"]
                    ],
                ]
            ],
        ],
    ]

    static func snomed(_ code: String) -> JSON {
        ["coding": [["system": "http://snomed.info/sct", "code": .string(code)]]]
    }

    static func concept(_ system: String, _ code: String) -> JSON {
        ["coding": [["system": "http://terminology.hl7.org/CodeSystem/\(system)", "code": .string(code)]]]
    }
}

extension JSON {
    /// The value read back from its own bytes, as a request brings it.
    func sent() throws -> JSON { try JSON.read(bytes, limits: JSONLimits(totalBytes: 40_000_000)) }

    /// A copy in which the element at a path such as `context.encounter[0]` is another, or gone; one past the
    /// end of an array appends.
    func replacing(_ path: String, with new: JSON?) -> JSON {
        let steps = path.split { $0 == "." || $0 == "[" || $0 == "]" }.map(String.init)
        return replacing(steps[...], with: new)
    }

    private func replacing(_ steps: ArraySlice<String>, with new: JSON?) -> JSON {
        guard let step = steps.first else { return new ?? .null }
        let rest = steps.dropFirst()
        switch self {
        case .array(var items):
            guard let index = Int(step) else { return self }
            if index == items.count { items.append(.object([])) }
            if rest.isEmpty && new == nil {
                items.remove(at: index)
            } else {
                items[index] = items[index].replacing(rest, with: new)
            }
            return .array(items)
        case .object(var members):
            let old = members.firstIndex { $0.name == step }
            let value =
                rest.isEmpty ? new : (old.map { members[$0].value } ?? .object([])).replacing(rest, with: new)
            if let old {
                if let value { members[old] = Member(step, value) } else { members.remove(at: old) }
            } else if let value {
                members.append(Member(step, value))
            }
            return .object(members)
        default: return self
        }
    }
}

/// Decodes the example document with one element replaced.
func decodeDocument(
    _ path: String? = nil, _ new: JSON? = nil, _ options: SubmissionOptions = .init()
) throws -> Decoded<DocumentSubmission> {
    let document = path.map { Example.document.replacing($0, with: new) } ?? Example.document
    return DocumentReferenceDecoder.decode(try document.sent(), options)
}

/// Decodes the example consent with one element replaced.
func decodeConsent(_ path: String? = nil, _ new: JSON? = nil) throws -> Decoded<ConsentDirective> {
    let consent = path.map { Example.consent.replacing($0, with: new) } ?? Example.consent
    return ConsentDecoder.decode(try consent.sent())
}
