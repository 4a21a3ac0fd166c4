import Foundation
import TestSupport
import Testing

@testable import Delivery

/// Whether a card was exchanged, asked as CAMARA SIM Swap 1.0 has it (AUT-6).
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(
        if: TestServer.isWanted(needing: TestServer.python), "Python is missing: run scripts/setup-tests.sh"))
struct SIMSwapTests {
    let sink: TestServer
    let lookup: CAMARASIMSwap

    init() throws {
        sink = try TestServer("webhook_sink.py")
        lookup = try CAMARASIMSwap(
            address: GatewayAddress("https://localhost:\(sink.port)/sim-swap"), token: "t0ken",
            authority: sink.authority, seconds: 2)
    }

    @Test func `The service is asked about the number and the hours, with our token`() throws {
        #expect(try lookup.isSwapped("+41791234567", withinHours: 168))
        #expect(try !lookup.isSwapped("+41791234568", withinHours: 168))
        let lines = sink.text(of: "webhook.jsonl").split(separator: "\n")
        #expect(lines.count == 2)
        let asked = try JSONDecoder().decode(Asked.self, from: Data(lines[0].utf8))
        #expect(asked.path == "/sim-swap")
        #expect(asked.headers["Authorization"] == "Bearer t0ken")
        let question = try JSONSerialization.jsonObject(with: Data(asked.body.utf8)) as? [String: Any]
        #expect(question?["phoneNumber"] as? String == "+41791234567")
        #expect(question?["maxAge"] as? Int == 168)
    }

    private struct Asked: Decodable {
        let path: String
        let headers: [String: String]
        let body: String
    }

    @Test func `A number that the service does not cover was not exchanged, as far as anybody knows`() throws
    {
        #expect(try !lookup.isSwapped("+41791234404", withinHours: 168))
    }

    @Test func `A service that is down, slow or talks of something else says nothing`() throws {
        for number in ["+41791234500", "+41791234999", "+41791234888"] {
            let failure = #expect(throws: SMSFailure.self) {
                try lookup.isSwapped(number, withinHours: 168)
            }
            #expect(failure?.isPermanent == false, "the code waits: \(number)")
        }
        let other = try CAMARASIMSwap(
            address: GatewayAddress("https://localhost:\(sink.port)/other"), token: "t0ken",
            authority: sink.authority)
        #expect(throws: SMSFailure.unavailable(status: 200, "no answer of CAMARA SIM Swap")) {
            try other.isSwapped("+41791234567", withinHours: 168)
        }
    }
}
