/// Dates and times as people read them. Moments come in as UTC milliseconds, dates without time as ISO 8601.
enum DateTexts {
    /// 09:26
    static func time(_ moment: Int64) -> String {
        let local = LocalTime(moment)
        return "\(two(local.hour)):\(two(local.minute))"
    }

    /// 20.11.2026
    static func date(_ moment: Int64) -> String {
        let local = LocalTime(moment)
        return "\(two(local.day)).\(two(local.month)).\(local.year)"
    }

    /// 14.03.1958, from 1958-03-14. Shorter forms (1958-03, 1958) are allowed by FHIR; anything else is shown
    /// as it is.
    static func date(iso: String) -> String {
        iso.utf8.split(separator: 0x2D, omittingEmptySubsequences: false).reversed()
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    }

    /// 20.11.2026, 09:26
    static func dateAndTime(_ moment: Int64) -> String { "\(date(moment)), \(time(moment))" }

    /// 2026-11-20T08:26Z, for machines (`<time datetime>`).
    static func machine(_ moment: Int64) -> String {
        let local = LocalTime(moment)
        return "\(local.year)-\(two(local.month))-\(two(local.day))T\(two(local.hour)):\(two(local.minute))"
    }

    /// The heading of a day in a list: «Aujourd’hui», «Hier», «Mercredi 18 novembre», with the year if it is
    /// another.
    static func heading(_ moment: Int64, now: Int64) -> String {
        let day = LocalTime(moment)
        let today = LocalTime(now)
        switch today.dayNumber - day.dayNumber {
        case 0: return t("Aujourd’hui")
        case 1: return t("Hier")
        default:
            return day.year == today.year
                ? "\(weekday(day.weekday)) \(day.day) \(month(day.month))"
                : "\(weekday(day.weekday)) \(day.day) \(month(day.month)) \(day.year)"
        }
    }

    /// In a narrow place: «09:26» today, «Hier, 17:05», «18.11.2026».
    static func short(_ moment: Int64, now: Int64) -> String {
        switch LocalTime(now).dayNumber - LocalTime(moment).dayNumber {
        case 0: time(moment)
        case 1: t("Hier, {time}", ["time": time(moment)])
        default: date(moment)
        }
    }

    /// In a sentence: «aujourd’hui à 09:31», «hier à 17:05», «le 18.11.2026 à 08:00».
    static func sentence(_ moment: Int64, now: Int64) -> String {
        switch LocalTime(now).dayNumber - LocalTime(moment).dayNumber {
        case 0: t("aujourd’hui à {time}", ["time": time(moment)])
        case 1: t("hier à {time}", ["time": time(moment)])
        default: t("le {date} à {time}", ["date": date(moment), "time": time(moment)])
        }
    }

    /// «12 novembre 2026», from 2026-11-12.
    static func long(iso: String) -> String {
        let parts = iso.utf8.split(separator: 0x2D).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return date(iso: iso) }
        return "\(parts[2]) \(month(parts[1])) \(parts[0])"
    }

    /// Whole years between an ISO date of birth and now; nil when the day is not known.
    static func age(birthDate: String, now: Int64) -> Int? {
        let parts = birthDate.utf8.split(separator: 0x2D).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? 0
        }
        guard parts.count == 3 else { return nil }
        let today = LocalTime(now)
        let hadBirthday = (today.month, today.day) >= (parts[1], parts[2])
        return today.year - parts[0] - (hadBirthday ? 0 : 1)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static func weekday(_ number: Int) -> String {
        switch number {
        case 0: t("Dimanche")
        case 1: t("Lundi")
        case 2: t("Mardi")
        case 3: t("Mercredi")
        case 4: t("Jeudi")
        case 5: t("Vendredi")
        default: t("Samedi")
        }
    }

    private static func month(_ number: Int) -> String {
        switch number {
        case 1: t("janvier")
        case 2: t("février")
        case 3: t("mars")
        case 4: t("avril")
        case 5: t("mai")
        case 6: t("juin")
        case 7: t("juillet")
        case 8: t("août")
        case 9: t("septembre")
        case 10: t("octobre")
        case 11: t("novembre")
        default: t("décembre")
        }
    }
}
