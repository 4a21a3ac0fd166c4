import CCurl
import Curl
import Foundation

/// Sends requests to one bucket, signed (AWS Signature V4, made by libcurl), and again where that may help.
final class S3Client: Sendable {
    let address: S3Address
    let limits: S3Limits
    private let handles = S3Handles()

    init(_ address: S3Address, limits: S3Limits) {
        self.address = address
        self.limits = limits
    }

    /// All requests that we make may be repeated: a blob is written under a name of its own, a part under its
    /// number, and what a completed upload answers the second time `S3Writer` understands.
    /// - Parameter tries: nil means as many as the limits say.
    /// - Returns: 2xx, 404 or 416: what these two mean is known by who asked.
    /// - Throws: `S3Failure`, `CancellationError`.
    func send(_ request: S3Request, tries: Int? = nil) async throws -> S3Answer {
        let begin = ContinuousClock.now
        var pause = limits.firstPause
        for number in 1... {
            do {
                return try await S3Threads.run { [self] in try perform(request) }
            } catch let failure as S3Failure {
                guard case .unreachable = failure, number < tries ?? limits.tries,
                    ContinuousClock.now - begin < .seconds(limits.patienceSeconds)
                else { throw failure }
            }
            // jitter: many that failed together do not come back together
            try await Task.sleep(for: .milliseconds(pause * Double.random(in: 0.5...1)))
            pause *= 4
        }
        throw S3Failure.busy  // not reached: the loop has no end
    }

    private func perform(_ request: S3Request) throws -> S3Answer {
        guard let curl = handles.take() else { throw S3Failure.busy }
        defer { handles.give(curl) }
        prepare(curl, request)
        let outcome = curl.perform(
            sending: request.body, answerLimit: request.answerLimit ?? limits.answerBytes)
        guard outcome.code == CURLE_OK else {
            throw outcome.code == CURLE_WRITE_ERROR
                ? S3Failure.answer("longer than it may be") : S3Failure.unreachable(outcome.reason)
        }
        let isEncrypted = (curl.header("x-amz-server-side-encryption") ?? "").hasPrefix("aws:kms")
        let answer = S3Answer(
            status: outcome.status, body: outcome.answer,
            eTag: curl.header("ETag")?.trimmingCharacters(in: CharacterSet(charactersIn: "\"")),
            contentRange: curl.header("Content-Range"),
            contentLength: curl.header("Content-Length").flatMap { Int($0) }, isETagOpaque: isEncrypted)
        switch answer.status {
        case 200..<300, 404, 416: return answer
        case 429, 500, 502, 503, 504: throw S3Failure.unreachable("\(answer.status) \(answer.code)")
        default: throw S3Failure.refused(code: answer.code)
        }
    }

    private func prepare(_ curl: CurlHandle, _ request: S3Request) {
        curl.set(CURLOPT_URL, address.origin + address.path(request.name) + request.queryText)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        curl.set(CURLOPT_CONNECTTIMEOUT, limits.connectSeconds)
        curl.set(CURLOPT_TIMEOUT, limits.requestSeconds)
        curl.set(CURLOPT_LOW_SPEED_LIMIT, 1024)
        curl.set(CURLOPT_LOW_SPEED_TIME, limits.stallSeconds)
        if let authority = address.authority { curl.set(CURLOPT_CAINFO, authority) }
        // never as «user:password»: an access key may hold a colon
        curl.set(CURLOPT_USERNAME, address.accessKey)
        curl.set(CURLOPT_PASSWORD, address.secretKey)
        curl.set(CURLOPT_AWS_SIGV4, "aws:amz:\(address.region):s3")
        // No header without a value here: libcurl 7.88 signs it and does not send it.
        curl.set(CURLOPT_HTTPHEADER, list: request.headers)
        switch request.method {
        case .get: curl.set(CURLOPT_HTTPGET, 1)
        case .head: curl.set(CURLOPT_NOBODY, 1)
        case .delete: curl.set(CURLOPT_CUSTOMREQUEST, "DELETE")
        case .put:
            curl.set(CURLOPT_UPLOAD, 1)
            curl.set(CURLOPT_INFILESIZE, request.body.count)
        case .post:
            curl.set(CURLOPT_POST, 1)
            curl.set(CURLOPT_POSTFIELDSIZE, request.body.count)
        }
    }
}
