import PDF

/// All letters about one person's illness, in the order in which the hospital would write them.
struct CourseLetters {
    private let patient: DemoPatient
    private let scenario: Scenario
    private let start: DemoDay
    private let today: DemoDay
    private let stay: DemoStay
    private let seed: UInt64

    /// - Parameter number: of the course, a part of the stay's number.
    init(_ course: DemoCourse, number: Int, start: DemoDay, today: DemoDay, seed: UInt64) {
        patient = course.infantDays.map { course.patient.born(on: start + -$0) } ?? course.patient
        scenario = course.scenario
        self.start = start
        self.today = today
        self.seed = seed
        let nights = scenario.nights
        let end = start + nights
        stay = DemoStay(
            number: "\(start.compact)\(20 + number % 80)", start: start,
            end: nights > 0 && end <= today ? end : nil)
    }

    var all: [DemoLetter] {
        var letters: [DemoLetter] = []
        if let decision = scenario.emergency { letters.append(emergency(decision)) }
        if let operation = scenario.operation { letters.append(operative(operation)) }
        if !scenario.laboratory.isEmpty { letters.append(laboratory) }
        letters += scenario.examinations.map(examination)
        if !scenario.course.isEmpty { letters.append(discharge) }
        if let consultation = scenario.consultation { letters.append(visit(consultation)) }
        if let days = scenario.daysOff { letters.append(certificate(days)) }
        return letters.enumerated().map { $0.element.signed(after: $0.offset) }
    }

    private func emergency(_ decision: String) -> DemoLetter {
        make("445300006", "Rapport de passage aux urgences", .emergency, day: 0) { page in
            page.emergency(scenario, decision)
        }
    }

    private func operative(_ operation: Operation) -> DemoLetter {
        let title = "Protocole opératoire – \(Wording.typeset(operation.title).lowercasedFirst)"
        return make("371526002", title, scenario.service, day: operation.day) { page in
            page.operation(operation, of: scenario)
        }
    }

    private var laboratory: DemoLetter {
        make("4241000179101", "Résultats de laboratoire", .laboratory, day: scenario.laboratoryDay) {
            page in
            page.laboratory(scenario)
        }
    }

    private func examination(_ examination: Examination) -> DemoLetter {
        let type =
            switch examination.kind {
            case .imaging: "4201000179104"
            case .pathology: "371528001"
            case .consultation: "371530004"
            }
        return make(type, Wording.typeset(examination.title), examination.service, day: examination.day) {
            page in
            page.examination(examination)
        }
    }

    private var discharge: DemoLetter {
        let end = start + scenario.nights
        let sameMonth = start.parts.month == end.parts.month
        let from = sameMonth ? String(start.parts.day) : start.dayAndMonth
        let title = "Lettre de sortie – séjour du \(from) au \(end.dayAndMonth)"
        return make("373942005", title, scenario.service, day: scenario.nights) { page in
            page.discharge(scenario, from: start, to: end)
        }
    }

    private func visit(_ consultation: Consultation) -> DemoLetter {
        let title = Wording.typeset(consultation.title)
        return make("371530004", title, scenario.service, day: consultation.day) { page in
            page.visit(consultation, of: scenario)
        }
    }

    private func certificate(_ days: Int) -> DemoLetter {
        return make("772786005", "Certificat d’arrêt de travail", scenario.service, day: scenario.nights) {
            page in
            page.certificate(from: start, days: days)
        }
    }

    /// Each letter draws its own chance from the course's seed, its type and its day, so that changing one
    /// leaves the others alone.
    private func make(
        _ type: String, _ title: String, _ service: HospitalService, day: Int,
        _ body: (inout LetterPage) -> Void
    ) -> DemoLetter {
        let letterSeed = title.utf8.reduce(seed) { ($0 &* 31) ^ UInt64($1) }
        var generator = SeededGenerator(seed: letterSeed)
        let date = workingDay(start + day, isUrgent: isUrgent(type))
        let author = generator.element(service.physicians) ?? ""
        var page = LetterPage(
            patient: patient, date: date, service: service, author: author, stay: stay,
            generator: generator)
        body(&page)
        return DemoLetter(
            patient: patient, typeCode: type, title: title, service: service.name,
            practiceSetting: service.code, author: author, stay: stay, date: date,
            minute: generator.number(8 * 60...9 * 60), recipient: patient.recipient,
            letter: page.letter(title))
    }

    private func isUrgent(_ type: String) -> Bool {
        scenario.emergency != nil && ["445300006", "4241000179101", "371526002"].contains(type)
    }

    /// Reports are signed on working days; only emergencies and the laboratory write on Sundays. Never in the
    /// future: what is due later is left out by `DemoLetters`.
    private func workingDay(_ day: DemoDay, isUrgent: Bool) -> DemoDay {
        var day = day
        while !isUrgent, day.isWeekend, day < today { day = day + 1 }
        return day
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
