import Crypto
import Foundation

/// A blob on its way to an S3 store. Up to 8 MiB it is one PUT; above, parts of 8 MiB, of which one is in
/// memory. Used by one task at a time.
final class S3Writer: BlobWriter, @unchecked Sendable {
    private let client: S3Client
    private let name: String
    private var pending: [UInt8] = []
    /// Of the multipart upload, once there is one.
    private var upload: String?
    /// MD5 of each part that is there.
    private var parts: [Insecure.MD5.Digest] = []
    private var size = 0

    init(_ client: S3Client, _ name: String) {
        self.client = client
        self.name = name
    }

    func write(_ bytes: [UInt8]) async throws {
        size += bytes.count
        var rest = bytes[...]
        while pending.count + rest.count > client.limits.partBytes {
            let taken = rest.prefix(client.limits.partBytes - pending.count)
            rest = rest.dropFirst(taken.count)
            pending += taken
            try await sendPart()
        }
        pending += rest
    }

    /// S3 answers when the object is durable, and every read after that sees it.
    func commit() async throws {
        guard upload != nil else {
            try await put(S3Request(.put, name))
            return
        }
        if !pending.isEmpty { try await sendPart() }
        try await complete()
    }

    /// One try each: the store may be what failed. What stays is removed by `S3Store.removeUnfinished`, or as a
    /// blob that no row mentions. In a task of its own, because ours may have been cancelled.
    func abandon() async {
        let (client, name, upload) = (client, name, upload)
        await Task {
            if let upload {
                _ = try? await client.send(
                    S3Request(.delete, name, query: [("uploadId", upload)]), tries: 1)
            }
            _ = try? await client.send(S3Request(.delete, name), tries: 1)
        }.value
    }

    private func sendPart() async throws {
        let upload = try await begun()
        try await put(
            S3Request(.put, name, query: [("partNumber", "\(parts.count + 1)"), ("uploadId", upload)]))
    }

    private func begun() async throws -> String {
        if let upload { return upload }
        let answer = try await client.send(S3Request(.post, name, query: [("uploads", "")]))
        guard answer.status == 200 else { throw S3Failure.refused(code: answer.code) }
        guard let id = answer.text("UploadId"), !id.isEmpty else { throw S3Failure.answer("no UploadId") }
        upload = id
        return id
    }

    /// Sends what is pending and believes it only with its checksum.
    private func put(_ request: S3Request) async throws {
        var request = request
        request.body = pending
        let answer = try await client.send(request)
        guard answer.status == 200 else { throw S3Failure.refused(code: answer.code) }
        let digest = Insecure.MD5.hash(data: pending)
        guard answer.isETagOpaque || answer.eTag == Hex.text(digest) else { throw S3Failure.checksum }
        request.body = []  // or the buffer would be copied
        parts.append(digest)
        pending.removeAll(keepingCapacity: true)
    }

    private func complete() async throws {
        guard let upload else { return }
        var request = S3Request(.post, name, query: [("uploadId", upload)])
        let rows = parts.enumerated().map { number, digest in
            "<Part><PartNumber>\(number + 1)</PartNumber><ETag>\"\(Hex.text(digest))\"</ETag></Part>"
        }
        request.body = Array(
            "<CompleteMultipartUpload>\(rows.joined())</CompleteMultipartUpload>".utf8)
        do {
            let answer = try await client.send(request)
            // S3 may say 200 first and only then find out that it cannot
            guard answer.status == 200, answer.texts("Error").isEmpty else {
                throw answer.status == 200
                    ? S3Failure.unreachable(answer.code) : S3Failure.refused(code: answer.code)
            }
        } catch let failure as S3Failure {
            // an answer that was lost: the second try finds the upload gone and the object there
            guard (try? await isComplete()) == true else { throw failure }
            return
        }
        guard try await isComplete() else { throw S3Failure.checksum }
    }

    /// Whether the object is there, with our size, and with the ETag of our parts: MD5 of their MD5, and their
    /// number.
    private func isComplete() async throws -> Bool {
        let answer = try await client.send(S3Request(.head, name))
        let whole = Insecure.MD5.hash(data: parts.flatMap { Array($0) })
        return answer.status == 200 && answer.contentLength == size
            && (answer.isETagOpaque || answer.eTag == "\(Hex.text(whole))-\(parts.count)")
    }
}
