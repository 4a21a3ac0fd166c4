/// A person who fell ill some days ago.
struct DemoCourse: Sendable {
    let patient: DemoPatient
    let scenario: Scenario
    let daysAgo: Int
    /// Age in days of an infant, whose birth date moves with the demo's calendar.
    let infantDays: Int?

    init(_ patient: DemoPatient, _ scenario: Scenario, _ daysAgo: Int, infantDays: Int? = nil) {
        self.patient = patient
        self.scenario = scenario
        self.daysAgo = daysAgo
        self.infantDays = infantDays
    }
}

/// Who had what, and when. Ages and sexes fit the illnesses.
enum DemoCourses {
    private typealias Person = DemoPatient

    static let all = adults + elders + families

    private static let adults = [
        DemoCourse(Person("Nguyen", "Minh Anh", "1983-08-11", .female, "000398112"), .thyroid, 83),
        DemoCourse(Person("Nguyen", "Minh Anh", "1983-08-11", .female, "000398112"), .pyelonephritis, 13),
        DemoCourse(Person("Morel", "Pascal", "1971-11-02", .male, "000287754"), .discHerniation, 31),
        DemoCourse(Person("Morel", "Pascal", "1971-11-02", .male, "000287754"), .infarction, 84),
        DemoCourse(Person("Ferreira", "João", "1964-09-19", .male, "000310945"), .hipProsthesis, 53),
        DemoCourse(Person("Ferreira", "João", "1964-09-19", .male, "000310945"), .diabetes, 90),
        DemoCourse(Person("Berset", "Nadia", "1969-04-30", .female, "000422871"), .breastCancer, 58),
        DemoCourse(Person("Gashi", "Arben", "1978-02-17", .male, "000451006"), .appendicitis, 22),
        DemoCourse(Person("Schneider", "Markus", "1966-07-05", .male, "000366420"), .polyps, 41),
        DemoCourse(Person("Da Silva", "Marta", "1975-10-23", .female, "000433390"), .gallbladder, 17),
        DemoCourse(Person("Rey", "Laurence", "1980-01-15", .female, "000440127"), .multipleSclerosis, 27),
        DemoCourse(Person("Tanner", "Ursula", "1962-12-09", .female, "000301588"), .arthritis, 64),
        DemoCourse(Person("Conti", "Marco", "1959-06-27", .male, "000275543"), .embolism, 47),
        DemoCourse(Person("Zbinden", "Yves", "1994-03-03", .male, "000467781"), .concussion, 1),
        DemoCourse(Person("Ilić", "Dragana", "1967-05-21", .female, "000388264"), .diabetes, 36),
        DemoCourse(Person("Pasche", "Didier", "1957-08-08", .male, "000266017"), .atrialFibrillation, 20),
        DemoCourse(Person("Favez", "Christine", "1972-09-14", .female, "000415538"), .discHerniation, 72),
        DemoCourse(Person("Haile", "Samuel", "1988-11-30", .male, "000470095"), .appendicitis, 66),
        DemoCourse(Person("Corboz", "Jean-Luc", "1963-02-26", .male, "000294410"), .infarction, 6),
        DemoCourse(Person("Wenger", "Barbara", "1970-07-19", .female, "000429916"), .polyps, 79),
    ]

    private static let elders = [
        DemoCourse(Person("Jaquet", "Hélène", "1958-03-14", .female, "000412033"), .pneumonia, 9),
        DemoCourse(Person("Jaquet", "Hélène", "1958-03-14", .female, "000412033"), .atrialFibrillation, 74),
        DemoCourse(Person("Keller", "Ruth", "1949-01-30", .female, "000198830"), .breastCancer, 86),
        DemoCourse(Person("Keller", "Ruth", "1949-01-30", .female, "000198830"), .cataract, 24),
        DemoCourse(Person("Dupraz", "Lucien", "1937-05-08", .male, "000087421"), .heartFailure, 45),
        DemoCourse(Person("Dupraz", "Lucien", "1937-05-08", .male, "000087421"), .fall, 18),
        DemoCourse(Person("Grandjean", "Simone", "1941-10-12", .female, "000120967"), .hipFracture, 34),
        DemoCourse(Person("Bianchi", "Renzo", "1951-04-04", .male, "000215576"), .prostate, 29),
        DemoCourse(Person("Vonlanthen", "Marie", "1946-06-16", .female, "000167204"), .stroke, 50),
        DemoCourse(Person("Chevalley", "André", "1953-12-01", .male, "000231148"), .copd, 12),
        DemoCourse(Person("Mauron", "Bernard", "1948-08-25", .male, "000184472"), .kidneyDisease, 38),
        DemoCourse(Person("Steiner", "Elisabeth", "1944-02-11", .female, "000149903"), .heartFailure, 80),
        DemoCourse(Person("Lambert", "Odette", "1939-09-07", .female, "000102335"), .pneumonia, 61),
        DemoCourse(Person("Costa", "António", "1955-03-28", .male, "000248851"), .stroke, 4),
        DemoCourse(Person("Rossier", "Gilbert", "1950-11-18", .male, "000203369"), .cataract, 69),
        DemoCourse(Person("Baumann", "Heidi", "1942-05-24", .female, "000131410"), .fall, 77),
        DemoCourse(Person("Pittet", "Roger", "1947-07-02", .male, "000176658"), .kidneyDisease, 15),
        DemoCourse(Person("Magnin", "Thérèse", "1952-01-20", .female, "000222093"), .hipProsthesis, 16),
        DemoCourse(Person("Delacrétaz", "Paul", "1956-10-06", .male, "000257720"), .copd, 56),
    ]

    private static let families = [
        DemoCourse(
            Person("Bürgi", "Anna", "2019-06-27", .female, "000481205", .jeanneret), .forearmFracture, 26),
        DemoCourse(Person("Bürgi", "Anna", "2019-06-27", .female, "000481205", .jeanneret), .asthma, 70),
        DemoCourse(
            Person("Lopes", "Tiago", "2025-11-08", .male, "000498813", .jeanneret), .bronchiolitis, 3,
            infantDays: 365),
        DemoCourse(Person("Fournier", "Zoé", "2016-04-18", .female, "000476640", .jeanneret), .asthma, 33),
        DemoCourse(
            Person("Hasani", "Lior", "2018-01-29", .male, "000479917", .jeanneret), .forearmFracture, 60),
        DemoCourse(
            Person("Python", "Emma", "2026-01-13", .female, "000499302", .jeanneret), .bronchiolitis, 43,
            infantDays: 268),
        DemoCourse(Person("Monney", "Julie", "1995-09-02", .female, "000458846", .monnier), .birth, 8),
        DemoCourse(Person("Tesfaye", "Selam", "1992-12-25", .female, "000462271", .monnier), .caesarean, 25),
        DemoCourse(
            Person("Aubry", "Mathilde", "1990-05-11", .female, "000455530", .monnier), .gestationalDiabetes,
            40),
        DemoCourse(Person("Krasniqi", "Elira", "1997-03-19", .female, "000469904", .monnier), .birth, 52),
    ]
}
