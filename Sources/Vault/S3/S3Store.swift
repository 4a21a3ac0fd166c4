/// Blobs as objects of a bucket of any S3-compatible store: AWS, Ceph, MinIO, OpenStack Swift. The bucket must
/// exist; its access key needs to get, put, delete and list in it. Why so: ADR 0016.
public struct S3Store: BlobStore {
    private let client: S3Client

    public init(_ address: S3Address) { self.init(address, limits: S3Limits()) }

    init(_ address: S3Address, limits: S3Limits) { client = S3Client(address, limits: limits) }

    public var place: String { client.address.text }

    public func newBlob(_ name: String) async throws -> any BlobWriter {
        S3Writer(client, try BlobName.checked(name))
    }

    public func open(_ name: String) async throws -> (any Blob)? {
        try await S3Blob(client, try BlobName.checked(name))
    }

    public func remove(_ name: String) async throws {
        let answer = try await client.send(S3Request(.delete, try BlobName.checked(name)))
        guard answer.status != 404 || answer.code == "NoSuchKey" else {
            throw S3Failure.refused(code: answer.code)
        }
    }

    /// Only names that we give: in a bucket without prefix there may be objects of others.
    public func names(olderThan seconds: Int, now: Int, _ consume: ([String]) async throws -> Void)
        async throws
    {
        try await pages(
            ["list-type": "2", "max-keys": "1000"], next: ["NextContinuationToken": "continuation-token"]
        ) {
            let names = $0.rows("Contents", "Key", "LastModified").compactMap { row -> String? in
                guard let written = S3Answer.seconds(row[1]), written < now - seconds else { return nil }
                return name(ofKey: row[0])
            }
            if !names.isEmpty { try await consume(names) }
        }
    }

    /// Multipart uploads whose writer was killed: their parts cost room and are in no list of objects.
    public func removeUnfinished(olderThan seconds: Int, now: Int) async throws {
        var lost: [(name: String, upload: String)] = []
        try await pages(
            ["uploads": "", "max-uploads": "1000"],
            next: ["NextKeyMarker": "key-marker", "NextUploadIdMarker": "upload-id-marker"]
        ) {
            for row in $0.rows("Upload", "Key", "UploadId", "Initiated") {
                guard let name = name(ofKey: row[0]), let begun = S3Answer.seconds(row[2]),
                    begun < now - seconds
                else { continue }
                lost.append((name, row[1]))
            }
        }
        for (name, upload) in lost {
            _ = try await client.send(S3Request(.delete, name, query: [("uploadId", upload)]))
        }
    }

    /// - Throws: `S3Failure.refused` for wrong keys, region or bucket; `.unreachable` when the store is down.
    public func check() async throws {
        _ = try await page(["list-type": "2", "max-keys": "1"])
    }

    func page(_ query: [String: String]) async throws -> S3Answer {
        var query = query
        query["prefix"] = client.address.prefix
        let answer = try await client.send(S3Request(.get, query: query.map { ($0.key, $0.value) }))
        guard answer.status == 200 else { throw S3Failure.refused(code: answer.code) }
        return answer
    }

    /// - Parameter next: which element of a page becomes which parameter of the next one.
    private func pages(
        _ query: [String: String], next: [String: String], _ consume: (S3Answer) async throws -> Void
    ) async throws {
        var query = query
        while true {
            let answer = try await page(query)
            try await consume(answer)
            guard answer.text("IsTruncated") == "true" else { return }
            var isFurther = false
            for (element, parameter) in next {
                guard let value = answer.text(element), query[parameter] != value else { continue }
                query[parameter] = value
                isFurther = true
            }
            guard isFurther else { throw S3Failure.answer("a list without end") }
        }
    }

    private func name(ofKey key: String) -> String? {
        guard key.utf8.starts(with: client.address.prefix.utf8) else { return nil }
        let name = key.dropFirst(client.address.prefix.count)
        return BlobName.isRandom(name) ? String(name) : nil
    }
}
