/// A place for sealed blobs: a folder, a bucket, or one with the other behind it. A blob is written once under
/// a name that was never used, appears whole or not at all, and is never changed. The store sees ciphertext
/// only; that a blob is the right one is proved by who opens it (`SealedStore`).
public protocol BlobStore: Sendable {
    /// For the operator, without secrets: «s3://store.hul.example/letters».
    var place: String { get }

    /// Begins a blob; nothing appears before `commit`.
    /// - Throws: `BlobNameError`, or what the place throws (`FileError`, `S3Failure`), as all others here do.
    func newBlob(_ name: String) async throws -> any BlobWriter

    /// - Returns: nil when there is no such blob.
    func open(_ name: String) async throws -> (any Blob)?

    /// Removes a blob; one that is not there is no error.
    func remove(_ name: String) async throws

    /// Hands the names of all blobs that were last written more than `seconds` before `now` (seconds since
    /// 1970) to `consume`, page by page: a store may hold millions.
    func names(olderThan seconds: Int, now: Int, _ consume: ([String]) async throws -> Void) async throws

    /// Removes what writers that were killed left behind, if it is older than `seconds` and the place keeps
    /// it apart from blobs.
    func removeUnfinished(olderThan seconds: Int, now: Int) async throws

    /// Asks the place whether it can be used.
    func check() async throws
}

/// A blob being written, by one task at a time. Who throws in between calls `abandon`.
public protocol BlobWriter: Sendable {
    func write(_ bytes: [UInt8]) async throws

    /// Durable and complete when it returns, as the place promises it.
    func commit() async throws

    /// Takes back what was written; does its best without throwing.
    func abandon() async
}

/// A blob being read, by any number of tasks.
public protocol Blob: Sendable {
    /// Bytes.
    var size: Int { get }

    /// What came with opening it, from its first byte on: none, some or all.
    var opening: [UInt8] { get }

    /// Exactly these bytes.
    /// - Throws: `EnvelopeError.truncated` beyond the end.
    func read(_ range: Range<Int>) async throws -> [UInt8]
}

extension Blob {
    public var opening: [UInt8] { [] }
}

/// The name cannot be one of ours.
public struct BlobNameError: Error, Equatable {}

/// Names come from our own rows; all the same nothing but letters, digits, dots and hyphens reaches a path or
/// an address.
enum BlobName {
    static func checked(_ name: String) throws -> String {
        let bytes = name.utf8
        guard (1...200).contains(bytes.count), bytes.first != UInt8(ascii: "."),
            bytes.allSatisfy({ isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { throw BlobNameError() }
        return name
    }

    /// 128 random bits in hex: what `SealedStore` calls its blobs.
    static func isRandom(_ name: some StringProtocol) -> Bool {
        name.utf8.count == 32
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    static func random() -> String {
        RandomBytes.make(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
