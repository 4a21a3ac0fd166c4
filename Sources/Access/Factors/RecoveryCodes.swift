import Storage
import Vault

/// Ten codes for the day on which telephone, app and key are all away. Shown once, kept on paper, each used once.
enum RecoveryCode {
    static let count = 10
    /// Crockford's: no letter that looks like a digit.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// 80 random bits in four groups: `7K2M-…`.
    static func make() -> String {
        let signs = Array(Base32.encode(RandomBytes.make(10), alphabet).utf8)
        return stride(from: 0, to: signs.count, by: 4)
            .map { String(decoding: signs[$0..<min($0 + 4, signs.count)], as: UTF8.self) }
            .joined(separator: "-")
    }

    static func makeAll() -> [String] { (0..<count).map { _ in make() } }

    /// As it is compared: without blanks and hyphens, upper case, O read as 0, I and L as 1.
    static func normalised(_ typed: String) -> String {
        let signs = typed.utf8.prefix(100).compactMap { byte -> UInt8? in
            let upper = (0x61...0x7A).contains(byte) ? byte - 32 : byte
            return switch upper {
            case UInt8(ascii: "O"): UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
            default: alphabet.contains(upper) ? upper : nil
            }
        }
        return String(decoding: signs, as: UTF8.self)
    }
}

extension AccessActions {
    /// New recovery codes; the ones before open nothing any more. Other sessions end.
    /// - Throws: `FactorRefusal.stepUp`.
    public func renewRecoveryCodes(_ holder: Holder) async throws -> FactorChange {
        let now = clock.now()
        let tokens = FreshTokens()
        let codes = RecoveryCode.makeAll()
        try await database.write { transaction in
            try transaction.confirmFresh(holder, at: now)
            try self.replaceRecoveryCodes(codes, of: holder.accountID, in: transaction, at: now)
            try self.settle(
                .factorAdded, "recoveryCodes", .recoveryCodesMade, holder, tokens, in: transaction, at: now)
        }
        return FactorChange(token: tokens.session, recoveryCodes: codes)
    }

    /// Makes recovery codes together with the first factor that is not sent.
    /// - Returns: false when there are some already.
    func makeFirstRecoveryCodes(
        _ codes: [String], of account: Account.ID, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        guard try transaction.unusedRecoveryCodes(of: account) == 0 else { return false }
        try replaceRecoveryCodes(codes, of: account, in: transaction, at: now)
        return true
    }

    private func replaceRecoveryCodes(
        _ codes: [String], of account: Account.ID, in transaction: any Transaction, at now: Timestamp
    ) throws {
        try transaction.deleteRecoveryCodes(of: account)
        for code in codes {
            try transaction.insertRecoveryCode(recoveryHash(code, account), of: account, at: now)
        }
    }

    /// A keyed hash of 80 random bits needs no slow function (AUT-9).
    func recoveryHash(_ typed: String, _ account: Account.ID) -> [UInt8] {
        keyring.mac(
            .codes, Array("recovery \(account.rawValue) \(RecoveryCode.normalised(typed))".utf8))
    }
}
