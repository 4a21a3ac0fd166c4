import Foundation

/// A moment as clocks and calendars in Switzerland show it. Made from UTC milliseconds by arithmetic, with
/// the offset of Europe/Zurich from the system's time zone data.
struct LocalTime: Sendable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    /// 0 is Sunday.
    let weekday: Int
    /// Days since 1970-01-01, in local time: two moments of one day have the same.
    let dayNumber: Int

    private static let zone = TimeZone(identifier: "Europe/Zurich") ?? .gmt

    /// - Parameter milliseconds: UTC, since 1970.
    init(_ milliseconds: Int64) {
        let moment = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        self.init(milliseconds, offsetSeconds: Self.zone.secondsFromGMT(for: moment))
    }

    private init(_ milliseconds: Int64, offsetSeconds: Int) {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down)) + offsetSeconds
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let secondOfDay = seconds - days * 86_400
        (hour, minute) = (secondOfDay / 3600, secondOfDay % 3600 / 60)
        dayNumber = days
        weekday = ((days + 4) % 7 + 7) % 7
        (year, month, day) = Self.civil(days)
    }

    /// Days since 1970-01-01 to year, month, day in the Gregorian calendar, with years that begin in March.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth < 3 ? 1 : 0), civilMonth, day)
    }
}

extension LocalTime {
    /// The day in ISO 8601: 2026-11-20.
    var iso: String {
        "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The first moment of a day in Switzerland, UTC milliseconds; nil unless it is an ISO 8601 date.
    static func startOfDay(iso: String) -> Int64? {
        let parts = iso.utf8.split(separator: 0x2D).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        let utc = Int64(days(parts[0], parts[1], parts[2])) * 86_400_000
        // the clock changes between 2 and 3: an hour before this day's midnight in UTC it has not yet
        let moment = Date(timeIntervalSince1970: Double(utc / 1000 - 3600))
        return utc - Int64(zone.secondsFromGMT(for: moment)) * 1000
    }

    /// A minute of a day in Switzerland, UTC milliseconds; nil for one that the change to summer time leaves out.
    static func moment(iso: String, minuteOfDay: Int) -> Int64? {
        guard let start = startOfDay(iso: iso) else { return nil }
        // days of 23 and 25 hours: the wall clock says whether an hour more or less is right
        for shift in [0, -60, 60] {
            let moment = start + Int64(minuteOfDay + shift) * 60_000
            let local = LocalTime(moment)
            if local.iso == iso, local.hour * 60 + local.minute == minuteOfDay { return moment }
        }
        return nil
    }

    /// The inverse of `civil`.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month < 3 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
