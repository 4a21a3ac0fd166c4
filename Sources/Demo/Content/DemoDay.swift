/// A day of the calendar, for demo content that is always as old as it was when it was written.
package struct DemoDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    package let number: Int

    package init(daysSince1970: Int) { number = daysSince1970 }

    package static func < (one: DemoDay, other: DemoDay) -> Bool { one.number < other.number }
    package static func + (day: DemoDay, days: Int) -> DemoDay { DemoDay(daysSince1970: day.number + days) }

    /// Proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    /// `2026-11-19`.
    package var iso: String {
        let parts = parts
        return "\(parts.year)-\(Self.two(parts.month))-\(Self.two(parts.day))"
    }

    /// `20261119`, the beginning of a stay's number.
    var compact: String {
        let parts = parts
        return "\(parts.year)\(Self.two(parts.month))\(Self.two(parts.day))"
    }

    /// `19.11.2026`.
    var swiss: String { Self.swiss(iso: iso) }

    /// `19 novembre 2026`.
    var long: String { "\(dayAndMonth) \(parts.year)" }

    /// `19 novembre`, `1er décembre`.
    var dayAndMonth: String {
        let parts = parts
        return "\(parts.day == 1 ? "1er" : String(parts.day)) \(Self.months[parts.month - 1])"
    }

    /// Saturday or Sunday: nobody operates by appointment.
    var isWeekend: Bool { (number + 3) % 7 >= 5 }

    /// `14.03.1958` from `1958-03-14`.
    static func swiss(iso: String) -> String { iso.split(separator: "-").reversed().joined(separator: ".") }

    /// Whole months from a birth date to this day.
    func months(since birthDate: String) -> Int {
        let born = birthDate.split(separator: "-").compactMap { Int($0) }
        guard born.count == 3 else { return 0 }
        let today = parts
        return (today.year - born[0]) * 12 + today.month - born[1] - (today.day < born[2] ? 1 : 0)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre",
        "décembre",
    ]
}
