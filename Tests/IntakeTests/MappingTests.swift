import Foundation
import HL7v2
import Intake
import Testing

@Suite struct MappingTests {
    private func mapping(_ json: String) throws -> IntakeMapping {
        try IntakeMapping(json: Data(json.utf8), oidRoot: "2.16.756.5.30.1.999")
    }

    private static let sender = #""application":"DPI","facility":"HUL","client":"dpi""#

    @Test func `A whole mapping is read`() throws {
        let mapping = try mapping(
            """
            {"senders":[{\(Self.sender),"certificates":["AA:\(String(repeating: "bb:", count: 30))CC"],
              "characterSet":"windows-1252","recipientFields":["TXA-23","OBX"],"professionalFields":["ROL","PD1-4"],
              "rolImpliesConsent":true,"processingIds":["P","T"],"acceptCompletion":["AU","LA","DO"],
              "acknowledgements":"enhanced","resentReplaces":true,"rendersText":true}],
             "patients":"urn:oid:1.2.3","authorities":{"HUL":"urn:oid:1.2.3"},"types":{"LS":"373942005"},
             "services":{"CARDIO":"Cardiologie"},"followUpDays":90}
            """)
        let sender = try #require(mapping.senders.first)
        #expect(
            sender.characterSet == .windows1252
                && sender.recipientFields == [.distributedCopies, .observation])
        #expect(sender.rolImpliesConsent && sender.resentReplaces && sender.mode == .enhanced)
        #expect(sender.rendersText)
        #expect(sender.certificates.first?.count == 64)
        #expect(mapping.patients == "urn:oid:1.2.3" && mapping.stays == "urn:oid:2.16.756.5.30.1.999.2")
        #expect(mapping.types["LS"] == "373942005" && mapping.types["DS"] == "373942005")
        #expect(mapping.followUpDays == 90)
    }

    @Test(arguments: [
        ("[]", "one JSON object"), ("{}", "at least one sender"), (#"{"senders":[]}"#, "at least one sender"),
        (#"{"senders":[{"application":"DPI"}]}"#, "facility"),
        (#"{"senders":[{\#(Self.sender),"colour":"red"}]}"#, "colour"), (#"{"sender":[]}"#, "«sender»"),
        (#"{"senders":[{\#(Self.sender),"characterSet":"EBCDIC"}]}"#, "characterSet"),
        (#"{"senders":[{\#(Self.sender),"certificates":["abc"]}]}"#, "fingerprints"),
        (#"{"senders":[{\#(Self.sender),"recipientFields":["PID-3"]}]}"#, "PID-3"),
        (#"{"senders":[{\#(Self.sender),"rolImpliesConsent":"yes"}]}"#, "true or false"),
        (#"{"senders":[{\#(Self.sender),"processingIds":["X"]}]}"#, "P, T and D"),
        (#"{"senders":[{\#(Self.sender),"acceptCompletion":["IN"]}]}"#, "AU, LA and DO"),
        (#"{"senders":[{\#(Self.sender),"acknowledgements":"never"}]}"#, "auto, original"),
        (#"{"senders":[{\#(Self.sender)}],"types":{"DS":"1"}}"#, "documentTypes"),
        (#"{"senders":[{\#(Self.sender)}],"patients":"HUL"}"#, "urn:oid"),
        (#"{"senders":[{\#(Self.sender)}],"authorities":{"HUL":"1.2"}}"#, "urn:oid"),
        (#"{"senders":[{\#(Self.sender)}],"followUpDays":-1}"#, "followUpDays"),
    ])
    func `What is not understood is said in a sentence`(_ json: String, _ words: String) {
        do {
            _ = try mapping(json)
            Issue.record("accepted: \(json)")
        } catch {
            let expected = words == "documentTypes" ? "DocumentEntry.typeCode" : words
            #expect("\(error)".contains(expected), "\(error)")
        }
    }
}
