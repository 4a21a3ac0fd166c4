import HL7v2
import Testing

@Suite struct TimeStampTests {
    @Test func `Times in all lengths`() throws {
        let full = try #require(TimeStamp("20261120091201.250+0100"))
        #expect(full.date == "2026-11-20" && full.offset == 60)
        #expect(full.asIfUTC - 60 * 60_000 == 1_795_162_321_250)
        #expect(TimeStamp("19580314")?.date == "1958-03-14")
        #expect(TimeStamp("195803")?.date == nil)
        #expect(TimeStamp("1958")?.year == 1958)
        #expect(TimeStamp("202611200912")?.milliseconds == (9 * 60 + 12) * 60_000)
        #expect(TimeStamp("20261120091201-0530")?.offset == -330)
        #expect(TimeStamp("20240229")?.date == "2024-02-29")
    }

    @Test(arguments: [
        "", "0000", "195", "19581", "19581314", "19580232", "20230229", "19000229", "2026112025",
        "202611200960",
        "20261120091261", "20261120091201+01", "20261120091201+9900", "2026-11-20", "20261120091201.",
        "2026112009.5",
        "20261120091201.1234567", "abcd",
    ])
    func `What is no time is refused`(_ text: String) { #expect(TimeStamp(text) == nil) }

    @Test(arguments: [
        (Int64(1_795_162_321_000), 60, "20261120091201+0100"), (0, 0, "19700101000000+0000"),
        (-1, 0, "19691231235959+0000"), (951_782_400_000, -300, "20000228190000-0500"),
    ])
    func `Times are written`(_ moment: Int64, _ offset: Int, _ text: String) {
        #expect(TimeStamp.text(moment, offset: offset) == text)
    }
}
