import Crypto
import Foundation
import Glibc

/// The append-only file of exported checkpoints. One block a checkpoint: the leaf hashes since the one
/// before, in base64, then the signed note, then a line «.». With it a verifier needs nothing but the log and
/// the public key, and can name the first event that was changed. Keep a copy on another host.
public struct ExportedCheckpoints: Sendable {
    public let path: String
    public init(path: String) { self.path = path }

    /// Appends a block; durable when it returns.
    public func append(_ checkpoint: AuditCheckpoint, _ leaves: [[UInt8]]) throws {
        let packed = Data(leaves.flatMap { $0 }).base64EncodedString()
        let bytes = Array("\(packed)\n\(checkpoint.note).\n".utf8)
        let file = open(path, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CheckpointFileFailure(path: path) }
        defer { close(file) }
        let end = lseek(file, 0, SEEK_END)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            // half a block would stop every later one
            if end >= 0 { _ = ftruncate(file, end) }
            throw CheckpointFileFailure(path: path)
        }
    }

    /// Cuts off half a block that a power failure left at the end: its checkpoint is exported once more.
    /// Looks at the last 8 MB, which is more than a block ever has.
    func cutTornTail() throws {
        guard let file = FileHandle(forUpdatingAtPath: path) else { return }
        defer { try? file.close() }
        let end = try file.seekToEnd()
        let start = end - min(end, 8 << 20)
        try file.seek(toOffset: start)
        let tail = try file.readToEnd() ?? Data()
        let mark = Data("\n.\n".utf8)
        guard !tail.isEmpty, tail.suffix(3) != mark else { return }
        if let last = tail.range(of: mark, options: .backwards) {
            try file.truncate(atOffset: start + UInt64(last.upperBound))
        } else if start == 0 {
            try file.truncate(atOffset: 0)
        }
    }

    /// How many events the last exported checkpoint covers; 0 when there is none. Reads the end of the file
    /// only.
    func lastSize(key: Curve25519.Signing.PublicKey) throws -> Int64 {
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
