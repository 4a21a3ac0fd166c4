import Access
import Testing

@testable import Portal

@Suite struct DateTextsTests {
    static let now = SamplePages.now
    static let hour = SamplePages.hour

    @Test func `Times are those of Switzerland, summer and winter`() {
        #expect(DateTexts.dateAndTime(Self.now) == "20.11.2026, 09:42")
        #expect(DateTexts.dateAndTime(1_783_000_000_000) == "02.07.2026, 15:46")
        // 29 March 2026: 01:59:59 is followed by 03:00
        #expect(DateTexts.time(1_774_745_999_000) == "01:59")
        #expect(DateTexts.time(1_774_746_000_000) == "03:00")
        #expect(DateTexts.dateAndTime(-1000) == "01.01.1970, 00:59")
    }

    @Test func `Days are named as people name them`() {
        #expect(DateTexts.heading(Self.now, now: Self.now) == "Aujourd’hui")
        #expect(DateTexts.heading(Self.now - 10 * Self.hour, now: Self.now) == "Hier")
        #expect(DateTexts.heading(Self.now - 48 * Self.hour, now: Self.now) == "Mercredi 18 novembre")
        #expect(
            DateTexts.heading(Self.now - 366 * 24 * Self.hour, now: Self.now) == "Mercredi 19 novembre 2025")
        #expect(DateTexts.sentence(Self.now, now: Self.now) == "aujourd’hui à 09:42")
        #expect(DateTexts.sentence(Self.now - 24 * Self.hour, now: Self.now) == "hier à 09:42")
        #expect(DateTexts.sentence(Self.now - 72 * Self.hour, now: Self.now) == "le 17.11.2026 à 09:42")
        #expect(DateTexts.short(Self.now - 24 * Self.hour, now: Self.now) == "Hier, 09:42")
    }

    @Test(arguments: [
        ("1958-03-14", "14.03.1958"), ("1958-03", "03.1958"), ("1958", "1958"), ("", ""),
        ("inconnu", "inconnu"),
    ])
    func `Dates without time are turned round, whatever their precision`(_ iso: String, _ shown: String) {
        #expect(DateTexts.date(iso: iso) == shown)
    }

    @Test func `Age is in whole years, and unknown when the day is`() {
        #expect(DateTexts.age(birthDate: "1958-11-20", now: Self.now) == 68)
        #expect(DateTexts.age(birthDate: "1958-11-21", now: Self.now) == 67)
        #expect(DateTexts.age(birthDate: "1958-11", now: Self.now) == nil)
    }

    @Test(arguments: [
        ("14.03.1958", "1958-03-14"), ("14.3.58", "1958-03-14"), ("14/3/58", "1958-03-14"),
        ("14031958", "1958-03-14"), ("1958-03-14", "1958-03-14"), ("29.02.2024", "2024-02-29"),
        ("1.1.27", "2027-01-01"),
    ])
    func `Dates are understood as people type them`(_ typed: String, _ iso: String) {
        #expect(DateField.iso(typed) == iso)
    }

    @Test(arguments: [
        "", "31.02.2026", "29.02.2025", "0.1.2026", "1.13.2026", "hier", "1.1.1", "14.03", "1.1.1800",
    ])
    func `What is no date is refused`(_ typed: String) {
        #expect(DateField.iso(typed) == nil)
    }

    @Test func `A day begins at its own midnight, also when the clock changes`() {
        #expect(DateField.startOfDay(iso: "2026-11-20") == 1_795_129_200_000)
        #expect(DateField.startOfDay(iso: "2026-07-02") == 1_782_943_200_000)
        for (day, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-20", 24)] {
            let start = DateField.startOfDay(iso: day) ?? 0
            let next = String(day.dropLast(2)) + String((Int(day.suffix(2)) ?? 0) + 1)
            #expect((DateField.startOfDay(iso: next) ?? 0) - start == Int64(hours) * Self.hour, "\(day)")
        }
        #expect(DateField.startOfDay(iso: "2026-13-01") == nil)
        #expect(LocalTime((DateField.startOfDay(iso: "2026-03-05") ?? 0) - 1).iso == "2026-03-04")
    }

    @Test func `A period reaches from the start of its first day to the end of its last`() {
        var mistakes: [FieldMistake] = []
        for (day, next) in [("29.03.2026", "2026-03-30"), ("25.10.2026", "2026-10-26")] {
            let start = DateField.moment(day, in: "du", &mistakes)
            #expect(start?.rawValue == DateField.startOfDay(iso: DateField.iso(day) ?? ""))
            let end = DateField.moment(day, in: "au", &mistakes, isEnd: true)
            #expect(end?.rawValue == DateField.startOfDay(iso: next))
        }
        #expect(DateField.moment("", in: "du", &mistakes) == nil && mistakes.isEmpty)
        #expect(DateField.moment("hier", in: "du", &mistakes) == nil)
        #expect(mistakes.map(\.field) == ["du"])
    }
}
