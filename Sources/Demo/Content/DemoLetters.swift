/// Some two hundred letters of the last ninety days: forty people, the illnesses of `Scenario`, and of each
/// illness all documents that a hospital would write about it. The same for the same day, everywhere.
package enum DemoLetters {
    /// How far back the oldest letter goes, in days.
    static let span = 90

    /// - Parameter today: all letters are older, so that none is signed later than now.
    /// - Returns: oldest first.
    package static func all(today: DemoDay) -> [DemoLetter] {
        var generator = SeededGenerator(seed: 20_261_121)
        var letters: [DemoLetter] = []
        for (index, course) in DemoCourses.all.enumerated() {
            var start = DemoDay(daysSince1970: today.number - course.daysAgo)
            let isPlanned = course.scenario.emergency == nil
            while isPlanned, start.isWeekend { start = start + 1 }
            let seed = generator.next()
            letters += CourseLetters(course, number: index, start: start, today: today, seed: seed).all
        }
        return letters.filter { $0.date < today }.sorted { ($0.date, $0.minute) < ($1.date, $1.minute) }
    }
}
