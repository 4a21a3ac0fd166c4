import Access
import CCurl
import Curl
import FHIR
import Foundation

/// Talks to a provider: few at a time, no redirects, bounded answers and time.
public final class ProviderLine: Sendable {
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        let location: String?

        /// The body as JSON, at most 64 levels and 10,000 values.
        func json() throws(IdentityFailure) -> JSON {
            var limits = JSONLimits(totalBytes: 1 << 20)
            limits.values = 10_000
            do { return try JSON.read(body, limits: limits) } catch {
                throw .unavailable("the provider's answer is not JSON: \(error.reason)")
            }
        }
    }

    /// PEM file of the authority that signed the provider's certificate, nil for the system's.
    private let authority: String?
    private let seconds: Int
    private let work = BlockingWork(atOnce: 4, maximumWaiting: 100)

    /// - Parameter seconds: how long one exchange may take.
    public init(authority: String? = nil, seconds: Int = 10) {
        self.authority = authority
        self.seconds = seconds
    }

    func get(_ address: ProviderAddress, headers: [String] = [], limit: Int) async throws -> Answer {
        try await send(address.text, headers: headers, body: nil, limit: limit)
    }

    func post(_ address: String, headers: [String], body: String, limit: Int) async throws -> Answer {
        try await send(address, headers: headers, body: Array(body.utf8), limit: limit)
    }

    /// - Throws: `IdentityFailure.unavailable` when no whole answer comes within the limits, or with a status of 500
    ///   and above, 408 or 429.
    private func send(_ url: String, headers: [String], body: [UInt8]?, limit: Int) async throws -> Answer {
        let answer: Answer
        do {
            answer = try await work.run { [authority, seconds] in
                guard let curl = CurlHandle() else { throw IdentityFailure.unavailable("out of memory") }
                curl.set(CURLOPT_URL, url)
                curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
                curl.set(CURLOPT_FOLLOWLOCATION, 0)
                curl.set(CURLOPT_CONNECTTIMEOUT, min(5, seconds))
                curl.set(CURLOPT_TIMEOUT, seconds)
                if let authority { curl.set(CURLOPT_CAINFO, authority) }
                if let body {
                    curl.set(CURLOPT_POST, 1)
                    curl.set(CURLOPT_POSTFIELDSIZE, body.count)
                }
                curl.set(CURLOPT_HTTPHEADER, list: headers + ["Accept: application/json", "Expect:"])
                let outcome = curl.perform(sending: body ?? [], answerLimit: limit)
                guard outcome.code == CURLE_OK else { throw IdentityFailure.unavailable(outcome.reason) }
                return Answer(
                    status: outcome.status, body: outcome.answer, location: curl.header("Location"))
            }
        } catch is BlockingWork.Busy { throw IdentityFailure.unavailable("too many exchanges at once") }
        guard answer.status < 500, answer.status != 408, answer.status != 429 else {
            throw IdentityFailure.unavailable("the provider answers \(answer.status)")
        }
        return answer
    }
}
