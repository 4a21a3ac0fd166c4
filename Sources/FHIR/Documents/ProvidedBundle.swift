/// A document as it is published to a record elsewhere: IHE MHD ITI-65 «Provide Document Bundle», comprehensive metadata,
/// with Swiss codes. Plain values in, a transaction `Bundle` out: a SubmissionSet, one DocumentReference, its Binary.
public struct ProvidedBundle: Sendable {
    /// 32 hexadecimal digits: what the parts are named after.
    public var id: String
    /// OID urn of the source, «urn:oid:2.16.756.5.30.1.999».
    public var sourceIdentifier: String
    public var masterIdentifier: String
    public var typeCode: String
    public var classCode: String
    public var confidentiality: String
    public var language: String
    public var title: String
    public var service: String
    public var author: String
    public var patient: Identifier
    public var familyName: String
    public var givenName: String
    /// ISO 8601 date.
    public var birthDate: String
    /// FHIR's `administrative-gender`.
    public var gender: String
    public var stay: Identifier
    /// Instants with zone, already written out: of writing and of publishing.
    public var authoredAt: String
    public var publishedAt: String
    /// The master identifier of the version that this one replaces.
    public var replaces: String?
    public var sha1: [UInt8]
    public var pdf: [UInt8]

    public init(
        id: String, sourceIdentifier: String, masterIdentifier: String, typeCode: String, classCode: String,
        confidentiality: String, language: String, title: String, service: String, author: String,
        patient: Identifier, familyName: String, givenName: String, birthDate: String, gender: String,
        stay: Identifier, authoredAt: String, publishedAt: String, replaces: String?, sha1: [UInt8],
        pdf: [UInt8]
    ) {
        self.id = id
        self.sourceIdentifier = sourceIdentifier
        self.masterIdentifier = masterIdentifier
        self.typeCode = typeCode
        self.classCode = classCode
        self.confidentiality = confidentiality
        self.language = language
        self.title = title
        self.service = service
        self.author = author
        self.patient = patient
        self.familyName = familyName
        self.givenName = givenName
        self.birthDate = birthDate
        self.gender = gender
        self.stay = stay
        self.authoredAt = authoredAt
        self.publishedAt = publishedAt
        self.replaces = replaces
        self.sha1 = sha1
        self.pdf = pdf
    }
}

extension ProvidedBundle {
    /// The transaction, the same for the same document however often it is made.
    public var json: JSON {
        [
            "resourceType": "Bundle",
            "meta": ["profile": ["\(Self.profiles)/IHE.MHD.Comprehensive.ProvideBundle"]],
            "type": "transaction",
            "entry": [
                entry(1, "List", submissionSet), entry(2, "DocumentReference", reference),
                entry(
                    3, "Binary",
                    [
                        "resourceType": "Binary", "contentType": "application/pdf",
                        "data": .data(Array(Base64.encode(pdf).utf8)[...]),
                    ]),
            ],
        ]
    }

    private static var profiles: String { "https://profiles.ihe.net/ITI/MHD/StructureDefinition" }

    private func entry(_ part: Int, _ kind: String, _ resource: JSON) -> JSON {
        [
            "fullUrl": .string(urn(part)), "resource": resource,
            "request": ["method": "POST", "url": .string(kind)],
        ]
    }

    /// A name of a part, made of the document's: version and variant as RFC 9562 wants them of names chosen freely (8).
    private func urn(_ part: Int) -> String {
        var digits = Array(id.utf8)
        guard digits.count == 32 else { return "urn:uuid:\(id)" }
        digits[7] = UInt8(ascii: "0") + UInt8(part)
        (digits[12], digits[16]) = (UInt8(ascii: "8"), UInt8(ascii: "8"))
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return "urn:uuid:" + cuts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private var submissionSet: JSON {
        [
            "resourceType": "List",
            "extension": [
                [
                    "url": "\(Self.profiles)/ihe-designationType",
                    "valueCodeableConcept": [
                        "coding": [["system": .string(Concept.system), "code": "71388002"]]
                    ],
                ],
                [
                    "url": "\(Self.profiles)/ihe-sourceId",
                    "valueIdentifier": uri(sourceIdentifier),
                ],
            ],
            "identifier": [
                ["use": "usual", "system": "urn:ietf:rfc:3986", "value": .string(urn(4))],
                ["use": "official", "system": "urn:ietf:rfc:3986", "value": .string(urn(1))],
            ],
            "status": "current",
            "mode": "working",
            "title": .string(title),
            "code": [
                "coding": [
                    [
                        "system": "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes",
                        "code": "submissionset",
                    ]
                ]
            ],
            "subject": .reference("Patient", patient),
            "date": .string(publishedAt),
            "source": authorship,
            "entry": [["item": ["reference": .string(urn(2))]]],
        ]
    }

    private var reference: JSON {
        [
            "resourceType": "DocumentReference",
            "contained": [containedPatient],
            "masterIdentifier": [
                "use": "usual", "system": "urn:ietf:rfc:3986", "value": .string(masterIdentifier),
            ],
            "identifier": [["use": "official", "system": "urn:ietf:rfc:3986", "value": .string(urn(2))]],
            "status": "current",
            "type": ValueSet.documentTypes.codeableConcept(typeCode),
            "category": [ValueSet.documentClasses.codeableConcept(classCode)],
            "subject": .reference("Patient", patient),
            "date": .string(publishedAt),
            "author": [authorship],
            "relatesTo": replaces.map {
                [["code": "replaces", "target": ["type": "DocumentReference", "identifier": uri($0)]]]
            },
            "description": .string(title),
            "securityLabel": [ValueSet.confidentialities.codeableConcept(confidentiality)],
            "content": [
                [
                    "attachment": [
                        "contentType": "application/pdf", "language": .string(language),
                        "url": .string(urn(3)),
                        "size": .number(String(pdf.count)), "hash": .string(Base64.encode(sha1)),
                        "title": .string(title), "creation": .string(authoredAt),
                    ],
                    "format": [
                        "system": "urn:oid:2.16.756.5.30.1.127.3.10.10",
                        "code": "urn:che:epr:EPR_Unstructured_Document",
                    ],
                ]
            ],
            "context": [
                "encounter": [.reference("Encounter", stay)],
                "facilityType": [
                    "coding": [
                        [
                            "system": .string(Concept.system), "code": "22232009",
                            "display": "Hospital (environment)",
                        ]
                    ]
                ],
                "practiceSetting": [
                    "coding": [
                        [
                            "system": .string(Concept.system), "code": "394658006",
                            "display": "Clinical specialty (qualifier value)",
                        ]
                    ], "text": .string(service),
                ],
                "sourcePatientInfo": ["reference": "#patient"],
            ],
        ]
    }

    private var containedPatient: JSON {
        [
            "resourceType": "Patient", "id": "patient",
            "identifier": [["system": .string(patient.system), "value": .string(patient.value)]],
            "name": [["family": .string(familyName), "given": [.string(givenName)]]],
            "gender": .string(gender), "birthDate": .string(birthDate),
        ]
    }

    private var authorship: JSON { ["display": .string(author.isEmpty ? service : author)] }

    private func uri(_ value: String) -> JSON { ["system": "urn:ietf:rfc:3986", "value": .string(value)] }
}
