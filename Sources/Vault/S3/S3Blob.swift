import Foundation

/// An object being read. A chunk of 64 KiB costs no request of its own: at least 1 MiB is fetched and the last
/// of it kept, so that opening a small content is one request, and reading a large one from begin to end one a
/// MiB.
final class S3Blob: Blob, @unchecked Sendable {
    let size: Int
    private let client: S3Client
    private let name: String
    private let lock = NSLock()
    private var window: (start: Int, bytes: [UInt8])

    /// - Returns: nil when there is no such object.
    init?(_ client: S3Client, _ name: String) async throws {
        var request = S3Request(.get, name)
        request.range = 0..<client.limits.windowBytes
        request.answerLimit = client.limits.windowBytes
        let answer = try await client.send(request)
        switch answer.status {
        case 416: size = 0  // an empty object has no range
        case 200: size = answer.body.count  // the whole, as short as what was asked for
        case 206:
            guard let range = ContentRange(answer.contentRange), range.start == 0,
                answer.body.count == min(range.total, client.limits.windowBytes)
            else { throw S3Failure.answer("not the range that was asked for") }
            size = range.total
        default:
            guard answer.code == "NoSuchKey" else { throw S3Failure.refused(code: answer.code) }
            return nil
        }
        window = (0, size == 0 ? [] : answer.body)
        self.client = client
        self.name = name
    }

    func read(_ range: Range<Int>) async throws -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= size else { throw EnvelopeError.truncated }
        if let bytes = kept(range) { return bytes }
        var request = S3Request(.get, name)
        let wanted =
            range.lowerBound..<min(max(range.upperBound, range.lowerBound + client.limits.windowBytes), size)
        request.range = wanted
        request.answerLimit = max(wanted.count, 64 << 10)  // a refusal has words too
        let answer = try await client.send(request)
        guard answer.status == 206 else {
            throw answer.status == 404 ? S3Failure.refused(code: answer.code) : EnvelopeError.truncated
        }
        guard let found = ContentRange(answer.contentRange), found.start == wanted.lowerBound,
            found.total == size, answer.body.count == wanted.count
        else { throw S3Failure.answer("not the range that was asked for") }
        keep(wanted.lowerBound, answer.body)
        return range.count == wanted.count ? answer.body : Array(answer.body.prefix(range.count))
    }

    private func kept(_ range: Range<Int>) -> [UInt8]? {
        lock.lock()
        defer { lock.unlock() }
        let start = range.lowerBound - window.start
        guard start >= 0, start + range.count <= window.bytes.count else { return nil }
        return Array(window.bytes[start..<start + range.count])
    }

    private func keep(_ start: Int, _ bytes: [UInt8]) {
        lock.lock()
        defer { lock.unlock() }
        window = (start, bytes)
    }
}

/// «bytes 0-1048575/26214400».
struct ContentRange {
    let start: Int
    let total: Int

    init?(_ text: String?) {
        guard let text, text.utf8.starts(with: "bytes ".utf8) else { return nil }
        let numbers = text.dropFirst(6).split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
            .map { Int($0) }
        guard numbers.count == 3, let start = numbers[0], let end = numbers[1], let total = numbers[2],
            0 <= start, start <= end, end < total
        else { return nil }
        self.start = start
        self.total = total
    }
}
