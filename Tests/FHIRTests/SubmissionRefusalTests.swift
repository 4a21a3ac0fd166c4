import FHIR
import Testing

@Suite struct SubmissionRefusalTests {
    /// One mistake and the answer to it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let path: String
        let new: JSON?
        let code: OperationOutcome.Code
        let details: String?
        let place: String
        let status: Int

        init(
            _ path: String, _ new: JSON?, _ code: OperationOutcome.Code, _ details: String? = nil,
            at place: String? = nil, status: Int = 422
        ) {
            self.path = path
            self.new = new
            self.code = code
            self.details = details
            self.place = place ?? path
            self.status = status
        }

        var testDescription: String { "\(path) → \(code)" }
    }

    static let mandatory: [Mistake] = [
        .init("resourceType", "Observation", .invalid, status: 400),
        .init("resourceType", nil, .invalid, status: 400),
        .init("masterIdentifier", nil, .required), .init("masterIdentifier.system", nil, .required),
        .init("masterIdentifier.value", nil, .required), .init("status", nil, .required),
        .init("type", nil, .required),
        .init("subject", nil, .required), .init("content", nil, .required),
        .init("content[0].attachment", nil, .value, at: "content[0]"),
        .init("content[0].attachment.contentType", nil, .required),
        .init("content[0].attachment.data", nil, .required),

        .init("context.encounter", nil, .required),
        .init("context.encounter[0].identifier.value", nil, .required),
        .init(
            "context.encounter[0].identifier", ["value": "1"], .required,
            at: "context.encounter[0].identifier.system"),
        .init(
            "context.encounter[0]", ["display": "Séjour"], .required, at: "context.encounter[0].identifier"),
        .init(
            "context.encounter[0]", ["reference": "Encounter/1"], .required,
            at: "context.encounter[0].identifier"),
        .init("extension", nil, .required, at: "extension('\(Example.recipient)')"),
        .init("extension[0].valueReference.identifier.value", nil, .required),
        .init(
            "extension[0].valueReference", ["display": "Dre Claire Favre"], .required,
            at: "extension[0].valueReference.identifier"),
        .init(
            "extension[0].valueReference.identifier.system", "urn:oid:1.2.3", .required,
            at: "extension[0].valueReference.identifier"),
        .init("contained[0].name", nil, .required, at: "contained[0].name.family"),
        .init("contained[0].name[0].family", nil, .required), .init("contained[0].birthDate", nil, .required),
        .init("contained[0].gender", nil, .required), .init("contained[0].id", nil, .required),
        .init("contained[0].resourceType", nil, .required),
        .init("subject", ["display": "Hélène"], .required, at: "subject.identifier"),
        .init("subject", ["reference": "Patient/1"], .required, at: "subject.identifier"),
        .init("relatesTo", [["code": "replaces"]], .required, at: "relatesTo[0].target"),
        .init(
            "relatesTo", [["code": "replaces", "target": ["display": "x"]]], .required,
            at: "relatesTo[0].target.identifier"),
    ]

    static let values: [Mistake] = [
        .init("masterIdentifier.system", "urn:oid:1.2.3", .value),
        .init("masterIdentifier.value", "2026000417", .value),
        .init("masterIdentifier.value", "urn:oid:2..3", .value),
        .init("masterIdentifier.value", "urn:oid:3.1", .value),
        .init("masterIdentifier.value", "urn:uuid:0c8a9b52", .value), .init("status", 5, .value),
        .init("date", "2026-11-20", .value), .init("date", "2026-11-20T09:12+01:00", .value),
        .init("contained[0].birthDate", "1958-03", .value),
        .init("contained[0].birthDate", "1958-02-30", .value),
        .init("contained[0].birthDate", 1958, .value),
        .init("extension[0].valueReference.identifier.value", "7601099000014", .value),
        .init("extension[0].valueReference.identifier.value", "760109900001", .value),
        .init("extension[0].valueReference.identifier.value", "76010990000AB", .value),
        .init("contained[1].identifier[0].value", "7601099000021", .value),
        .init("content[0].attachment.data", "JVBERi0", .value),
        .init("content[0].attachment.data", "JVBE*i0x", .value),
        .init("content[0].attachment.data", "", .required), .init("content[0].attachment.data", 5, .value),
        .init("content[0].attachment.hash", "4cabff", .value),
        .init("content[0].attachment.hash", "TKv8Rg==", .value),
        .init("content[0].attachment.size", "15", .value), .init("content[0].attachment.size", -1, .value),
        .init("content[0].attachment.size", .number("15.0"), .value),
        .init("content[0].attachment.creation", "19.11.2026", .value),
        .init("description", "", .value), .init("description", " ", .value),
        .init("description", .null, .value),
        .init("description", "a\u{7}b", .value),
        .init("description", .string(String(repeating: "é", count: 501)), .value),
        .init("author", [], .value), .init("author", ["reference": "#aut"], .value),
        .init("subject", [:], .value),
        .init("id", "a b", .value), .init("contained[0].id", "é", .value),
        .init("context.period.start", "2026-11-12T08", .value),
        .init("contained[0].name[0].given", ["Hélène", .null], .value, at: "contained[0].name[0].given[1]"),
        .init("contained[0].active", "true", .value), .init("masterIdentifier", [[:]], .value),
        .init(
            "relatesTo", [["code": "replaces", "target": ["reference": "Patient/1"]]], .value,
            at: "relatesTo[0].target.reference"),
        .init("subject", ["reference": "#aut"], .value, at: "subject.reference"),
        .init("context.encounter[0]", ["reference": "#pat"], .value, at: "context.encounter[0].reference"),
    ]

    static let rules: [Mistake] = [
        .init("status", "superseded", .codeInvalid), .init("status", "entered-in-error", .codeInvalid),
        .init("docStatus", "preliminary", .businessRule, "NotFinal"),
        .init("docStatus", "draft", .codeInvalid),
        .init("docStatus", "entered-in-error", .businessRule, "NotFinal"),
        .init("type", Example.snomed("422735006"), .codeInvalid),
        .init("type", ["text": "Lettre"], .codeInvalid),
        .init("type.coding[0].system", "http://loinc.org", .codeInvalid, at: "type"),
        .init("category", [Example.snomed("721963009")], .codeInvalid, at: "category[0]"),
        .init("category", [Example.snomed("1")], .codeInvalid, at: "category[0]"),
        .init("category[1]", Example.snomed("422735006"), .invalid),
        .init("securityLabel", [Example.snomed("1")], .codeInvalid, at: "securityLabel[0]"),
        .init("content[0].attachment.contentType", "text/plain", .codeInvalid),
        .init("content[0].attachment.url", "https://hul.example/1", .invalid),
        .init("content[0].attachment.size", 16, .invalid, "XDSNonIdenticalSize"),
        .init("content[1]", ["attachment": Example.attachment], .invalid),
        .init("context.encounter[1]", ["identifier": ["system": "a", "value": "b"]], .invalid),
        .init("context.sourcePatientInfo", nil, .notFound, "XDSUnknownPatientId"),
        .init(
            "context.sourcePatientInfo", ["reference": "#nobody"], .notFound,
            at: "context.sourcePatientInfo.reference"),
        .init("subject", ["reference": "#nobody"], .notFound, at: "subject.reference"),
        .init("author", [["reference": "#nobody"]], .notFound, at: "author[0].reference"),
        .init("subject.identifier.value", "000487120", .conflict, at: "contained[0].identifier"),
        .init("contained[0].gender", "F", .codeInvalid), .init("recipent", "7601099000013", .invalid),
        .init("content[0].attachment.datum", "x", .invalid), .init("contained[0].ssn", "x", .invalid),
        .init("_status2", ["id": "a"], .invalid), .init("_subject", ["id": "a"], .invalid),
        .init("modifierExtension", [["url": "urn:x", "valueBoolean": true]], .extension),
        .init("content[0].modifierExtension", [["url": "urn:x", "valueBoolean": true]], .extension),
        .init("contained[0].modifierExtension", [["url": "urn:x"]], .extension),
        .init("implicitRules", "urn:x", .notSupported),
        .init("contained[0].contained", [["resourceType": "Patient", "id": "x"]], .invalid),
        .init("contained[1].id", "pat", .invalid),
        .init("extension[0].valueReference.type", "Organization", .notSupported),
        .init("extension[0].valueReference", ["reference": "#pat"], .notSupported, at: "contained[0]"),
        .init("extension[1]", ["url": "urn:x"], .invalid),
        .init("extension[1]", ["valueString": "x"], .required, at: "extension[1].url"),
        .init(
            "relatesTo", [["code": "amends", "target": ["reference": "DocumentReference/1"]]], .codeInvalid,
            at: "relatesTo[0].code"),
        .init(
            "relatesTo",
            [
                [
                    "code": "replaces",
                    "target": [
                        "identifier": [
                            "system": "urn:ietf:rfc:3986",
                            "value": "urn:oid:2.16.756.5.30.1.999.3.2026000417",
                        ]
                    ],
                ]
            ], .invalid, at: "relatesTo[0].target.identifier.value"),
    ]

    @Test(arguments: mandatory + values + rules)
    func `A mistake gets the answer of the table of errors`(_ mistake: Mistake) throws {
        let decoded = try decodeDocument(mistake.path, mistake.new)
        #expect(decoded.value == nil)
        let place = "DocumentReference.\(mistake.place)"
        let issue = decoded.issues.first { $0.expression == place }
        #expect(issue?.code == mistake.code, "\(decoded.issues)")
        #expect(issue?.details == mistake.details)
        #expect(issue?.severity == .error)
        #expect(OperationOutcome(decoded.issues).httpStatus == mistake.status)
        // references to a contained resource break with it
        let breaksReferences = ["contained[0].id", "contained[1].id", "contained[0].resourceType"]
            .contains(mistake.path)
        #expect(decoded.issues.count == 1 || breaksReferences, "\(decoded.issues)")
        for issue in decoded.issues {
            for secret in ["Jaquet", "Hélène", "1958", "000412033", "2026111207"] {
                #expect(!issue.diagnostics.contains(secret))
            }
        }
    }

    @Test func `All mistakes are told at once`() throws {
        let json = Example.document.replacing("type", with: nil).replacing("extension", with: nil)
            .replacing("docStatus", with: "preliminary").replacing("contained[0].birthDate", with: "1958")
        let places = DocumentReferenceDecoder.decode(try json.sent()).issues.compactMap(\.expression)
        #expect(
            Set(places) == [
                "DocumentReference.type", "DocumentReference.docStatus",
                "DocumentReference.contained[0].birthDate",
                DocumentSubmission.recipientExpression,
            ])
    }

    @Test func `A body that is no object is refused`() throws {
        for json: JSON in [[], "x", 1, .null, [["resourceType": "DocumentReference"]]] {
            #expect(OperationOutcome(DocumentReferenceDecoder.decode(json).issues).httpStatus == 400)
        }
        #expect(DocumentReferenceDecoder.decode([:]).value == nil)
    }

    @Test func `Unknown properties pass when the sender asks for lenience, modifiers never do`() throws {
        var options = SubmissionOptions()
        options.handling = .lenient
        #expect(try decodeDocument("recipent", "x", options).value != nil)
        #expect(
            try decodeDocument("modifierExtension", [["url": "urn:x", "valueBoolean": true]], options).value
                == nil)
    }

    @Test func `A document over the limit is too large`() throws {
        var options = SubmissionOptions()
        options.maximumDocumentBytes = Example.content.count
        #expect(try decodeDocument(nil, nil, options).value != nil)
        options.maximumDocumentBytes -= 1
        let outcome = OperationOutcome(try decodeDocument(nil, nil, options).issues)
        #expect(outcome.httpStatus == 413 && outcome.issues.map(\.code) == [.tooLong])
        #expect(outcome.issues[0].expression == DocumentSubmission.dataExpression)
    }

    @Test func `More than twenty recipients cost too much`() throws {
        let one = try #require(Example.document["extension"])
        guard case .array(let items) = one else { return }
        let decoded = try decodeDocument("extension", .array(Array(repeating: items[0], count: 21)))
        #expect(decoded.issues.map(\.code) == [.tooCostly])
    }

    @Test func `An installation may insist on status and hash`() throws {
        var options = SubmissionOptions()
        options.requiresDocumentStatus = true
        #expect(
            try decodeDocument(nil, nil, options).issues.map(\.expression) == ["DocumentReference.docStatus"])
        options = .init()
        options.requiresHash = true
        #expect(
            try decodeDocument("content[0].attachment.hash", nil, options).issues.map(\.code) == [.required])
    }
}
