import Access
import Testing

/// Moments come from addresses too, where anybody writes what he likes.
@Suite struct TimestampTests {
    @Test(arguments: [Int64.max, .max - 1, .min, .min + 1, 0])
    func `A moment at the end of time stays there`(_ edge: Int64) {
        let moment = Timestamp(rawValue: edge)
        for step in [Int64.max, .min, 1, -1, 0] {
            let moved = moment.adding(milliseconds: step)
            #expect(step < 0 ? moved <= moment : moved >= moment)
        }
        #expect(Timestamp(rawValue: .max).adding(seconds: 5) == Timestamp(rawValue: .max))
        #expect(Timestamp(rawValue: .min).adding(days: -5) == Timestamp(rawValue: .min))
    }
}
