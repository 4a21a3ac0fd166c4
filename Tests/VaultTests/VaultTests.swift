import Crypto
import Foundation
import Glibc
import NIOCore
import Testing

@testable import Vault

@Suite struct VaultTests {
    func seal(_ plain: [UInt8], _ key: SymmetricKey, step: Int = 10_000) throws -> [UInt8] {
        var writer = EnvelopeWriter(key: key, context: "doc1")
        var file = writer.header
        for start in stride(from: 0, to: plain.count, by: step) {
            file += try writer.seal(plain[start..<min(start + step, plain.count)])
        }
        return file + (try writer.finish())
    }
    func reader(_ file: [UInt8], _ key: SymmetricKey, _ context: String = "doc1") throws -> EnvelopeReader {
        try EnvelopeReader(
            header: Array(file.prefix(Envelope.headerSize)), fileSize: file.count, key: key,
            context: context)
    }
    func open(_ file: [UInt8], _ reader: EnvelopeReader, _ range: Range<Int>) throws -> [UInt8] {
        var out: [UInt8] = []
        let chunks = reader.chunks(covering: range)
        for chunk in chunks {
            out += try reader.open(Array(file[reader.fileRange(ofChunk: chunk)]), number: chunk)
        }
        let skipped = chunks.lowerBound * Envelope.chunkSize
        return Array(out[range.lowerBound - skipped..<range.upperBound - skipped])
    }

    @Test(arguments: [0, 1, 65535, 65536, 65537, 131072, 200_000], [1000, 65536, 300_000])
    func `What was sealed opens`(_ size: Int, _ step: Int) throws {
        let key = SymmetricKey(size: .bits256)
        let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let file = try seal(plain, key, step: step)
        let reader = try reader(file, key)
        #expect(reader.plaintextSize == size)
        #expect(try open(file, reader, 0..<size) == plain)
        for range in [0..<min(size, 1), size / 2..<size, max(size - 10, 0)..<size] {
            #expect(try open(file, reader, range) == Array(plain[range]))
        }
    }
    @Test func `Another name, key, order, length or bit is refused`() throws {
        let key = SymmetricKey(size: .bits256)
        let file = try seal(Array(repeating: 42, count: 200_000), key)
        for wrong in [try reader(file, key, "doc2"), try reader(file, SymmetricKey(size: .bits256))] {
            #expect(throws: (any Error).self) { try open(file, wrong, 0..<100) }
        }
        let good = try reader(file, key)
        let first = Array(file[good.fileRange(ofChunk: 0)])
        #expect(throws: (any Error).self) { try good.open(first, number: 1) }
        var flipped = first
        flipped[100] ^= 1
        #expect(throws: (any Error).self) { try good.open(flipped, number: 0) }
        for lost in [1, 1000] {
            let short = Array(file.dropLast(lost))
            let damaged = try reader(short, key)
            #expect(throws: (any Error).self) { try open(short, damaged, 0..<damaged.plaintextSize) }
        }
        let cut = Array(file[..<good.fileRange(ofChunk: 2).upperBound])  // exactly between two chunks
        let damaged = try reader(cut, key)
        #expect(throws: (any Error).self) { try open(cut, damaged, 0..<damaged.plaintextSize) }
    }
    @Test func `A blob appears whole or not at all`() async throws {
        let folder = NSTemporaryDirectory() + "vault-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            let lost = try BlobFile(path: folder + "/lost")
            try await lost.write([1, 2, 3])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        let kept = try BlobFile(path: folder + "/kept")
        try await kept.write(Array("hello ".utf8))
        try await kept.write(Array("world".utf8))
        try await kept.commit()
        let reader = try #require(try await BlobReader(path: folder + "/kept"))
        #expect(reader.size == 11)
        #expect(try await reader.read(6..<11) == Array("world".utf8))
        await #expect(throws: (any Error).self) { try await reader.read(6..<12) }
        #expect(try await BlobReader(path: folder + "/none") == nil)
    }

    @Test(arguments: [0, 1, 65536, 100_000, 200_000])
    func `A content that was made ready is the same, piece by piece`(_ size: Int) async throws {
        let store = try SealedStore(folder: NSTemporaryDirectory() + "ready-\(UUID())")
        let keyring = try Keyring(root: (0..<32).map { UInt8($0) })
        let month = try MonthKey.make(period: "2026-11", keyring: keyring).key
        let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let sealed = try await store.seal(plain, under: month, context: "doc1")
        let content = try await store.open(
            sealed.blob, wrappedKey: sealed.wrappedKey, under: month, context: "doc1")
        let ready = try await content.ready(upTo: 128 << 10)
        if case .whole = ready { #expect(size <= 128 << 10) } else { #expect(size > 128 << 10) }
        #expect(try await ready.bytes(limit: size) == plain)
        var part: [UInt8] = []
        try await ready.read(size / 3..<size) { part += $0.readableBytesView }
        #expect(part == Array(plain[(size / 3)...]))
    }

    @Test func `A damaged file is never made ready`() async throws {
        let folder = NSTemporaryDirectory() + "damaged-\(UUID())"
        let store = try SealedStore(folder: folder)
        let month = try MonthKey.make(
            period: "2026-11", keyring: try Keyring(root: [UInt8](repeating: 1, count: 32)))
        let sealed = try await store.seal(
            [UInt8](repeating: 7, count: 100_000), under: month.key, context: "doc1")
        let path = folder + "/" + sealed.blob
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        bytes[bytes.count - 1] ^= 1  // in the second chunk: the first one opens
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let content = try await store.open(
            sealed.blob, wrappedKey: sealed.wrappedKey, under: month.key, context: "doc1")
        await #expect(throws: (any Error).self) { _ = try await content.ready(upTo: 1 << 20) }
    }

    @Test(arguments: [100_000, 300_000])
    func `A file that the system no longer has in memory opens all the same`(_ size: Int) async throws {
        let folder = NSTemporaryDirectory() + "forgotten-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try SealedStore(folder: folder)
        let month = try MonthKey.make(
            period: "2026-11", keyring: try Keyring(root: [UInt8](repeating: 1, count: 32)))
        let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let sealed = try await store.seal(plain, under: month.key, context: "doc1")
        let path = folder + "/" + sealed.blob
        for isForgotten in [false, true] {
            if isForgotten { try forget(path) }
            let content = try await store.open(
                sealed.blob, wrappedKey: sealed.wrappedKey, under: month.key, context: "doc1")
            #expect(try await content.bytes(limit: size) == plain)
        }
    }

    /// What lies on the disk already leaves the system's memory.
    private func forget(_ path: String) throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        #expect(posix_fadvise(file.fileDescriptor, 0, 0, POSIX_FADV_DONTNEED) == 0)
    }
}
