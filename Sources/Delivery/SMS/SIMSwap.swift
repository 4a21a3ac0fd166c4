import Foundation

/// Says whether the card behind a telephone number was exchanged lately: who has talked a carrier into a new card gets
/// the codes of somebody else (AUT-6).
public protocol SIMSwapLookup: Sendable {
    /// Blocks until the carrier's service has answered: call it on a queue of its own.
    /// - Parameter number: E.164.
    /// - Throws: `SMSFailure`.
    func isSwapped(_ number: String, withinHours hours: Int) throws -> Bool
}

/// The carriers' own interface for it: CAMARA SIM Swap 1.0, operation `check`.
public struct CAMARASIMSwap: SIMSwapLookup {
    let address: GatewayAddress
    let token: String
    let authority: String?
    let seconds: Int

    /// - Parameters:
    ///   - address: of the operation, such as `https://carrier.example/sim-swap/v1/check`.
    ///   - token: bearer token, printable ASCII.
    ///   - authority: PEM file of the authority that signed the service's certificate, nil for the system's.
    ///   - seconds: how long one look may take.
    /// - Throws: `SMSFailure.invalidField("token")`.
    public init(address: GatewayAddress, token: String, authority: String? = nil, seconds: Int = 10) throws {
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SMSFailure.invalidField("token")
        }
        self.address = address
        self.token = token
        self.authority = authority
        self.seconds = seconds
    }

    public func isSwapped(_ number: String, withinHours hours: Int) throws -> Bool {
        let message = SMS(id: "sim", to: number, text: "-")
        try SMSLimits().check(message)
        let request = GatewayRequest(
            url: address.text,
            headers: ["Content-Type: application/json", "Authorization: Bearer \(token)"],
            body: Array(try JSONEncoder().encode(Question(phoneNumber: number, maxAge: hours))),
            authority: authority, seconds: seconds)
        do {
            let answer = try request.perform(for: message.maskedNumber)
            return try JSONDecoder().decode(Answer.self, from: Data(answer)).swapped
        } catch SMSFailure.refused(status: 404, _), SMSFailure.refused(status: 422, _) {
            return false  // not a number of this carrier, or one that the service does not cover
        } catch is DecodingError {
            throw SMSFailure.unavailable(status: 200, "no answer of CAMARA SIM Swap")
        }
    }

    private struct Question: Encodable {
        let phoneNumber: String
        /// Hours, 1 to 2,400.
        let maxAge: Int
    }

    private struct Answer: Decodable {
        let swapped: Bool
    }
}
