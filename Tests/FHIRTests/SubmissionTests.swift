import FHIR
import Testing

@Suite struct SubmissionTests {
    private func accepted(_ path: String? = nil, _ new: JSON? = nil, _ options: SubmissionOptions = .init())
        throws
        -> DocumentSubmission
    {
        let decoded = try decodeDocument(path, new, options)
        return try #require(decoded.value, "\(decoded.issues)")
    }

    @Test func `A letter is read whole`() throws {
        let decoded = try decodeDocument()
        let document = try #require(decoded.value)
        #expect(decoded.issues.isEmpty)
        #expect(document.masterIdentifier.value == "urn:oid:2.16.756.5.30.1.999.3.2026000417")
        #expect(document.completion == .final)
        #expect(document.typeCode == "373942005" && document.classCode == "422735006")
        #expect(document.patient.identifier == Identifier(system: Example.patientSystem, value: "000412033"))
        #expect(document.patient.family == "Jaquet" && document.patient.given == ["Hélène"])
        #expect(document.patient.birthDate.description == "1958-03-14" && document.patient.gender == .female)
        #expect(document.stay.identifier.value == "2026111207")
        #expect(document.stay.period?.end == PartialDate("2026-11-19").map(DateTime.date))
        #expect(document.recipients.map(\.gln) == ["7601099000013"])
        #expect(document.recipients[0].expression == DocumentSubmission.recipientExpression)
        #expect(document.author?.name == "Dr Marc Aebischer" && document.author?.gln == "7601099000020")
        #expect(document.practiceSetting == "394579002" && document.confidentiality == .normal)
        #expect(document.title == "Lettre de sortie – séjour du 12 au 19 novembre")
        #expect(document.date?.text == "2026-11-20T09:12:00+01:00" && document.replaces == nil)
        #expect(document.attachment.content == Example.content && document.attachment.hash?.count == 20)
        #expect(
            document.attachment.contentType == "application/pdf" && document.attachment.language == "fr-CH")
        #expect(document.attachment.title == "Lettre de sortie")
        #expect(document.attachment.creation?.text == "2026-11-19T16:40:00+01:00")
    }

    @Test func `What is optional may be absent`() throws {
        for path in [
            "category", "date", "author", "securityLabel", "context.period", "context.practiceSetting",
            "content[0].attachment.size", "content[0].attachment.hash", "content[0].attachment.creation",
            "masterIdentifier.use", "contained[0].name[0].given",
        ] { _ = try accepted(path) }
        #expect(try accepted("category").classCode == "422735006")
        #expect(try accepted("securityLabel").confidentiality == .normal)
    }

    @Test(arguments: [("final", "final"), ("amended", "amended")])
    func `A finalised or amended document is accepted`(_ status: String, _ completion: String) throws {
        #expect(try accepted("docStatus", .string(status)).completion.rawValue == completion)
    }

    @Test func `The title falls back to the attachment's and then to the type's`() throws {
        let untitled = Example.document.replacing("description", with: nil)
        #expect(DocumentReferenceDecoder.decode(try untitled.sent()).value?.title == "Lettre de sortie")
        let bare = untitled.replacing("content[0].attachment.title", with: nil)
        #expect(DocumentReferenceDecoder.decode(try bare.sent()).value?.title == "rapport de sortie")
    }

    @Test(arguments: [
        "urn:oid:2.51.1.3", "http://www.gs1.org/gln", "https://www.gs1.org/gln", "2.51.1.3", "urn:oid:1.3.88",
    ])
    func `A GLN is recognised under each of its systems`(_ system: String) throws {
        let document = try accepted("extension[0].valueReference.identifier.system", .string(system))
        #expect(document.recipients.map(\.gln) == ["7601099000013"])
    }

    @Test func `A recipient may be contained, also through a role`() throws {
        let claire: JSON = [
            "resourceType": "Practitioner", "id": "rec",
            "identifier": [
                ["system": "urn:oid:2.16.756.5.30.1.123.100.2.1.1", "value": "X999990"],
                ["system": .string(Example.gln), "value": "7601099000013"],
            ],
        ]
        let role: JSON = [
            "resourceType": "PractitionerRole", "id": "role", "practitioner": ["reference": "#rec"],
        ]
        let contained = Example.document.replacing("contained[2]", with: claire).replacing(
            "contained[3]", with: role)
        for reference in ["#rec", "#role"] {
            let json = contained.replacing(
                "extension[0].valueReference", with: ["reference": .string(reference)])
            #expect(
                DocumentReferenceDecoder.decode(try json.sent()).value?.recipients.map(\.gln) == [
                    "7601099000013"
                ])
        }
    }

    @Test func `Several recipients are kept once each, with their places`() throws {
        func to(_ gln: String, _ url: String = Example.recipient) -> JSON {
            [
                "url": .string(url),
                "valueReference": ["identifier": ["system": .string(Example.gln), "value": .string(gln)]],
            ]
        }
        let swiss = "http://fhir.ch/ig/ch-core/StructureDefinition/ch-ext-epr-informationrecipient"
        let other: JSON = ["url": "https://hul.example/other", "valueString": "ignored"]
        let document = try accepted(
            "extension", [other, to("7601099000013"), to("7601099000013"), to("7601099000990", swiss)])
        #expect(document.recipients.map(\.gln) == ["7601099000013", "7601099000990"])
        #expect(document.recipients[1].expression == DocumentSubmission.recipientExpression + "[2]")
    }

    @Test func `A foreign GLN is accepted with a warning`() throws {
        let decoded = try decodeDocument("extension[0].valueReference.identifier.value", "2000000010366")
        #expect(decoded.value?.recipients.map(\.gln) == ["2000000010366"])
        #expect(decoded.issues.map(\.severity) == [.warning])
    }

    @Test func `The subject itself may be the contained patient`() throws {
        let document = try accepted("subject", ["reference": "#pat"])
        #expect(document.patient.identifier.value == "000412033" && document.patient.family == "Jaquet")
    }

    @Test func `A national number is never the patient's number`() throws {
        let spid: JSON = [
            "identifier": ["system": "urn:oid:2.16.756.5.30.1.127.3.10.3", "value": "761337610411353650"]
        ]
        #expect(try accepted("subject", spid).patient.identifier.value == "000412033")
        let numbers: JSON = [
            ["system": "urn:oid:2.16.756.5.32", "value": "7569217076985"],
            ["system": "urn:oid:1.2.3", "value": "1"],
            [
                "system": .string(Example.patientSystem), "value": "000412033",
                "type": Example.concept("v2-0203", "MR"),
            ],
        ]
        let json = Example.document.replacing("contained[0].identifier", with: numbers)
            .replacing("subject", with: ["reference": "#pat"])
        #expect(
            DocumentReferenceDecoder.decode(try json.sent()).value?.patient.identifier.value == "000412033")
        var options = SubmissionOptions()
        options.patientSystems = ["urn:oid:1.2.3"]
        #expect(
            DocumentReferenceDecoder.decode(try json.sent(), options).value?.patient.identifier.value == "1")
    }

    @Test func `The stay may be a contained encounter`() throws {
        let encounter: JSON = [
            "resourceType": "Encounter", "id": "enc", "status": "finished",
            "class": ["system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"],
            "identifier": [["system": "urn:oid:2.16.756.5.30.1.999.2", "value": "2026111944"]],
        ]
        let json = Example.document.replacing("contained[2]", with: encounter)
            .replacing("context.encounter[0]", with: ["reference": "#enc"])
        #expect(DocumentReferenceDecoder.decode(try json.sent()).value?.stay.identifier.value == "2026111944")
    }

    @Test func `A correction names the document it replaces`() throws {
        let old = Identifier(
            system: "urn:ietf:rfc:3986", value: "urn:uuid:0c8a9b52-6b5e-4c63-9c0b-6a5d3f0a1e11")
        let target: JSON = ["identifier": ["system": .string(old.system), "value": .string(old.value)]]
        #expect(
            try accepted("relatesTo", [["code": "replaces", "target": target]]).replaces
                == .masterIdentifier(old))
        var options = SubmissionOptions()
        options.base = "https://portal.example/fhir"
        for reference in ["DocumentReference/8a1f", "https://portal.example/fhir/DocumentReference/8a1f"] {
            let relation: JSON = [["code": "replaces", "target": ["reference": .string(reference)]]]
            #expect(try accepted("relatesTo", relation, options).replaces == .id("8a1f"))
        }
    }

    @Test(arguments: [
        ("transforms", "PartialTransformContentNotProcessed"),
        ("appends", "PartialAppendContentNotProcessed"),
        ("signs", nil),
    ]) func `Another relation is a warning`(_ code: String, _ details: String?) throws {
        let decoded = try decodeDocument(
            "relatesTo", [["code": .string(code), "target": ["reference": "DocumentReference/1"]]])
        #expect(decoded.value?.replaces == nil && decoded.value != nil)
        #expect(decoded.issues.map(\.details) == [details] && decoded.issues[0].severity == .warning)
    }

    @Test func `The strictest confidentiality counts`() throws {
        #expect(try accepted("securityLabel[1]", Example.snomed("1141000195107")).confidentiality == .secret)
        #expect(
            try accepted("securityLabel", [Example.concept("v3-Confidentiality", "R")]).confidentiality
                == .restricted)
    }

    @Test func `A speciality we do not know is passed over with a warning`() throws {
        let decoded = try decodeDocument("context.practiceSetting", Example.snomed("1"))
        #expect(decoded.value?.practiceSetting == nil)
        #expect(decoded.issues.map(\.expression) == ["DocumentReference.context.practiceSetting"])
    }

    @Test func `The hash is compared with the digest it is given`() throws {
        let attachment = try accepted().attachment
        #expect(attachment.issue(forSHA1: attachment.hash ?? []) == nil)
        let issue = attachment.issue(forSHA1: [UInt8](repeating: 0, count: 20))
        #expect(issue?.details == "XDSNonIdenticalHash" && issue?.httpStatus == 422)
    }

    @Test func `Extensions of primitives, narratives and known properties pass`() throws {
        let more: JSON = [
            "extension": [
                [
                    "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                    "valueDateTime": "1958-03-14T01:00:00+01:00",
                ]
            ]
        ]
        _ = try accepted("contained[0]._birthDate", more)
        _ = try accepted("_description", ["id": "a"])
        _ = try accepted(
            "text",
            ["status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Lettre</div>"])
        _ = try accepted("meta", ["profile": [.string(CapabilityStatement.simplifiedPublishProfile)]])
        _ = try accepted(
            "contained[0].telecom", [["system": "phone", "value": "+41 21 000 00 00", "rank": 1]])
        let padded = Example.document.replacing("contained[0].name[0].given", with: [.null, "Hélène"])
            .replacing("contained[0].name[0]._given", with: [more, .null])
        #expect(DocumentReferenceDecoder.decode(try padded.sent()).value?.patient.given == ["Hélène"])
    }
}
