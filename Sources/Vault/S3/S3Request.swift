import Crypto
import Curl
import Foundation

/// One request to an S3-compatible store, before it is signed.
struct S3Request: Sendable {
    enum Method: String, Sendable { case get, head, put, post, delete }

    let method: Method
    /// The blob's name; nil for the bucket.
    let name: String?
    /// Sorted by name and written `name=value` also where there is no value: libcurl 7.88 signs the query as
    /// it is, and this is its canonical form.
    private let query: [(name: String, value: String)]
    var range: Range<Int>?
    var body: [UInt8] = []
    /// The most bytes of its answer.
    var answerLimit: Int?

    init(_ method: Method, _ name: String? = nil, query: [(name: String, value: String)] = []) {
        self.method = method
        self.name = name
        self.query = query.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    var queryText: String {
        query.isEmpty
            ? "" : "?" + query.map { "\($0.name)=\(FormBody.escaped($0.value))" }.joined(separator: "&")
    }

    /// The hash of the body is always the real one: also where TLS protects it, a store that checks the
    /// signature thereby checks the body. MD5 is what S3 calls a checksum, and what its ETag is compared with.
    var headers: [String] {
        var headers = ["x-amz-content-sha256: \(Hex.text(SHA256.hash(data: body)))"]
        if let range { headers.append("Range: bytes=\(range.lowerBound)-\(range.upperBound - 1)") }
        if method == .put {
            headers.append("Content-MD5: \(Data(Insecure.MD5.hash(data: body)).base64EncodedString())")
        }
        if method == .put || method == .post { headers.append("Content-Type: application/octet-stream") }
        return headers
    }
}

enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
