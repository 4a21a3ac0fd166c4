/// FHIR's `date`: a year, a month or a day of the Gregorian calendar.
public struct PartialDate: Sendable, Equatable, CustomStringConvertible {
    public let year: Int
    public let month: Int?
    public let day: Int?

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; nil for anything else, also for days that do not exist.
    public init?(_ text: String) {
        var digits = ASCIIDigits(text)
        guard let year = digits.number(of: 4), year > 0 else { return nil }
        self.year = year
        guard !digits.isAtEnd else {
            (month, day) = (nil, nil)
            return
        }
        guard digits.pass(0x2D), let month = digits.number(of: 2), 1...12 ~= month else { return nil }
        self.month = month
        guard !digits.isAtEnd else {
            day = nil
            return
        }
        guard digits.pass(0x2D), let day = digits.number(of: 2), 1...Self.days(of: month, year) ~= day,
            digits.isAtEnd
        else { return nil }
        self.day = day
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    public var description: String {
        ([zeros(year, 4)] + [month, day].compactMap { $0 }.map { zeros($0, 2) }).joined(separator: "-")
    }

    /// The first day of it.
    public var first: CalendarDay { CalendarDay(year, month ?? 1, day ?? 1) }

    /// The last day of it.
    public var last: CalendarDay {
        let month = month ?? 12
        return CalendarDay(year, month, day ?? Self.days(of: month, year))
    }
}

/// A number with leading zeros up to a width.
func zeros(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// A text of fixed-width decimal numbers, read from the left.
struct ASCIIDigits {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next number of exactly this many digits.
    mutating func number(of count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var value = 0
        for byte in rest.prefix(count) {
            guard 0x30...0x39 ~= byte else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        rest = rest.dropFirst(count)
        return value
    }

    /// Passes this byte if it comes next.
    mutating func pass(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Passes the digits that come next, at least one, and gives the first three as thousandths.
    mutating func thousandths() -> Int? {
        var value = 0
        var count = 0
        while let byte = rest.first, 0x30...0x39 ~= byte {
            if count < 3 { value = value * 10 + Int(byte - 0x30) }
            count += 1
            rest = rest.dropFirst()
        }
        guard count > 0 else { return nil }
        for _ in count..<max(count, 3) { value *= 10 }
        return value
    }
}
