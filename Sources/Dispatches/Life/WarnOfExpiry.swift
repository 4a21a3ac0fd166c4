import Access
import Directory
import Documents
import Storage

extension DispatchActions {
    /// Warns the readers of documents whose life ends soon, each on each of the chosen days once: the pages show it
    /// anyway, and the next notice tells it where the preferences allow one. Never a mail of its own beside a digest.
    /// - Returns: how many documents somebody was warned of.
    @discardableResult
    public func warnOfExpiry() async throws -> Int {
        let limit = 200
        var warned = 0
        // the nearest first: who is warned three days before needs no warning of fourteen
        for days in documents.lives.warningDays.sorted() {
            for _ in 0..<10_000 {
                let count = try await warnSome(days: days, limit: limit)
                warned += count
                if count < limit { break }
            }
        }
        return warned
    }

    private func warnSome(days: Int, limit: Int) async throws -> Int {
        let now = clock.now()
        return try await database.write(.readCommitted) { transaction in
            try transaction.begin(.lives)
            let spaces = try transaction.warnReaders(days: days, limit: limit, at: now)
            for space in Set(spaces) {
                guard let recipient = try transaction.recipient(account: space), recipient.isActive else {
                    continue
                }
                try self.enqueueNotice(to: recipient, in: transaction, at: now)
            }
            return spaces.count
        }
    }
}
