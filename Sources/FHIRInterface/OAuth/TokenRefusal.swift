import Access
import HTTPTypes

/// Why no token is given out: the word of RFC 6749 for the client, the rule for the trail. An assertion that is
/// refused is never told why.
enum TokenRefusal: Error, Equatable {
    case otherGrant
    case malformed
    case tooLong
    case tooSlow
    /// Not signed by a registered key, or not meant for us, here and now.
    case assertion
    /// Well signed, but none of the scopes asked for is registered.
    case scope(Client.ID)
    /// Well signed, but used before.
    case replayed(Client.ID)

    var code: String {
        switch self {
        case .otherGrant: "unsupported_grant_type"
        case .malformed, .tooLong, .tooSlow: "invalid_request"
        case .assertion, .replayed: "invalid_client"
        case .scope: "invalid_scope"
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .otherGrant, .malformed, .scope: .badRequest
        case .tooLong: .contentTooLarge
        case .tooSlow: .requestTimeout
        case .assertion, .replayed: .unauthorized
        }
    }

    var rule: String {
        switch self {
        case .otherGrant, .malformed, .tooLong, .tooSlow: "token.request"
        case .assertion: "token.assertion"
        case .scope: "token.invalidScope"
        case .replayed: "token.replayed"
        }
    }

    /// The client that has signed.
    var client: Client.ID? {
        switch self {
        case .scope(let id), .replayed(let id): id
        default: nil
        }
    }
}
