import FHIR
import Testing

@Suite struct ResourceTests {
    private let canonicalBase = "https://passerelle.example/fhir"

    @Test func `An outcome is written as FHIR wants it`() {
        let outcome = OperationOutcome([
            .init(
                .notFound, "No active account for GLN 7601099000990",
                at: DocumentSubmission.recipientExpression,
                details: "UnknownRecipient")
        ])
        #expect(outcome.httpStatus == 422)
        #expect(
            String(decoding: outcome.json(canonicalBase: canonicalBase).bytes, as: UTF8.self)
                == #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found","#
                + #""details":"#
                + #"{"coding":[{"system":"https://passerelle.example/fhir/CodeSystem/portal-error","code":"#
                + #""UnknownRecipient"}],"text":"UnknownRecipient"},"diagnostics":"No active account "#
                + #"for GLN 7601099000990","expression":["DocumentReference.extension("#
                + #"'https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-intendedRecipient')"]}]}"#)
    }

    @Test func `The status of an outcome is that of its most elementary error`() {
        typealias Issue = OperationOutcome.Issue
        let warning = Issue(.value, "w", severity: .warning)
        #expect(OperationOutcome([warning]).httpStatus == 200)
        #expect(OperationOutcome([warning, Issue(.required, "r")]).httpStatus == 422)
        #expect(OperationOutcome([Issue(.required, "r"), Issue(.tooLong, "l")]).httpStatus == 413)
        #expect(OperationOutcome([Issue(.tooLong, "l"), Issue(.structure, "s")]).httpStatus == 400)
        #expect(OperationOutcome([Issue(.notFound, "n", status: 404)]).httpStatus == 404)
        #expect(OperationOutcome([warning, Issue(.duplicate, "d")]).issues[0].code == .duplicate)
    }

    @Test func `Every type has one class, and only legal pairs are legal`() {
        #expect(ValueSet.documentTypes.concepts.count == 29)
        #expect(ValueSet.documentClasses.concepts.count == 17)
        #expect(ValueSet.practiceSettings.concepts.count == 65)
        for type in ValueSet.documentTypes.concepts {
            #expect(DocumentClass.isLegal(DocumentClass.code(ofType: type.code), type: type.code))
            let classes = ValueSet.documentClasses.concepts.filter {
                DocumentClass.isLegal($0.code, type: type.code)
            }
            #expect(classes.count == (type.code == "419891008" ? 17 : 1), "\(type.french)")
        }
        #expect(DocumentClass.code(ofType: "373942005") == "422735006")
        #expect(DocumentClass.code(ofType: "419891008") == "419891008")
        #expect(!DocumentClass.isLegal("371531000", type: "373942005"))
        #expect(!DocumentClass.isLegal("1", type: "419891008"))
    }

    @Test func `What was published comes back without its bytes and with its state`() throws {
        var stored = StoredDocumentReference(
            id: "8a1f", version: 3, lastUpdated: "2026-11-20T08:31:07.120Z",
            masterIdentifier: Identifier(
                system: "urn:ietf:rfc:3986", value: "urn:oid:2.16.756.5.30.1.999.3.1"),
            typeCode: "373942005", classCode: "422735006",
            patient: Identifier(system: Example.patientSystem, value: "000412033"),
            stay: Identifier(system: "urn:oid:2.16.756.5.30.1.999.2", value: "2026111207"),
            title: "Lettre de sortie",
            size: 15)
        stored.sha1 = Array(repeating: 0, count: 20)
        stored.deliveries = [
            .init(recipient: "7601099000013", state: .opened, at: "2026-11-20T08:31:07.120Z")
        ]
        let json = stored.json(base: "https://hul.example/fhir", canonicalBase: canonicalBase)
        let findings = try #require(
            DocumentReferenceDecoder.decode(try json.sent()).issues as [OperationOutcome.Issue]?)
        #expect(
            !findings.contains { $0.code == .invalid && $0.diagnostics == "Unknown property" }, "\(findings)")
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(text.contains(#""url":"https://hul.example/fhir/Binary/8a1f""#) && !text.contains(#""data""#))
        #expect(
            text.contains(
                #"{"url":"state","valueCode":"opened"},{"url":"at","valueInstant":"2026-11-20T08:31:07"#
            ))
        #expect(text.contains(#""url":"https://passerelle.example/fhir/StructureDefinition/delivery-state""#))
        #expect(text.contains(#""hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAA=""#))
    }

    @Test func `The capability statement lists what it is given and no more`() {
        var document = CapabilityStatement.Resource("DocumentReference", ["create", "read"])
        document.profiles = [CapabilityStatement.simplifiedPublishProfile]
        document.isVersioned = true
        var consent = CapabilityStatement.Resource("Consent", ["update"])
        consent.isConditionallyUpdated = true
        let json = CapabilityStatement(
            softwareVersion: "0.1.0", installation: "Hôpital universitaire du Lac", base: canonicalBase,
            tokenURL: "https://passerelle.example/oauth/token", date: "2026-11-20",
            resources: [document, consent]
        ).json
        #expect(
            json["rest"] == [
                [
                    "mode": "server",
                    "security": json["rest"]?.items.first?["security"],
                    "resource": [
                        [
                            "type": "DocumentReference",
                            "supportedProfile": [.string(CapabilityStatement.simplifiedPublishProfile)],
                            "interaction": [["code": "create"], ["code": "read"]],
                            "versioning": "versioned",
                        ],
                        ["type": "Consent", "interaction": [["code": "update"]], "conditionalUpdate": true],
                    ],
                ]
            ])
        #expect(json["fhirVersion"] == "4.0.1" && json["format"] == ["application/fhir+json"])
    }

    @Test func `The sign-in of machines is described`() {
        let json = SMARTConfiguration(
            issuer: "https://passerelle.example", tokenURL: "https://passerelle.example/oauth/token",
            scopes: ["system/DocumentReference.cr"]
        ).json
        #expect(
            json["token_endpoint_auth_methods_supported"] == ["private_key_jwt"] && json["jwks_uri"] == nil)
        #expect(json["scopes_supported"] == ["system/DocumentReference.cr"])
    }
}
