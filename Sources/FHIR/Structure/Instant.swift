/// FHIR's `instant`: a moment with seconds and zone.
public struct Instant: Sendable, Equatable {
    /// Milliseconds since 1970-01-01T00:00:00Z; what is finer is dropped.
    public let milliseconds: Int64
    /// The sender's text, zone included.
    public let text: String

    /// Reads `YYYY-MM-DDThh:mm:ss[.s…](Z|±hh:mm)`; nil for anything else. A leap second counts as the next
    /// one.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count >= 20, bytes.count <= 64 else { return nil }
        let split = bytes.index(bytes.startIndex, offsetBy: 10)
        guard let date = PartialDate(String(decoding: bytes[..<split], as: UTF8.self)), date.day != nil else {
            return nil
        }
        var digits = ASCIIDigits(String(decoding: bytes[split...], as: UTF8.self))
        guard digits.pass(0x54), let hour = digits.number(of: 2), hour < 24, digits.pass(0x3A),
            let minute = digits.number(of: 2), minute < 60, digits.pass(0x3A),
            let second = digits.number(of: 2), second <= 60
        else { return nil }
        var thousandths = 0
        if digits.pass(0x2E) {
            guard let fraction = digits.thousandths() else { return nil }
            thousandths = fraction
        }
        guard let zone = Self.zoneMinutes(&digits), digits.isAtEnd else { return nil }
        let minutes = date.first.dayNumber * 1440 + hour * 60 + minute - zone
        milliseconds = (Int64(minutes) * 60 + Int64(second)) * 1000 + Int64(thousandths)
        self.text = text
    }

    /// The moment so many milliseconds after 1970-01-01T00:00:00Z, written in UTC with milliseconds.
    public init(milliseconds: Int64) {
        let perDay: Int64 = 86_400_000
        let time = ((milliseconds % perDay) + perDay) % perDay
        let day = CalendarDay(dayNumber: Int((milliseconds - time) / perDay))
        let seconds = Int(time / 1000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { zeros($0, 2) }.joined(
            separator: ":")
        self.milliseconds = milliseconds
        text = "\(day)T\(clock).\(zeros(Int(time % 1000), 3))Z"
    }

    private static func zoneMinutes(_ digits: inout ASCIIDigits) -> Int? {
        if digits.pass(0x5A) { return 0 }
        let sign = digits.pass(0x2B) ? 1 : digits.pass(0x2D) ? -1 : 0
        guard sign != 0, let hours = digits.number(of: 2), digits.pass(0x3A),
            let minutes = digits.number(of: 2), hours <= 14, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

/// FHIR's `dateTime`: a partial date, or a moment with seconds and zone.
public enum DateTime: Sendable, Equatable {
    case date(PartialDate)
    case instant(Instant)

    public init?(_ text: String) {
        if let date = PartialDate(text) {
            self = .date(date)
        } else if let instant = Instant(text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }
}

/// FHIR's `Period`. Both ends are inclusive; an end that is only a day lasts until that day is over.
public struct Period: Sendable, Equatable {
    public let start: DateTime?
    public let end: DateTime?

    public init(start: DateTime?, end: DateTime?) {
        self.start = start
        self.end = end
    }
}

extension DateTime {
    /// As FHIR writes it; an instant keeps the sender's text.
    public var text: String {
        switch self {
        case .date(let date): date.description
        case .instant(let instant): instant.text
        }
    }
}

extension Period {
    var json: JSON { ["start": start.map { .string($0.text) }, "end": end.map { .string($0.text) }] }
}
