import Foundation
import Storage

extension AccessActions {
    /// On Mondays tells each principal in whose name something was done in the week before that there is something
    /// to look at (DLG-2). Several nodes may call it at any time: the key of the mail makes it one a week.
    public func sendDelegationDigests() async throws {
        let now = clock.now()
        let week = DelegationWeek(before: now)
        let principals = try await database.read { transaction in
            try transaction.principals(withActsFrom: week.start, to: week.end)
        }
        for principal in principals {
            try await database.write { transaction in
                let key = "digest:\(principal.rawValue):\(week.start.rawValue)"
                guard let account = try transaction.account(principal), account.state == .active else {
                    return
                }
                try transaction.notify(account, .delegationDigest, key: key, self.keyring, at: now)
            }
        }
    }
}

/// The last whole week, from Monday 06:00 to Monday 06:00 in Switzerland.
struct DelegationWeek: Equatable {
    let start: Timestamp
    let end: Timestamp

    init(before now: Timestamp) {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(identifier: "Europe/Zurich") ?? .gmt
        let present = Date(timeIntervalSince1970: Double(now.rawValue) / 1000)
        let monday = DateComponents(hour: 6, weekday: 2)
        let end =
            calendar.nextDate(
                after: present.addingTimeInterval(1), matching: monday, matchingPolicy: .nextTime,
                direction: .backward) ?? present
        let start = calendar.date(byAdding: .day, value: -7, to: end) ?? end
        self.start = Timestamp(rawValue: Int64(start.timeIntervalSince1970 * 1000))
        self.end = Timestamp(rawValue: Int64(end.timeIntervalSince1970 * 1000))
    }
}
