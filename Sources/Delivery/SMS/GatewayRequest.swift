import CCurl
import Curl
import Foundation

/// A gateway's address from the settings: https, or http to this very machine.
public struct GatewayAddress: Sendable, Equatable {
    /// The setting cannot be used; `reason` says what to change, in English, for the operator.
    public struct Invalid: Error, Equatable {
        public let reason: String
    }

    let text: String

    /// - Throws: `Invalid`.
    public init(_ text: String) throws {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
            let scheme = parts.scheme, let host = parts.host, !host.isEmpty
        else { throw Invalid(reason: "the gateway address is not a URL") }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil, parts.query == nil else {
            throw Invalid(reason: "the gateway address must not hold a user, a query or a fragment")
        }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        guard scheme == "https" || (scheme == "http" && HostName.isLoopback(name)) else {
            throw Invalid(
                reason: "the gateway address must begin with https:// (http:// only for this machine)")
        }
        self.text = text
    }
}

/// One HTTP request to a gateway: no redirects, a short answer, bounded time.
struct GatewayRequest {
    var url: String
    var headers: [String] = []
    /// Nil means GET, anything else POST.
    var body: [UInt8]?
    var authority: String?
    var connectSeconds = 10
    var seconds = 30

    /// Blocks until the answer is there.
    /// - Parameter number: masked, for the errors.
    /// - Returns: what it answered, 64 KB at most.
    /// - Throws: `SMSFailure` unless the gateway answers 2xx.
    @discardableResult
    func perform(for number: String) throws -> [UInt8] {
        guard let curl = CurlHandle() else { throw SMSFailure.unavailable(status: 0, "out of memory") }
        curl.set(CURLOPT_URL, url)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_CONNECTTIMEOUT, min(connectSeconds, seconds))
        curl.set(CURLOPT_TIMEOUT, seconds)
        if let authority { curl.set(CURLOPT_CAINFO, authority) }
        if let body {
            curl.set(CURLOPT_POST, 1)
            curl.set(CURLOPT_POSTFIELDSIZE, body.count)
        }
        curl.set(CURLOPT_HTTPHEADER, list: headers + ["Expect:"])
        let outcome = curl.perform(sending: body ?? [], answerLimit: 64 << 10)
        guard outcome.code == CURLE_OK else {
            throw SMSFailure.unavailable(status: outcome.status, outcome.reason)
        }
        switch outcome.status {
        case 200..<300: return outcome.answer
        case 401, 403, 407: throw SMSFailure.misconfigured(status: outcome.status)
        case 408, 425, 429: throw SMSFailure.unavailable(status: outcome.status, "try later")
        case 400..<500: throw SMSFailure.refused(status: outcome.status, number: number)
        default: throw SMSFailure.unavailable(status: outcome.status, "unexpected status")
        }
    }
}
