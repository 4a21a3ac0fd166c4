import Storage

extension AccessActions {
    /// The card of the number to which a code was to go has been exchanged lately: the code is void, and the holder
    /// learns by mail why none came and what else opens his account (AUT-6). He is told once a day.
    /// - Parameter id: of the code, which is that of its message.
    /// - Returns: false where it is no code of a sign-in: a number that is being proofed anew does get its code.
    public func withholdCode(_ id: String) async throws -> Bool {
        let now = clock.now()
        return try await database.write { transaction in
            guard let account = try transaction.codeOwner(id).flatMap({ try transaction.account($0) }) else {
                return false
            }
            _ = try transaction.useCode(id, at: now)
            try transaction.record(
                AuditEntry(.codeSent, .refused, rule: "code.simChanged", object: .account(account.id)),
                by: .system(node: self.node), at: now)
            let day = now.rawValue / 86_400_000
            try transaction.notify(
                account, .simChanged, key: "sim-changed:\(account.id.rawValue):\(day)", self.keyring, at: now)
            return true
        }
    }
}
