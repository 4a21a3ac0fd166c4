public import Access
public import Directory
public import Documents
import Foundation
import Storage

/// One delivery and what became of it (DPI-07).
public struct Dispatch: Sendable {
    /// In the order in which they are reached. `queued` waits for a relay or a printer and can be read nowhere yet;
    /// `mailed` and `posted` are the other ways out: handed to the mail relay, exported for the printers. `failed` reached
    /// nobody, and is not tried again by itself.
    public enum State: String, Sendable {
        case queued, deposited, mailed, posted, notified, opened, downloaded, expired, withdrawn, failed
    }

    public let documentID: Document.ID
    public let accountID: Account.ID
    public let gln: GLN
    public let basis: DisclosureBasis
    public let state: State
    /// Since when it is in this state.
    public let at: Timestamp
    public let depositedAt: Timestamp
    /// What came before: it stays true of a document that was taken back.
    public let notifiedAt: Timestamp?
    public let openedAt: Timestamp?
    /// Who did so first, for whom it is or as his delegate; nil where that is not known.
    public let openedBy: Account.ID?
    public let downloadedAt: Timestamp?
    /// Handed to the mail relay, and not come back.
    public let mailedAt: Timestamp?
    /// Exported for the printers.
    public let postedAt: Timestamp?
    /// What went wrong with a mail or a letter.
    public let setback: Setback?
    /// Since when it lies in the portal; nil: it does not.
    public let availableAt: Timestamp?
    /// Nil where nothing lies in the portal: it went by another way.
    public let expiresAt: Timestamp?

    /// The state follows from the moments: the last step that was reached, unless it ended.
    /// - Parameters:
    ///   - queuedAt: since when a mail or a letter waits.
    ///   - receivedAt: since when it lies in the portal; nil: as long as it was sent, if it lies there at all.
    public init(
        documentID: Document.ID, accountID: Account.ID, gln: GLN, basis: DisclosureBasis,
        depositedAt: Timestamp, receivedAt: Timestamp? = nil, notifiedAt: Timestamp? = nil,
        openedAt: Timestamp? = nil,
        openedBy: Account.ID? = nil, downloadedAt: Timestamp? = nil, mailedAt: Timestamp? = nil,
        postedAt: Timestamp? = nil, queuedAt: Timestamp? = nil, setback: Setback? = nil,
        expiresAt: Timestamp? = nil, withdrawnAt: Timestamp? = nil, now: Timestamp
    ) {
        self.documentID = documentID
        self.accountID = accountID
        self.gln = gln
        self.basis = basis
        self.depositedAt = depositedAt
        self.notifiedAt = notifiedAt
        self.openedAt = openedAt
        self.openedBy = openedBy
        self.downloadedAt = downloadedAt
        self.mailedAt = mailedAt
        self.postedAt = postedAt
        self.setback = setback
        self.expiresAt = expiresAt
        availableAt = expiresAt == nil ? nil : receivedAt ?? depositedAt
        let expiredAt = expiresAt.flatMap { $0 <= now ? $0 : nil }
        let steps: [(State, Timestamp?)] = [
            (.withdrawn, withdrawnAt), (.expired, expiredAt), (.downloaded, downloadedAt),
            (.opened, openedAt), (.posted, postedAt), (.mailed, mailedAt),
            // a notice is about what lies in the portal
            (.notified, expiresAt == nil ? nil : notifiedAt),
            (.deposited, availableAt),
            (.queued, queuedAt), (.failed, setback?.at),
        ]
        for case (let state, let at?) in steps {
            (self.state, self.at) = (state, at)
            return
        }
        (state, at) = (.deposited, depositedAt)
    }

    /// Who opened it for its recipient.
    var otherOpener: Account.ID? { openedBy == accountID ? nil : openedBy }

    /// Its recipient had seen it, or was told of it.
    var wasHeardOf: Bool { openedAt != nil || notifiedAt != nil || mailedAt != nil }

    /// Neither opened nor gone by mail or on paper.
    var isStillHere: Bool { openedAt == nil && mailedAt == nil && postedAt == nil }
}

/// Days as people in Switzerland count them.
enum SwissDate {
    static let zone = TimeZone(identifier: "Europe/Zurich") ?? TimeZone(secondsFromGMT: 3600) ?? .current

    private static let calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }()

    /// ISO 8601 date of a moment.
    static func day(of moment: Timestamp) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date(moment))
        return [parts.year ?? 0, parts.month ?? 0, parts.day ?? 0]
            .map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: "-")
    }

    /// The ISO 8601 date so many days after another one; nil when that is no date.
    static func day(_ date: String, plus days: Int) -> String? {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3,
            let noon = calendar.date(
                from: DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: 12)),
            let later = calendar.date(byAdding: .day, value: days, to: noon)
        else { return nil }
        return day(of: Timestamp(rawValue: Int64(later.timeIntervalSince1970 * 1000)))
    }

    /// As written in a letter: 20.11.2026.
    static func written(_ moment: Timestamp) -> String {
        day(of: moment).split(separator: "-").reversed().joined(separator: ".")
    }

    /// The next time it is `hour` o'clock, at or after `moment`.
    static func next(hour: Int, after moment: Timestamp) -> Timestamp {
        let start = date(moment)
        let next = calendar.nextDate(
            after: start.addingTimeInterval(-0.0005),
            matching: DateComponents(hour: hour, minute: 0, second: 0),
            matchingPolicy: .nextTime)
        return Timestamp(rawValue: Int64((next ?? start).timeIntervalSince1970 * 1000))
    }

    private static func date(_ moment: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
    }
}
