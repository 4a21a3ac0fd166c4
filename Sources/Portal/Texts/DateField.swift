import Access

/// Reads a date as people type it: `14.03.1958`, `14.3.58`, `14/3/58`, `14031958`, `1958-03-14`.
enum DateField {
    /// - Returns: ISO 8601, or nil when it is no date. Years of two digits up to 30 are of this century.
    static func iso(_ text: String) -> String? {
        let parts = text.utf8.split { !(0x30...0x39).contains($0) }.map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let (yearText, monthText, dayText) = order(parts), var year = Int(yearText),
            let month = Int(monthText), let day = Int(dayText)
        else { return nil }
        if yearText.utf8.count == 2 { year += year > 30 ? 1900 : 2000 }
        guard (1900...2200).contains(year), (1...12).contains(month),
            (1...length(ofMonth: month, year)).contains(day)
        else { return nil }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The first moment of a day in Switzerland, UTC milliseconds. For the end of a day take the start of the
    /// next: two days of the year have 23 and 25 hours.
    static func startOfDay(iso: String) -> Int64? { LocalTime.startOfDay(iso: iso) }

    /// The first or the last day of a period, as it was typed; what is no date narrows nothing and is said beside its
    /// field.
    /// - Returns: the first moment of the day, for the end of a period that of the next; nil for an empty field.
    static func moment(
        _ text: String, in field: String, _ mistakes: inout [FieldMistake], isEnd: Bool = false
    ) -> Timestamp? {
        guard !text.isEmpty else { return nil }
        guard let iso = iso(text), let start = startOfDay(iso: iso) else {
            mistakes.append(
                FieldMistake(field: field, text: t("Saisissez une date, par exemple 20.11.2026.")))
            return nil
        }
        return isEnd ? startOfNextDay(start) : Timestamp(rawValue: start)
    }

    /// - Parameter start: the first moment of a day.
    static func startOfNextDay(_ start: Int64) -> Timestamp? {
        // 30 hours on is the next day, whatever the clock does in between
        startOfDay(iso: LocalTime(start + 30 * 3_600_000).iso).map(Timestamp.init(rawValue:))
    }

    private static func order(_ parts: [String]) -> (year: String, month: String, day: String)? {
        let lengths = parts.map(\.utf8.count)
        if lengths == [8] {
            return (
                String(parts[0].suffix(4)), String(parts[0].dropFirst(2).prefix(2)),
                String(parts[0].prefix(2))
            )
        }
        guard lengths.count == 3, lengths[1] <= 2 else { return nil }
        if lengths[0] == 4, lengths[2] <= 2 { return (parts[0], parts[1], parts[2]) }
        return lengths[0] <= 2 && [2, 4].contains(lengths[2]) ? (parts[2], parts[1], parts[0]) : nil
    }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
