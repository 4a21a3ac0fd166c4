import Crypto
import Foundation
import Storage
import Vault

/// A signed statement of how many events there are and what their root is, in the form of a C2SP signed note.
public struct AuditCheckpoint: Sendable {
    public let size: Int64
    public let root: [UInt8]
    /// Three lines (origin, size, root in base64), an empty line, the Ed25519 signature line.
    public let note: String
    public let createdAt: Timestamp
}

extension AccessActions {
    /// Seals what was written, folds it into the tree, signs the new root, and brings the exported file up to
    /// date, also with what other nodes signed. At most 60 s or 1,000 events lie between two checkpoints when
    /// it is called as often.
    /// - Returns: nil when nothing happened since the last one, of whatever node.
    /// - Throws: `AuditFailure.rolledBack` when the file has seen more than the database says: nothing is
    ///   signed then.
    @discardableResult
    public func checkpointAudit(to exported: ExportedCheckpoints) async throws -> AuditCheckpoint? {
        let seen = try exported.size(key: auditPublicKey)
        try await sealAudit()
        let checkpoint = try await signCheckpoint(havingSeen: seen)
        try await exportCheckpoints(to: exported)
        return checkpoint
    }

    private func signCheckpoint(havingSeen seen: Int64) async throws -> AuditCheckpoint? {
        let now = clock.now()
        let origin = auditOrigin
        let key = try keyring.auditSigningKey
        return try await database.write(.readCommitted) { transaction in
            try transaction.begin(.auditSealing)
            let start = try transaction.newestAuditNote() ?? 0
            guard start >= seen else { throw AuditFailure.rolledBack(signed: seen, found: start) }
            let leaves = try transaction.auditLeaves(from: start, limit: Self.leavesPerCheckpoint)
            guard !leaves.isEmpty else { return nil }
            var frontier = try HashTree.Frontier(size: start) { level, position in
                // the leaves themselves stand beside their events
                let leaf = level == 0 ? try transaction.auditLeaf(at: position) : nil
                guard let hash = try leaf ?? transaction.auditNode(level: level, position: position) else {
                    throw AuditFailure.nodeMissing(level: level, position: position)
                }
                return hash
            }
            for leaf in leaves {
                try frontier.append(leaf) { level, position, hash in
                    guard level > 0 else { return }
                    try transaction.insertAuditNode(level: level, position: position, hash: hash)
                }
            }
            let note = try SignedNote.sign(origin: origin, size: frontier.size, root: frontier.root, key: key)
            let checkpoint = AuditCheckpoint(
                size: frontier.size, root: frontier.root, note: note, createdAt: now)
            try transaction.insert(checkpoint)
            return checkpoint
        }
    }

    /// Appends what is signed and not yet in the file, which may be shared with another node of this machine.
    private func exportCheckpoints(to exported: ExportedCheckpoints) async throws {
        let key = try auditPublicKey
        while true {
            let size = try exported.size(key: key)
            let blocks = try await database.read { transaction in
                var start = size
                return try transaction.auditNotes(after: size, limit: 100).map { note in
                    defer { start = note.size }
                    let leaves = try transaction.auditLeaves(from: start, limit: Int(note.size - start))
                    return ExportedCheckpoints.NewBlock(after: start, note: note.note, leaves: leaves)
                }
            }
            guard !blocks.isEmpty else { return }
            try exported.append(blocks, key: key)
        }
    }

    /// The first line of each checkpoint: which log it is.
    var auditOrigin: String { "\(rules.host)/passerelle/audit" }

    static var leavesPerCheckpoint: Int { 100_000 }
}

/// The trail, its tree and the exported file do not fit together.
public enum AuditFailure: Error {
    case nodeMissing(level: Int, position: Int64)
    /// The file has seen `signed` events signed, the database knows of `found`: an older state was put back.
    case rolledBack(signed: Int64, found: Int64)
}

/// C2SP signed notes with one Ed25519 key.
enum SignedNote {
    static func sign(origin: String, size: Int64, root: [UInt8], key: Curve25519.Signing.PrivateKey) throws
        -> String
    {
        let body = "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n"
        let id = keyID(origin: origin, key.publicKey)
        let signature = try key.signature(for: Data(body.utf8))
        return "\(body)\n— \(origin) \((Data(id) + signature).base64EncodedString())\n"
    }

    /// - Returns: size and root when the signature is right.
    static func verify(_ note: String, key: Curve25519.Signing.PublicKey) -> (size: Int64, root: [UInt8])? {
        let lines = note.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 5, lines[3].isEmpty, let size = Int64(lines[1]),
            let root = Data(base64Encoded: lines[2]), root.count == 32,
            let blob = lines[4].split(separator: " ").last.flatMap({ Data(base64Encoded: String($0)) }),
            blob.count == 68
        else { return nil }
        let body = lines[0...2].map { $0 + "\n" }.joined()
        guard Array(blob.prefix(4)) == keyID(origin: lines[0], key),
            key.isValidSignature(blob.suffix(64), for: Data(body.utf8))
        else { return nil }
        return (size, [UInt8](root))
    }

    /// The first four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ key).
    private static func keyID(origin: String, _ key: Curve25519.Signing.PublicKey) -> [UInt8] {
        Array(SHA256.hash(data: Array(origin.utf8) + [0x0A, 1] + Array(key.rawRepresentation)).prefix(4))
    }
}
