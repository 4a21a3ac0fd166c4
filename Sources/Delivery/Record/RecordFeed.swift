import Access
import CCurl
import Curl
import Foundation

/// The hospital's record system, which is told of every act on a document: `POST` of a FHIR AuditEvent (IHE ITI-20,
/// the RESTful form).
public struct RecordFeed: Sendable {
    let address: GatewayAddress
    let credentials: RecordCredentials
    let connection: RecordConnection
    /// Events in one bundle, at most.
    let atOnce: Int

    /// Where bundles are posted: the base above `AuditEvent`; nil when the address does not end so.
    public static func base(of address: String) -> String? {
        let end = "/AuditEvent"
        return address.hasSuffix(end) ? String(address.dropLast(end.count)) : nil
    }

    /// - Parameters:
    ///   - address: where AuditEvents are posted, `https://dpi.hospital.example/fhir/AuditEvent`.
    ///   - atOnce: events in one Bundle, where the record system takes such; 1: each is posted by itself.
    public init(
        address: GatewayAddress, credentials: RecordCredentials,
        connection: RecordConnection = RecordConnection(), atOnce: Int = 1
    ) {
        self.atOnce = atOnce
        self.address = address
        self.credentials = credentials
        self.connection = connection
    }

    /// Blocks until the record system has taken the event over.
    /// - Parameter id: the event's identifier: the same each time it is sent.
    /// - Throws: `RecordFailure`.
    func send(_ body: [UInt8], id: String, token: String?) throws {
        let (status, _) = try connection.post(body, to: address.text, headers: headers(id, token))
        if let failure = Self.failure(status) { throw failure }
    }

    /// The same for several events in one bundle.
    /// - Returns: one for each event: why it was not taken; nil when it was.
    /// - Throws: `RecordFailure` when none was taken, as far as one knows.
    func send(_ events: [[UInt8]], id: String, token: String?) throws -> [RecordFailure?] {
        guard let base = Self.base(of: address.text) else {
            throw RecordFailure.misconfigured("the address does not end in /AuditEvent")
        }
        let (status, answer) = try connection.post(
            RecordBatch.bundle(events), to: base, headers: headers(id, token), answerLimit: 1 << 20)
        if let failure = Self.failure(status) { throw failure }
        guard let statuses = RecordBatch.statuses(answer, count: events.count) else {
            throw RecordFailure.unavailable(status: status, "no batch-response with one entry for each event")
        }
        return statuses.map(Self.failure)
    }

    private func headers(_ id: String, _ token: String?) -> [String] {
        [
            "Content-Type: application/fhir+json", "Accept: application/fhir+json", "X-Request-Id: \(id)",
            "Prefer: return=minimal",
        ] + (token.map { ["Authorization: Bearer \($0)"] } ?? [])
    }

    private static func failure(_ status: Int) -> RecordFailure? {
        switch status {
        case 200..<300: nil
        // an address that is wrong and rights that lack are the operator's to mend: the event waits
        case 400, 409, 410, 413, 415, 422: .refused(status: status)
        default: .unavailable(status: status, "unexpected status")
        }
    }
}

/// With what a connection to the record system is made.
public struct RecordConnection: Sendable {
    var authority: String?
    /// Our own certificate and its key, PEM: mutual TLS.
    var certificate: (chain: String, key: String)?
    var seconds = 20

    public init(authority: String? = nil, certificate: (chain: String, key: String)? = nil) {
        self.authority = authority
        self.certificate = certificate
    }

    /// - Throws: `RecordFailure.unavailable` when there is no answer.
    func post(_ body: [UInt8], to url: String, headers: [String], answerLimit: Int = 64 << 10) throws -> (
        status: Int, answer: [UInt8]
    ) {
        guard let curl = CurlHandle() else { throw RecordFailure.unavailable(status: 0, "out of memory") }
        curl.set(CURLOPT_URL, url)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_CONNECTTIMEOUT, 5)
        curl.set(CURLOPT_TIMEOUT, seconds)
        if let authority { curl.set(CURLOPT_CAINFO, authority) }
        if let certificate {
            curl.set(CURLOPT_SSLCERT, certificate.chain)
            curl.set(CURLOPT_SSLKEY, certificate.key)
        }
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_POSTFIELDSIZE, body.count)
        curl.set(CURLOPT_HTTPHEADER, list: headers + ["Expect:"])
        let outcome = curl.perform(sending: body, answerLimit: answerLimit)
        guard outcome.code == CURLE_OK else {
            throw RecordFailure.unavailable(status: outcome.status, outcome.reason)
        }
        return (outcome.status, outcome.answer)
    }
}

/// Why the record system did not take an event.
public enum RecordFailure: DeliveryFailure, Equatable {
    /// It will never take this one.
    case refused(status: Int)
    /// It is away, or does not accept us: try later.
    case unavailable(status: Int, String)
    /// A file of ours cannot be read: the operator has to act, the event can wait.
    case misconfigured(String)

    public var isPermanent: Bool { if case .refused = self { true } else { false } }
}
