import Foundation
import TestSupport
import Testing

@testable import Delivery

/// Against Kannel with a fake carrier.
@Suite(.timeLimit(.minutes(2))) struct KannelGatewayTests {
    @Test(
        .enabled(
            if: TestServer.isWanted(needing: "/usr/sbin/bearerbox", "/usr/lib/kannel/test/fakesmsc"),
            "Kannel is missing: run scripts/setup-tests.sh"))
    func `A message reaches the carrier, and a wrong password is told apart`() async throws {
        let kannel = try TestServer("kannel.sh", ports: 4)
        let address = try GatewayAddress("http://127.0.0.1:\(kannel.port + 3)/cgi-bin/sendsms")
        let gateway = KannelGateway(address: address, user: "portal", password: "secret")
        let texts = MessageTexts(productName: "Mon Espace Pro", baseURL: "https://portail.hul.example")
        try gateway.send(SMS(id: "row-1", to: "+41791234567", text: texts.codeSMS("482913")))
        for _ in 0..<200 where !kannel.text(of: "fakesmsc.out").contains("Got message 1") {
            try await Task.sleep(for: .milliseconds(50))
        }
        let received = kannel.text(of: "fakesmsc.out")
        #expect(received.contains("Passerelle +41791234567 text 482 913 est votre code Mon Espace Pro."))

        let stranger = KannelGateway(address: address, user: "portal", password: "wrong")
        let failure = #expect(throws: SMSFailure.self) {
            try stranger.send(SMS(id: "row-2", to: "+41791234567", text: "a"))
        }
        #expect(failure == .misconfigured(status: 403) && failure?.isPermanent == false)
    }

    @Test func `Nobody at home means try later`() throws {
        let gateway = KannelGateway(
            address: try GatewayAddress("http://127.0.0.1:1/"), user: "portal", password: "secret", seconds: 5
        )
        let failure = #expect(throws: SMSFailure.self) {
            try gateway.send(SMS(id: "row-1", to: "+41791234567", text: "a"))
        }
        #expect(failure?.isPermanent == false)
    }
}
