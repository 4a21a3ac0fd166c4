import Access

/// The days, in Switzerland, on which the patient's word on a stay holds. A designation knows days, a message may tell the
/// hour: what is not sure to hold for all that is left of a day does not hold on that day.
struct ConsentDays: Sendable, Equatable {
    /// ISO 8601 dates, both included; nil: no bound.
    let first: String?
    let last: String?

    static let always = ConsentDays(first: nil, last: nil)

    init(first: String?, last: String?) {
        self.first = first
        self.last = last
    }

    /// Pure. What has begun holds today; what begins later begins with a whole day, and ends with one. An end in the
    /// last minute of a day, as many systems write it, leaves that day whole.
    init(_ period: ConsentPeriod, at now: Timestamp) {
        first = period.start.map { start in
            let day = SwissDate.day(of: start)
            let isWhole = start <= now || SwissDate.day(of: start.adding(milliseconds: -1)) != day
            return isWhole ? day : SwissDate.day(day, plus: 1) ?? day
        }
        last = period.end.map { end in
            let next = SwissDate.day(of: end.adding(minutes: 1))
            return SwissDate.day(next, plus: -1) ?? next
        }
    }

    /// - Parameter day: ISO 8601 date; such dates compare as texts.
    func contains(_ day: String) -> Bool {
        (first.map { $0 <= day } ?? true) && (last.map { day <= $0 } ?? true)
    }

    /// The same, not beyond a day; nil: no other bound.
    func until(_ day: String?) -> ConsentDays {
        guard let day else { return self }
        return ConsentDays(first: first, last: last.map { min($0, day) } ?? day)
    }

    /// For the trail.
    var words: String { (first.map { " from=\($0)" } ?? "") + (last.map { " until=\($0)" } ?? "") }
}
