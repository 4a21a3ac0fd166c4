import FHIR
import Testing

@Suite struct DateTests {
    @Test(arguments: [
        "2026", "2026-11", "2026-11-20", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31",
    ])
    func `Dates may stop at the year or month`(_ text: String) {
        #expect(PartialDate(text)?.description == text)
    }

    @Test(arguments: [
        "", "26", "2026-", "2026-13", "2026-00", "2026-1", "2026-11-31", "2026-02-29", "1900-02-29",
        "2026-11-20T", "0000",
        "2026-11-20 ", "20261120", "2026/11/20", "2026-11-2０", "+2026", "2026-11-00",
    ]) func `What is no day is no date`(_ text: String) { #expect(PartialDate(text) == nil) }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-20T09:12:00+01:00", 1_795_162_320_000),
        ("2026-11-20T08:12:00.5Z", 1_795_162_320_500), ("2026-11-20T08:12:00.123999Z", 1_795_162_320_123),
        ("2024-02-29T23:59:59-05:30", 1_709_270_999_000), ("1958-03-14T00:00:00Z", -372_470_400_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ]) func `An instant is a moment`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(text)?.milliseconds == milliseconds)
        #expect(Instant(text)?.text == text)
    }

    @Test(arguments: [
        "2026-11-20T09:12:00", "2026-11-20T09:12Z", "2026-11-20", "2026-11-20T24:00:00Z",
        "2026-11-20T09:60:00Z",
        "2026-11-20T09:12:61Z", "2026-11-20T09:12:00.Z", "2026-11-20T09:12:00+1:00",
        "2026-11-20T09:12:00+15:00",
        "2026-11-20T09:12:00+01:00x", "2026-11-31T09:12:00Z", "2026-11-20 09:12:00Z", "2026-11-20T09:12:00z",
        "",
        "20é6-11-20T09:12:00Z", "2026-11-2éT09:12:00Z",
    ]) func `An instant needs seconds and a zone`(_ text: String) { #expect(Instant(text) == nil) }

    @Test func `A moment is written in UTC and read back`() {
        #expect(Instant(milliseconds: 1_795_162_320_005).text == "2026-11-20T08:12:00.005Z")
        #expect(Instant(milliseconds: -1).text == "1969-12-31T23:59:59.999Z")
        var random = Generator(state: 3)
        for _ in 0..<5000 {
            let milliseconds = Int64.random(in: -60_000_000_000_000...250_000_000_000_000, using: &random)
            #expect(Instant(Instant(milliseconds: milliseconds).text)?.milliseconds == milliseconds)
        }
    }

    @Test func `Days follow one another`() {
        var previous = CalendarDay(dayNumber: -150_000)
        for number in -149_999..<150_000 where number % 7 == 0 || number % 1461 < 400 {
            let day = CalendarDay(dayNumber: number)
            #expect(previous < day && day.dayNumber == number && CalendarDay(day.description) == day)
            previous = day
        }
        #expect(PartialDate("2024-02")?.last.description == "2024-02-29")
        #expect(PartialDate("2026")?.first.description == "2026-01-01")
        #expect(PartialDate("2026")?.last.description == "2026-12-31")
    }

    @Test func `A day of birth is whole`() {
        #expect(CalendarDay("1958-03-14")?.description == "1958-03-14")
        #expect(CalendarDay("1958-03") == nil)
    }
}
