import Crypto
import Foundation
import Glibc

/// The append-only file of exported checkpoints. One block a checkpoint: the leaf hashes since the one
/// before, in base64, then the signed note, then a line «.». With it a verifier needs nothing but the log and
/// the public key, and can name the first event that was changed. Keep a copy on another host.
public struct ExportedCheckpoints: Sendable {
    public let path: String
    public init(path: String) { self.path = path }

    /// A block that is still to be written.
    struct NewBlock: Sendable {
        /// How many events the block before it covers.
        let after: Int64
        let note: String
        let leaves: [[UInt8]]
    }

    /// Appends the blocks that the file does not have yet; durable when it returns. Nodes that share the file
    /// take turns.
    func append(_ blocks: [NewBlock], key: Curve25519.Signing.PublicKey) throws {
        let file = try lockedFile()
        defer { close(file) }  // and the lock with it
        try cutTornTail()
        var size = try lastSize(key: key)
        for block in blocks where block.after == size {
            let packed = Data(block.leaves.flatMap { $0 }).base64EncodedString()
            let bytes = Array("\(packed)\n\(block.note).\n".utf8)
            let end = lseek(file, 0, SEEK_END)
            guard write(file, bytes, bytes.count) == bytes.count else {
                // half a block would stop every later one
                if end >= 0 { _ = ftruncate(file, end) }
                throw CheckpointFileFailure(path: path)
            }
            size += Int64(block.leaves.count)
        }
        guard fsync(file) == 0 else { throw CheckpointFileFailure(path: path) }
    }

    /// Waits until no other process is writing.
    private func lockedFile() throws -> Int32 {
        let file = open(path, O_CREAT | O_APPEND | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0, flock(file, LOCK_EX) == 0 else { throw CheckpointFileFailure(path: path) }
        return file
    }

    /// How many events the last exported checkpoint covers; 0 when there is none.
    func size(key: Curve25519.Signing.PublicKey) throws -> Int64 {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        let file = try lockedFile()
        defer { close(file) }
        try cutTornTail()
        return try lastSize(key: key)
    }

    /// Cuts off half a block that a power failure left at the end: its checkpoint is exported once more.
    /// Looks at the last 8 MB, which is more than a block ever has, where the end is not that of a block.
    private func cutTornTail() throws {
        guard let file = FileHandle(forUpdatingAtPath: path) else { return }
        defer { try? file.close() }
        let end = try file.seekToEnd()
        let mark = Data("\n.\n".utf8)
        try file.seek(toOffset: end - min(end, UInt64(mark.count)))
        guard end > 0, try file.readToEnd() != mark else { return }
        let start = end - min(end, 8 << 20)
        try file.seek(toOffset: start)
        let tail = try file.readToEnd() ?? Data()
        if let last = tail.range(of: mark, options: .backwards) {
            try file.truncate(atOffset: start + UInt64(last.upperBound))
        } else if start == 0 {
            try file.truncate(atOffset: 0)
        }
    }

    /// Reads the end of the file only.
    private func lastSize(key: Curve25519.Signing.PublicKey) throws -> Int64 {
        guard let file = FileHandle(forReadingAtPath: path) else { return 0 }
        defer { try? file.close() }
        let end = try file.seekToEnd()
        try file.seek(toOffset: end - min(end, 4096))
        let tail = try file.readToEnd() ?? Data()
        let lines = tail.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard end > 0 else { return 0 }
        guard lines.count >= 7, lines[lines.count - 2] == ".",
            let note = SignedNote.verify(lines.suffix(7).prefix(5).joined(separator: "\n"), key: key)
        else { throw CheckpointFileFailure(path: path) }
        return note.size
    }

    /// One verified block.
    struct Block {
        let size: Int64
        let root: [UInt8]
        let leaves: [[UInt8]]
    }

    /// - Throws: `CheckpointFileFailure` when the file is there and cannot be read.
    /// - Returns: the blocks in order, none when there is no file; a block whose signature or form is wrong ends
    ///   the list with `nil`.
    func blocks(key: Curve25519.Signing.PublicKey) throws -> [Block?] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0, flock(file, LOCK_SH) == 0 else { throw CheckpointFileFailure(path: path) }
        defer { close(file) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CheckpointFileFailure(path: path)
        }
        var blocks: [Block?] = []
        var lines: [String] = []
        for line in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let text = String(decoding: line, as: UTF8.self)
            guard text == "." else {
                lines.append(text)
                continue
            }
            guard lines.count == 6, let packed = Data(base64Encoded: lines[0]), packed.count % 32 == 0,
                let (size, root) = SignedNote.verify(lines[1...5].joined(separator: "\n"), key: key)
            else { return blocks + [nil] }
            let leaves = stride(from: 0, to: packed.count, by: 32).map { [UInt8](packed[$0..<$0 + 32]) }
            blocks.append(Block(size: size, root: root, leaves: leaves))
            lines = []
        }
        // after the last «.» there is nothing but the end of its line
        return lines == [""] || data.isEmpty ? blocks : blocks + [nil]
    }
}

/// The file of exported checkpoints cannot be read or written.
public struct CheckpointFileFailure: Error, CustomStringConvertible {
    public let path: String
    public var description: String { "The file of audit checkpoints \(path) cannot be read or written." }
}
