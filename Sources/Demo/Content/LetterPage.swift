import PDF

/// One letter being written: its blocks, and the frame that all letters of the hospital share.
struct LetterPage {
    let patient: DemoPatient
    let date: DemoDay
    let service: HospitalService
    let author: String
    let stay: DemoStay
    let wording: Wording
    var generator: SeededGenerator
    private(set) var blocks: [Letter.Block] = []
    private var hasGreeting = true

    init(
        patient: DemoPatient, date: DemoDay, service: HospitalService, author: String, stay: DemoStay,
        generator: SeededGenerator
    ) {
        self.patient = patient
        self.date = date
        self.service = service
        self.author = author
        self.stay = stay
        self.generator = generator
        wording = Wording(patient, on: date)
    }

    mutating func heading(_ text: String) { blocks.append(.heading(Wording.typeset(text))) }

    mutating func paragraph(_ text: String) { blocks.append(.paragraph(wording(text))) }

    mutating func list(_ items: [String]) {
        guard !items.isEmpty else { return }
        blocks.append(.list(items.map { wording($0) }))
    }

    mutating func table(_ header: [String], _ rows: [[String]], widths: [Double]) {
        let cells = rows.map { $0.map { Wording.typeset($0) } }
        blocks.append(.table(.init(header: header, rows: cells, widths: widths)))
    }

    /// A certificate goes through many hands: no courtesies, nothing medical.
    mutating func omitGreeting() { hasGreeting = false }

    func letter(_ title: String) -> Letter {
        let born = patient.sex == .female ? "née" : "né"
        let opening: [Letter.Block] = hasGreeting ? [.paragraph(patient.recipient.greeting)] : []
        let closing: [Letter.Block] = hasGreeting ? [.paragraph(patient.recipient.farewell)] : []
        return Letter(
            letterhead: .init(
                institution: "Hôpital universitaire du Lac",
                department: service.department,
                lines: ["Avenue des Peupliers 1", "Ville du Lac", "Tél. \(service.phone)"]),
            addressee: patient.recipient.lines, placeAndDate: "Ville du Lac, le \(date.long)", subject: title,
            concerning: [
                "\(patient.courtesy) \(patient.givenName) \(patient.familyName), \(born) le "
                    + DemoDay.swiss(iso: patient.birthDate),
                "Numéro de patient \(patient.number), séjour \(stay.number)",
            ],
            blocks: opening + blocks + closing, signature: ["Document signé électroniquement", author],
            footer: "Hôpital universitaire du Lac – \(title) – patient \(patient.number)", language: "fr-CH",
            created: "\(date.iso)T12:00:00Z")
    }
}
