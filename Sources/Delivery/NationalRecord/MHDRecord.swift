import Access
import CCurl
import Curl
public import Dispatches
import Documents
import FHIR
import Foundation

/// Why a document is not in the record. The reasons are for the log, never for a page.
public enum NationalRecordFailure: DeliveryFailure, Equatable {
    /// 4xx: the record will never take this document.
    case refused(status: Int)
    /// The record does not accept our token: the operator has to act, the document can wait.
    case misconfigured(status: Int)
    /// 5xx, a time-out, no connection, a certificate of a foreign authority: try later.
    case unavailable(status: Int)

    public var isPermanent: Bool {
        if case .refused = self { true } else { false }
    }
}

/// A record that takes IHE MHD ITI-65 transactions (CH EPR FHIR), such as the DEP's community or an integration engine in
/// front of it, which knows the national identifier of a patient: the portal has the hospital's number only.
public struct MHDRecord: NationalRecord {
    let address: GatewayAddress
    let token: String
    let sourceIdentifier: String
    let authority: String?
    let seconds: Int
    private let work = BlockingWork(atOnce: 2, maximumWaiting: 10)

    /// - Parameters:
    ///   - address: the base to which the transaction is posted.
    ///   - token: bearer token, of printable ASCII.
    ///   - sourceIdentifier: OID urn of the institution as a source of documents.
    ///   - authority: PEM file of the authority that signed the certificate, nil for the system's.
    /// - Throws: `NationalRecordFailure.misconfigured` for a token that cannot be one.
    public init(
        address: GatewayAddress, token: String, sourceIdentifier: String, authority: String? = nil,
        seconds: Int = 120
    ) throws {
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw NationalRecordFailure.misconfigured(status: 0)
        }
        self.address = address
        self.token = token
        self.sourceIdentifier = sourceIdentifier
        self.authority = authority
        self.seconds = seconds
    }

    public func publish(_ entry: RecordEntry) async throws {
        let body = ProvidedBundle(entry, source: sourceIdentifier).json.bytes
        let trace = "00-\(entry.document.id.rawValue)-\(entry.document.id.rawValue.prefix(16))-01"
        try await work.run { try post(body, trace: trace) }
    }

    private func post(_ body: [UInt8], trace: String) throws {
        guard let curl = CurlHandle() else { throw NationalRecordFailure.unavailable(status: 0) }
        curl.set(CURLOPT_URL, address.text)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_CONNECTTIMEOUT, 20)
        curl.set(CURLOPT_TIMEOUT, seconds)
        if let authority { curl.set(CURLOPT_CAINFO, authority) }
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_POSTFIELDSIZE, body.count)
        curl.set(
            CURLOPT_HTTPHEADER,
            list: [
                "Content-Type: application/fhir+json", "Accept: application/fhir+json",
                "Authorization: Bearer \(token)", "traceparent: \(trace)", "Expect:",
            ])
        let outcome = curl.perform(sending: body, answerLimit: 1 << 20)
        guard outcome.code == CURLE_OK else {
            throw NationalRecordFailure.unavailable(status: outcome.status)
        }
        switch outcome.status {
        case 200..<300:
            // atomic: a response for each part, in the same order
            guard
                let answer = try? JSONSerialization.jsonObject(with: Data(outcome.answer)) as? [String: Any],
                answer["type"] as? String == "transaction-response"
            else { throw NationalRecordFailure.unavailable(status: outcome.status) }
        case 401, 403, 407: throw NationalRecordFailure.misconfigured(status: outcome.status)
        case 408, 425, 429: throw NationalRecordFailure.unavailable(status: outcome.status)
        case 400..<500: throw NationalRecordFailure.refused(status: outcome.status)
        default: throw NationalRecordFailure.unavailable(status: outcome.status)
        }
    }
}

extension ProvidedBundle {
    init(_ entry: RecordEntry, source: String) {
        let (document, patient) = (entry.document, entry.patient)
        self.init(
            id: document.id.rawValue, sourceIdentifier: source, masterIdentifier: document.masterIdentifier,
            typeCode: document.typeCode, classCode: document.classCode,
            confidentiality: document.confidentiality, language: document.language, title: document.title,
            service: document.service, author: document.author,
            patient: Identifier(system: patient.system, value: patient.number),
            familyName: patient.familyName,
            givenName: patient.givenName, birthDate: patient.birthDate, gender: patient.sex.rawValue,
            stay: Identifier(system: document.stay.system, value: document.stay.number),
            authoredAt: Self.instant(document.authoredAt), publishedAt: Self.instant(document.publishedAt),
            replaces: entry.replaces, sha1: document.sha1, pdf: entry.file)
    }

    private static func instant(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: false))
    }
}
