import Crypto
import Foundation
import TestSupport
import Testing

@testable import Vault

/// What every place of blobs promises; each test runs on each place.
@Suite(.serialized, .timeLimit(.minutes(2)), .enabled(if: S3Server.isWanted, "\(S3Server.hint)"))
final class BlobStoreTests {
    enum Place: CaseIterable { case folder, s3, fallback }

    let folder = NSTemporaryDirectory() + "blobs-\(UUID())"

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func store(_ place: Place) throws -> any BlobStore {
        switch place {
        case .folder: try FolderStore(folder: folder)
        case .s3: try S3Server.store(port: S3Server.shared.get().server.port)
        case .fallback: FallbackStore(try store(.s3), behind: try store(.folder))
        }
    }

    @Test(arguments: Place.allCases, [1, 65_552, 1 << 20, (5 << 20), (5 << 20) + 1])
    func `What was written is read, whole and in part`(_ place: Place, _ size: Int) async throws {
        let (store, content, name) = (try store(place), bytes(size), BlobName.random())
        try await store.put(content, name, pieces: 700_000)
        let blob = try #require(try await store.open(name))
        #expect(blob.size == size)
        #expect(try await blob.read(0..<size) == content)
        for range in [0..<1, size / 2..<size, size - 1..<size] where !range.isEmpty {
            #expect(try await blob.read(range) == Array(content[range]))
        }
        await #expect(throws: EnvelopeError.truncated) { try await blob.read(size - 1..<size + 1) }
    }

    @Test(arguments: Place.allCases)
    func `Nothing appears before commit, and nothing after abandon`(_ place: Place) async throws {
        let (store, name) = (try store(place), BlobName.random())
        let writer = try await store.newBlob(name)
        try await writer.write(bytes(6 << 20))
        #expect(try await store.open(name) == nil)
        await writer.abandon()
        #expect(try await store.open(name) == nil)
    }

    @Test(arguments: Place.allCases)
    func `A blob is listed until it is removed, and may be removed twice`(_ place: Place) async throws {
        let store = try store(place)
        let names = (0..<3).map { _ in BlobName.random() }.sorted()
        for name in names { try await store.put([1, 2, 3], name) }
        #expect(try await store.allNames() == names)
        #expect(try await store.allNames(olderThan: 60) == [], "too young")
        for _ in 1...2 { try await store.remove(names[1]) }
        #expect(try await store.open(names[1]) == nil)
        #expect(try await store.allNames() == [names[0], names[2]])
    }

    @Test(arguments: Place.allCases, ["", "../key", "a/b", ".hidden", "a?uploads=", "é", "a%2Fb"])
    func `A name that leads elsewhere is refused`(_ place: Place, _ name: String) async throws {
        let store = try store(place)
        await #expect(throws: BlobNameError.self) { try await store.newBlob(name) }
        await #expect(throws: BlobNameError.self) { try await store.open(name) }
        await #expect(throws: BlobNameError.self) { try await store.remove(name) }
    }

    @Test(arguments: [Place.folder, .s3])
    func `A sealed content of 25 MB opens byte for byte, and in ranges`(_ place: Place) async throws {
        let store = SealedStore(try store(place))
        let keyring = try Keyring(root: bytes(32))
        let month = try MonthKey.make(period: "2026-11", keyring: keyring).key
        let content = bytes(25_000_000)
        let sealed = try await store.seal(content, under: month, context: "letter")
        let opened = try await store.open(
            sealed.blob, wrappedKey: sealed.wrappedKey, under: month, context: "letter")
        #expect(opened.byteCount == content.count)
        var hash = SHA256()
        try await opened.read(0..<content.count) { hash.update(data: $0) }
        #expect(hash.finalize() == SHA256.hash(data: content))
        for range in [24_999_990..<25_000_000, 65_530..<65_545, 5 << 20..<(5 << 20) + 200_000] {
            var part: [UInt8] = []
            try await opened.read(range) { part += $0 }
            #expect(part == Array(content[range]))
        }
        await #expect(throws: (any Error).self) {
            try await store.open(
                sealed.blob, wrappedKey: sealed.wrappedKey, under: month, context: "another letter")
        }
    }

    @Test func `What is not in the new place yet is read from the old one`() async throws {
        let (new, old) = (try store(.s3), try store(.folder))
        let both = FallbackStore(new, behind: old)
        let names = (BlobName.random(), BlobName.random())
        try await old.put([1], names.0)
        try await both.put([2], names.1)
        #expect(try await both.open(names.0)?.read(0..<1) == [1])
        #expect(try await old.open(names.1) == nil)
        #expect(try await new.open(names.1)?.size == 1)
    }

    @Test func `A blob is copied once, compared, and removed only when the other place has it`() async throws
    {
        let (source, target, name) = (try store(.folder), try store(.s3), BlobName.random())
        let content = bytes(6 << 20)
        #expect(try await source.copy(name, to: target) == .missing)
        try await source.put(content, name)
        #expect(try await !source.remove(name, presentIn: target))
        #expect(try await source.copy(name, to: target) == .copied(bytes: content.count))
        #expect(try await source.copy(name, to: target) == .present(isCompared: true))
        // another content of the same size is no copy
        try await target.put(bytes(6 << 20, seed: 2), name)
        #expect(try await source.copy(name, to: target) == .copied(bytes: content.count))
        #expect(try await target.open(name)?.read(0..<content.count) == content)
        #expect(try await source.remove(name, presentIn: target))
        #expect(try await source.open(name) == nil)
        #expect(try await source.copy(name, to: target) == .present(isCompared: false), "it moved")
    }
}
