public import Access
import Directory
public import Storage

/// What lies in a space, counted as its lists count; for those who explain why something is not seen.
public struct SpaceFigures: Sendable {
    /// Not superseded, not expired; up to `DocumentLimits.countedRows` + 1, as the others.
    public let received: Int
    /// Never opened, and shown by the lists.
    public let unread: Int
    /// Kept out of the lists by the choice of types.
    public let hiddenByType: Int
    /// Of a type that is shown, and kept out by the choice of patients.
    public let hiddenByPatient: Int
}

extension Transaction {
    /// The figures of one space. The caller has been allowed to know them.
    public func spaceFigures(of account: Account.ID, at now: Timestamp) throws -> SpaceFigures {
        let choice = try displayChoice(of: account)
        var types = DisplayChoice()
        types.types = choice.types
        let hiddenByType = try choice.types.isEmpty ? 0 : countHidden(by: types, in: account, at: now)
        let hidden = try choice.isEverything ? 0 : countHidden(by: choice, in: account, at: now)
        return SpaceFigures(
            received: try countReadable(in: account, at: now),
            unread: try unreadCount(of: account, at: now), hiddenByType: hiddenByType,
            hiddenByPatient: max(0, hidden - hiddenByType))
    }
}
