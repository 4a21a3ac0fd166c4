import NIOConcurrencyHelpers

/// The rows of lists that were drawn last. Drawing is a pure function of the values of an `InboxDays` and of the language,
/// so rows are found again by those values, all of them, and by nothing else: there is nothing to invalidate, and
/// nobody sees what his own query has not found. What differs from one answer to the next, such as the tokens of
/// forms, stands outside.
final class DrawnLists: Sendable {
    private struct Key: Hashable {
        let rows: [DocumentRow]
        let query: InboxQuery
        let minute: Int64
        let language: Language

        /// What tells most lists apart; whether two are the same is decided by all of it.
        func hash(into hasher: inout Hasher) {
            hasher.combine(rows.first?.id)
            hasher.combine(rows.last?.id)
            hasher.combine(minute)
            hasher.combine(language)
        }
    }
    private let drawn = NIOLockedValueBox([Key: DrawnPart]())
    /// Of some 30 KB each.
    private static let most = 100

    /// The rows of `list`, with no document open beside it.
    func rows(of list: InboxList) -> DrawnPart {
        // rows say days and times of day, never how long ago: they stay the same for a minute
        let minute = list.now - list.now % 60_000
        let key = Key(
            rows: list.rows, query: list.query, minute: minute, language: Catalogue.current.language)
        if let known = drawn.withLockedValue({ $0[key] }) { return known }
        let part = DrawnPart(InboxDays(rows: list.rows, query: list.query, now: minute).body)
        drawn.withLockedValue { drawn in
            if drawn.count >= Self.most { drawn = [:] }
            drawn[key] = part
        }
        return part
    }
}
