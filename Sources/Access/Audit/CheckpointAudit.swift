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
    /// Folds the events since the last exported checkpoint into the tree, signs the new root, and exports it
    /// with the new leaf hashes. At most 60 s or 1,000 events lie between two checkpoints when it is called
    /// as often. The export is the truth: what was committed here and not exported is exported by the next
    /// call.
    /// - Returns: nil when nothing happened since.
    @discardableResult
    public func checkpointAudit(to exported: ExportedCheckpoints) async throws -> AuditCheckpoint? {
        try exported.cutTornTail()
        let start = try exported.lastSize(key: auditPublicKey)
        let leaves = try await database.read { transaction in
            try transaction.auditLeaves(from: start, limit: Self.leavesPerCheckpoint)
        }
        guard !leaves.isEmpty else { return nil }
        let now = clock.now()
        let origin = auditOrigin
        let key = try keyring.auditSigningKey
        let checkpoint = try await database.write { transaction -> AuditCheckpoint in
            var frontier = try HashTree.Frontier(size: start) { level, position in
                guard let hash = try transaction.auditNode(level: level, position: position) else {
                    throw AuditFailure.nodeMissing(level: level, position: position)
                }
                return hash
            }
            for leaf in leaves {
                try frontier.append(leaf) { level, position, hash in
                    try transaction.insertAuditNode(level: level, position: position, hash: hash)
                }
            }
            let note = try SignedNote.sign(origin: origin, size: frontier.size, root: frontier.root, key: key)
            let checkpoint = AuditCheckpoint(
                size: frontier.size, root: frontier.root, note: note, createdAt: now)
            try transaction.insert(checkpoint)
            return checkpoint
        }
        try exported.append(checkpoint, leaves)
        return checkpoint
    }

    /// The first line of each checkpoint: which log it is.
    var auditOrigin: String { "\(rules.host)/passerelle/audit" }

    static var leavesPerCheckpoint: Int { 100_000 }
}

/// The trail and its tree do not fit together.
public enum AuditFailure: Error { case nodeMissing(level: Int, position: Int64) }

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
