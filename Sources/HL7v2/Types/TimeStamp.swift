/// TS: `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ]`, in the Gregorian calendar.
public struct TimeStamp: Sendable, Equatable {
    public let year: Int
    public let month: Int?
    public let day: Int?
    /// Milliseconds since midnight, when an hour is given.
    public let milliseconds: Int?
    /// Minutes east of Greenwich; nil when the sender leaves it to custom.
    public let offset: Int?

    /// - Returns: nil when it is no such time; the day must exist.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let year = Self.number(&rest, 4), year > 0 else { return nil }
        self.year = year
        var offset: Int?
        if let sign = rest.firstIndex(where: { $0 == 0x2B || $0 == 0x2D }) {
            guard let minutes = Self.offset(rest[sign...]) else { return nil }
            offset = minutes
            rest = rest[..<sign]
        }
        self.offset = offset
        var fraction = 0
        if let point = rest.position(of: 0x2E) {
            guard point - rest.startIndex == 10, let parsed = Self.fraction(rest[(point + 1)...]) else {
                return nil
            }
            fraction = parsed
            rest = rest[..<point]
        }
        guard rest.count.isMultiple(of: 2), rest.count <= 10 else { return nil }
        var parts: [Int] = []
        while !rest.isEmpty {
            guard let part = Self.number(&rest, 2) else { return nil }
            parts.append(part)
        }
        month = parts.first
        day = parts.count > 1 ? parts[1] : nil
        if let month, !(1...12).contains(month) { return nil }
        if let month, let day, !(1...Self.days(in: month, of: year)).contains(day) { return nil }
        guard parts.count > 2 else {
            milliseconds = nil
            return
        }
        let clock = Array(parts.dropFirst(2)) + [0, 0]
        let (hour, minute, second) = (clock[0], clock[1], clock[2])
        guard hour < 24, minute < 60, second < 60 else { return nil }
        milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
    }

    /// ISO 8601 date, when the day is given.
    public var date: String? {
        guard let month, let day else { return nil }
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// UTC milliseconds since 1970 as if its clock stood at Greenwich: subtract the offset, or that of the place.
    /// What is not given counts from its beginning.
    public var asIfUTC: Int64 {
        let days = Self.daysSince1970(year, month ?? 1, day ?? 1)
        return Int64(days) * 86_400_000 + Int64(milliseconds ?? 0)
    }

    /// `20261120091201+0100`
    public static func text(_ moment: Int64, offset minutes: Int) -> String {
        let local = moment + Int64(minutes) * 60_000
        let seconds = Int(local >= 0 ? local / 1000 : (local - 999) / 1000)
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let (year, month, day) = date(days)
        let clock = seconds - days * 86_400
        let sign = minutes < 0 ? "-" : "+"
        return padded(year, 4) + padded(month, 2) + padded(day, 2) + padded(clock / 3600, 2)
            + padded(clock / 60 % 60, 2) + padded(clock % 60, 2) + sign + padded(abs(minutes) / 60, 2)
            + padded(abs(minutes) % 60, 2)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
        guard rest.count >= count, rest.prefix(count).allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        var digits = text.dropFirst()
        guard digits.count == 4, let hours = number(&digits, 2), let minutes = number(&digits, 2),
            hours <= 14,
            minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (text.first == 0x2D ? -1 : 1)
    }

    private static func fraction(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return (Array(digits.map { Int($0 - 0x30) }) + [0, 0]).prefix(3).reduce(0) { $0 * 10 + $1 }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Howard Hinnant's `days_from_civil`.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let day = shifted - era * 146_097
        let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }
}
