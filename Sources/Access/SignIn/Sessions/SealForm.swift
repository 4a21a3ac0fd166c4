import Vault

/// What somebody has typed so far in a form of several pages, for a cookie of his browser: nobody can read it there, and
/// no other session can open it.
extension AccessActions {
    public func sealForm(_ bytes: [UInt8], _ holder: Holder) throws -> [UInt8] {
        try keyring.seal(bytes, for: .drafts, context: "form:\(holder.sessionID.rawValue)")
    }

    /// - Returns: nil for what another session sealed, or nobody.
    public func openForm(_ sealed: [UInt8], _ holder: Holder) -> [UInt8]? {
        try? keyring.open(sealed, for: .drafts, context: "form:\(holder.sessionID.rawValue)")
    }
}
