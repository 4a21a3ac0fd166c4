import Crypto
import Foundation

/// The key of one month. It wraps the data keys of that month's contents and is itself wrapped by the
/// keyring: changing the root key touches one row a month and no document.
public struct MonthKey: Sendable {
    /// «2026-11».
    public let period: String
    private let key: SymmetricKey

    /// A fresh key, and its wrapped form for the database.
    public static func make(period: String, keyring: Keyring) throws -> (key: MonthKey, wrapped: [UInt8]) {
        let key = SymmetricKey(size: .bits256)
        let bytes = key.withUnsafeBytes { Array($0) }
        let wrapped = try keyring.seal(bytes, for: .periodKeys, context: "month \(period)")
        return (MonthKey(period: period, key: key), wrapped)
    }

    /// - Throws: CryptoKit's authentication failure when the row was changed or belongs to another key file.
    public init(period: String, wrapped: [UInt8], keyring: Keyring) throws {
        self.period = period
        key = SymmetricKey(data: try keyring.open(wrapped, for: .periodKeys, context: "month \(period)"))
    }

    private init(period: String, key: SymmetricKey) {
        self.period = period
        self.key = key
    }

    /// The key of one document's contents: neither this month's key nor the document's secret makes it alone.
    /// Who destroys the secret destroys the contents, whatever copies of wrapped keys there are (ADR 0031).
    /// - Parameter secret: 32 random bytes.
    public func bound(to secret: [UInt8]) -> MonthKey {
        MonthKey(
            period: period,
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, salt: secret, info: Array("passerelle/1/document".utf8),
                outputByteCount: 32))
    }

    /// nonce (12) · wrapped data key (32) · tag (16), bound to `context`.
    func wrap(_ dataKey: SymmetricKey, context: String) throws -> [UInt8] {
        let box = try dataKey.withUnsafeBytes {
            try AES.GCM.seal($0, using: key, authenticating: Array(context.utf8))
        }
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    func unwrap(_ wrapped: [UInt8], context: String) throws -> SymmetricKey {
        let box = try AES.GCM.SealedBox(combined: wrapped)
        return SymmetricKey(data: try AES.GCM.open(box, using: key, authenticating: Array(context.utf8)))
    }
}
