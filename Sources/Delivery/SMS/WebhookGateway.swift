import Foundation

/// Any SMS provider behind a small HTTPS service of the hospital: a POST of
/// `{"id": "…", "to": "+41…", "text": "…"}` with a bearer token and the id as `Idempotency-Key`. 2xx means
/// taken over, 4xx never again, anything else try later.
public struct WebhookGateway: SMSGateway {
    let address: GatewayAddress
    let token: String
    let limits: SMSLimits
    let authority: String?
    let seconds: Int

    /// - Parameters:
    ///   - token: of letters, digits and punctuation in ASCII.
    ///   - authority: PEM file of the authority that signed the service's certificate, nil for the system's.
    ///   - seconds: how long one sending may take.
    /// - Throws: `SMSFailure.invalidField("token")`.
    public init(
        address: GatewayAddress, token: String, limits: SMSLimits = SMSLimits(), authority: String? = nil,
        seconds: Int = 30
    ) throws {
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SMSFailure.invalidField("token")
        }
        self.address = address
        self.token = token
        self.limits = limits
        self.authority = authority
        self.seconds = seconds
    }

    public func send(_ text: SMS) throws {
        try limits.check(text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(["id": text.id, "to": text.to, "text": text.text])
        let request = GatewayRequest(
            url: address.text,
            headers: [
                "Content-Type: application/json", "Authorization: Bearer \(token)",
                "Idempotency-Key: \(text.id)",
            ],
            body: Array(body), authority: authority, seconds: seconds)
        try request.perform(for: text.maskedNumber)
    }
}
