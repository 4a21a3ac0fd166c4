import Foundation
import TestSupport
import Testing

@testable import Delivery

/// Against a small HTTPS service.
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(
        if: TestServer.isWanted(needing: TestServer.python), "Python is missing: run scripts/setup-tests.sh"))
struct WebhookGatewayTests {
    let sink: TestServer
    let gateway: WebhookGateway

    init() throws {
        sink = try TestServer("webhook_sink.py")
        gateway = try WebhookGateway(
            address: GatewayAddress("https://localhost:\(sink.port)/sms"), token: "t0ken",
            authority: sink.authority, seconds: 20)
    }

    @Test func `The service gets the message, our token and the key against doubles`() throws {
        let text = "Zoé \"à\" l’hôpital\n\n@portail.example #482913"
        try gateway.send(SMS(id: "row-7", to: "+41791234567", text: text))
        let line = try #require(sink.text(of: "webhook.jsonl").split(separator: "\n").first)
        let received = try JSONDecoder().decode(Received.self, from: Data(line.utf8))
        #expect(received.path == "/sms")
        #expect(received.headers["Idempotency-Key"] == "row-7")
        #expect(received.headers["Authorization"] == "Bearer t0ken")
        #expect(received.headers["Content-Type"] == "application/json")
        let body = try JSONDecoder().decode([String: String].self, from: Data(received.body.utf8))
        #expect(body == ["id": "row-7", "to": "+41791234567", "text": text])
    }

    @Test func `Refusals for ever and for now are told apart, without the number`() throws {
        #expect(throws: SMSFailure.refused(status: 400, number: "+41***00")) {
            try gateway.send(SMS(id: "1", to: "+41791234400", text: "a"))
        }
        #expect(throws: SMSFailure.misconfigured(status: 401)) {
            try gateway.send(SMS(id: "1", to: "+41791234401", text: "a"))
        }
        let failure = #expect(throws: SMSFailure.self) {
            try gateway.send(SMS(id: "1", to: "+41791234500", text: "a"))
        }
        guard case .unavailable(500, _) = failure else { throw try #require(failure) }
        #expect(failure?.isPermanent == false)
    }

    @Test func `A redirect is not followed`() throws {
        let failure = #expect(throws: SMSFailure.self) {
            try gateway.send(SMS(id: "1", to: "+41791234302", text: "a"))
        }
        guard case .unavailable(302, _) = failure else { throw try #require(failure) }
        #expect(sink.text(of: "webhook.jsonl").split(separator: "\n").count == 1)
    }

    @Test func `A service that hangs or never stops talking costs a bounded time`() throws {
        let hasty = try WebhookGateway(
            address: GatewayAddress("https://localhost:\(sink.port)/sms"), token: "t0ken",
            authority: sink.authority, seconds: 1)
        for number in ["+41791234999", "+41791234888"] {
            let failure = #expect(throws: SMSFailure.self) {
                try hasty.send(SMS(id: "1", to: number, text: "a"))
            }
            #expect(failure?.isPermanent == false)
        }
    }

    @Test func `A certificate of another authority is refused`() throws {
        for authority in [nil, sink.foreignAuthority] {
            let careful = try WebhookGateway(
                address: GatewayAddress("https://localhost:\(sink.port)/sms"), token: "t0ken",
                authority: authority)
            let failure = #expect(throws: SMSFailure.self) {
                try careful.send(SMS(id: "1", to: "+41791234567", text: "a"))
            }
            #expect(failure?.isPermanent == false)
        }
        #expect(sink.text(of: "webhook.jsonl").isEmpty)
    }

    @Test func `A token cannot hold a header of its own`() throws {
        for token in ["", "a\r\nX: y", "a b", "é"] {
            #expect(throws: SMSFailure.invalidField("token")) {
                try WebhookGateway(address: GatewayAddress("https://sms.example/"), token: token)
            }
        }
    }
}

private struct Received: Decodable {
    let path: String
    let headers: [String: String]
    let body: String
}
