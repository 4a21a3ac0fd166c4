import FHIR
import Testing

@Suite struct TrailEventTests {
    private var opened: TrailEvent {
        var event = TrailEvent(
            id: "e1", kind: .read, recorded: "2026-11-20T09:31:07.120+01:00",
            client: .init(name: "web-browser", address: "192.0.2.10"),
            server: .init(
                name: "passerelle.example", address: "https://passerelle.example", addressType: .uri),
            site: "2.16.756.5.30.1.999")
        event.transaction = "ITI-68"
        event.atcCode = "ATC_DOC_READ"
        event.agents = [
            .init(
                identifier: Identifier(system: "https://passerelle.example/id/account", value: "9f2c41"),
                name: "Sandra Rochat", role: .assistant, isRequestor: true),
            .init(
                identifier: Identifier(system: Example.gln, value: "7601099000013"), name: "Dre Claire Favre",
                role: .professional, isRequestor: false),
        ]
        event.patient = Identifier(system: Example.patientSystem, value: "000412033")
        event.document = .init(
            reference: "DocumentReference/8a1f",
            identifier: Identifier(system: "urn:ietf:rfc:3986", value: "urn:oid:2.16.756.5.30.1.999.3.1"),
            typeCode: "373942005", title: "Lettre de sortie")
        event.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        return event
    }

    private func count(_ json: JSON?, _ name: String) -> Int {
        if case .array(let items)? = json?[name] { items.count } else { 0 }
    }

    @Test func `A reading by an assistant names both, in both forms`() throws {
        let balp = opened.balp
        #expect(
            balp["meta"]?["profile"]
                == ["https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead"])
        #expect(count(balp, "agent") == 4 && count(balp, "entity") == 3 && count(balp, "subtype") == 2)
        #expect(balp["action"] == "R" && balp["outcome"] == "0")
        let text = String(decoding: balp.bytes, as: UTF8.self)
        #expect(
            text.contains(#""code":"IRCP","display":"information recipient""#)
                && text.contains(#""code":"RESP""#))
        #expect(text.contains(#"{"type":"title","valueBase64Binary":"TGV0dHJlIGRlIHNvcnRpZQ=="}"#))

        let atc = try #require(opened.atc(repositoryOID: "2.16.756.5.30.1.999.9"))
        #expect(atc["meta"] == nil && count(atc, "subtype") == 1 && count(atc, "agent") == 2)
        let shown = String(decoding: atc.bytes, as: UTF8.self)
        #expect(
            shown.contains(
                #"{"type":"Repository Unique Id","valueBase64Binary":"Mi4xNi43NTYuNS4zMC4xLjk5OS45"}"#))
        #expect(!shown.contains("192.0.2.10"))
    }

    @Test func `The client is the destination of a reading and the source of a creation`() {
        func firstType(_ event: TrailEvent) -> String? {
            guard case .array(let agents)? = event.balp["agent"],
                case .array(let codings)? = agents[0]["type"]?["coding"]
            else { return nil }
            return codings[0]["code"]?.text
        }
        var created = opened
        created.kind = .create
        #expect(firstType(opened) == "110153" && firstType(created) == "110152")
    }

    @Test func `A refusal and a sign-in claim no profile`() {
        var refused = opened
        refused.outcome = .minor
        refused.rule = "NotDesignated"
        #expect(refused.balp["meta"] == nil && refused.balp["outcomeDesc"] == "NotDesignated")
        let signIn = TrailEvent(
            id: "e2", kind: .signInRefused, recorded: "2026-11-20T09:31:07.120+01:00",
            client: .init(name: "web-browser"),
            server: .init(name: "passerelle.example"), site: "2.16.756.5.30.1.999")
        #expect(
            signIn.balp["meta"] == nil && signIn.balp["type"]?["code"] == "110114"
                && signIn.balp["action"] == "E")
        #expect(signIn.balp["entity"] == nil && signIn.atc(repositoryOID: "1.2") == nil)
    }
}
