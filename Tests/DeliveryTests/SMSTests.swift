import Testing

@testable import Delivery

@Suite struct SMSTests {
    @Test func `Numbers outside the allowed countries, or no numbers at all, are refused and masked`() throws
    {
        let limits = SMSLimits()
        for number in ["+41791234567", "+33612345678", "+4917012345678"] {
            try limits.check(SMS(id: "1", to: number, text: "a"))
        }
        for number in [
            "0791234567", "+41", "+4179123456789012", "+1 212 555 0100", "+12125550100", "+41 79 123 45 67",
            "+4179123456७", "", "+4179123\u{301}4567", "+41791234567\n", "0041791234567",
        ] {
            let failure = #expect(throws: SMSFailure.self, "\(number)") {
                try limits.check(SMS(id: "1", to: number, text: "a"))
            }
            guard case .invalidNumber(let masked) = failure else { throw try #require(failure) }
            #expect(!masked.contains("123") && failure?.isPermanent == true)
        }
        #expect(SMS(id: "1", to: "+41791234567", text: "").maskedNumber == "+41***67")
    }

    @Test func `Texts and ids have limits`() {
        for text in ["", String(repeating: "a", count: 481), "a\0b", "a\rb"] {
            #expect(throws: SMSFailure.invalidField("text")) {
                try SMSLimits().check(SMS(id: "1", to: "+41791234567", text: text))
            }
        }
        for id in ["", "a\r\nX: y", "a b", String(repeating: "a", count: 129)] {
            #expect(throws: SMSFailure.invalidField("id")) {
                try SMSLimits().check(SMS(id: id, to: "+41791234567", text: "a"))
            }
        }
    }

    @Test func `Gateway addresses are https, or this machine`() throws {
        for address in [
            "https://sms.example/send", "http://127.0.0.1:13013/cgi-bin/sendsms", "http://[::1]/",
        ] {
            #expect(throws: Never.self) { try GatewayAddress(address) }
        }
        for address in [
            "http://sms.example/send", "ftp://127.0.0.1/", "sms.example", "https://a:b@sms.example/",
            "https:///x",
            "https://sms.example/?a=b", "https://sms.example/#a", "http://127.0.0.1.evil.example/",
            "https://sms.example/\r\nX: y", "", "file:///etc/passwd",
        ] {
            #expect(throws: GatewayAddress.Invalid.self, "\(address)") { try GatewayAddress(address) }
        }
    }

    @Test func `Kannel's query is encoded byte by byte, in the alphabet that fits`() throws {
        let gateway = KannelGateway(
            address: try GatewayAddress("https://sms.example/send"), user: "portal", password: "a&b=c",
            sender: "HUL")
        #expect(
            gateway.query(for: SMS(id: "1", to: "+41791234567", text: "é à")) == "username=portal"
                + "&password=a%26b%3Dc&to=%2B41791234567&text=%C3%A9%20%C3%A0&charset=UTF-8&coding=0&from=HUL"
        )
        #expect(gateway.query(for: SMS(id: "1", to: "+41791234567", text: "l’hôpital")).contains("coding=2"))
    }
}
