public import Crypto
import Foundation
import Glibc

/// The keys of an installation. One root of 32 random bytes, from which each purpose gets a key of its own
/// (HKDF-SHA-256). It lies in a file of mode 0600 outside the data folder, or comes from the environment, and
/// never in a backup of the data.
public struct Keyring: Sendable {
    /// What a derived key is for. The raw value is part of the derivation: never change one.
    public enum Purpose: String, Sendable {
        /// Wraps the month keys.
        case periodKeys
        /// Seals short values in the database: what waits in the outbox.
        case outbox
        /// Keyed hashes of one-time codes, addresses and telephone numbers.
        case codes
        /// Seals the secrets of authenticator apps.
        case factors
        /// Signs the challenges of passkeys.
        case challenges
        /// Anti-forgery values of forms that have no session yet.
        case forms
        /// Mixed into passwords before they are hashed.
        case passwords
        /// Signs the checkpoints of the audit trail.
        case auditSigning
        /// Seals the rows of a backup.
        case backups
        /// Seals sign-ins with a provider of identities, and hashes what opens them.
        case identities
        /// Seals the numbers of identity documents.
        case identityProofs
        /// Seals what somebody searches for.
        case searches
        /// Keyed hashes of words in documents.
        case searchWords
        /// Half of the key of a form that is kept over the end of a session.
        case keptForms
        /// Seals what was typed on the earlier pages of a form.
        case drafts
    }

    private let root: SymmetricKey

    /// - Parameter root: exactly 32 bytes.
    /// - Throws: `KeyringFailure.size`.
    public init(root: [UInt8]) throws {
        guard root.count == 32 else { throw KeyringFailure.size }
        self.root = SymmetricKey(data: root)
    }

    /// The key of a purpose, 256 bits.
    public func key(_ purpose: Purpose) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: root, info: Array("passerelle/1/\(purpose.rawValue)".utf8), outputByteCount: 32)
    }

    /// HMAC-SHA-256 under the key of a purpose.
    public func mac(_ purpose: Purpose, _ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(bytes), using: key(purpose)))
    }

    /// Ed25519, deterministic: the same installation signs with the same key after a restart.
    public var auditSigningKey: Curve25519.Signing.PrivateKey {
        get throws {
            try key(.auditSigning).withUnsafeBytes {
                try Curve25519.Signing.PrivateKey(rawRepresentation: $0)
            }
        }
    }

    /// AES-256-GCM for short values (nonce · ciphertext · tag), bound to `context`.
    public func seal(_ bytes: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key(purpose), authenticating: Array(context.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// The reverse of `seal`.
    /// - Throws: CryptoKit's authentication failure for any change of bytes, purpose or context.
    public func open(_ sealed: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed)
        return Array(try AES.GCM.open(box, using: key(purpose), authenticating: Array(context.utf8)))
    }
}

/// Why there are no keys. Each text tells the operator what to do.
public enum KeyringFailure: Error, Equatable, CustomStringConvertible {
    case size
    case mode(path: String)
    case insideData(path: String)
    case unreadable(path: String)

    public var description: String {
        switch self {
        case .size: "The key must be 32 bytes in base64 (44 characters)."
        case .mode(let path): "The key file \(path) is readable by others: run chmod 600 on it."
        case .insideData(let path):
            "The key file \(path) lies in the data folder and would be in every backup: move it elsewhere."
        case .unreadable(let path): "The key file \(path) cannot be read or created."
        }
    }
}

extension Keyring {
    /// Reads the key file (base64 on one line); makes it when it is missing, durable and of mode 0600.
    /// - Parameter dataFolder: refused when the key would lie inside it.
    public init(file path: String, dataFolder: String) throws {
        let file = URL(fileURLWithPath: path).standardizedFileURL.path
        let data = URL(fileURLWithPath: dataFolder).standardizedFileURL.path
        guard !file.utf8.starts(with: (data + "/").utf8) else { throw KeyringFailure.insideData(path: path) }
        if access(file, F_OK) != 0 { try Self.create(file) }
        var info = stat()
        guard stat(file, &info) == 0, let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw KeyringFailure.unreadable(path: path)
        }
        guard info.st_mode & 0o077 == 0 else { throw KeyringFailure.mode(path: path) }
        try self.init(base64: text)
    }

    /// - Parameter base64: 32 bytes, white space around is ignored.
    public init(base64: String) throws {
        let text = base64.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let data = Data(base64Encoded: text) else { throw KeyringFailure.size }
        try self.init(root: [UInt8](data))
    }

    private static func create(_ path: String) throws {
        let bytes = RandomBytes.make(32)
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw KeyringFailure.unreadable(path: path) }
        defer { close(descriptor) }
        let line = Array((Data(bytes).base64EncodedString() + "\n").utf8)
        guard Glibc.write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else {
            throw KeyringFailure.unreadable(path: path)
        }
    }
}
