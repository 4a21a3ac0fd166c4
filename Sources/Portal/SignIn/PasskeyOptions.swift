import Access
import Foundation

/// What `app.js` hands to the browser's keys. Names only what the browser needs; nothing in it is a secret but of this
/// browser.
enum PasskeyOptions {
    /// For a sign-in: any key of this portal.
    static func signIn(_ request: PasskeyRequest) -> String {
        json(Common(challenge: request.challenge, party: request.relyingParty))
    }

    /// For a new key.
    static func enrolment(_ offer: PasskeyOffer, product: String) -> String {
        json(
            Enrolment(
                challenge: offer.request.challenge, party: offer.request.relyingParty, product: product,
                handle: offer.handle, email: offer.email, name: offer.displayName, known: offer.known))
    }

    private struct Common: Encodable {
        let challenge: String
        let party: String
    }

    private struct Enrolment: Encodable {
        let challenge: String
        let party: String
        let product: String
        let handle: String
        let email: String
        let name: String
        let known: [String]
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
