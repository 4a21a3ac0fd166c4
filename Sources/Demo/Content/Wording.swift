/// Puts a patient into the sentences of a scenario and sets them as a French printer would.
struct Wording {
    private let replacements: [(token: String, text: String)]

    init(_ patient: DemoPatient, on day: DemoDay) {
        let isFemale = patient.sex == .female
        let months = day.months(since: patient.birthDate)
        let age = months < 24 ? "\(months) mois" : "\(months / 12) ans"
        replacements = [
            ("{P}", isFemale ? "La patiente" : "Le patient"),
            ("{p}", isFemale ? "la patiente" : "le patient"),
            ("{du p}", isFemale ? "de la patiente" : "du patient"),
            ("{au p}", isFemale ? "à la patiente" : "au patient"),
            ("{un p}", isFemale ? "une patiente" : "un patient"),
            ("{Il}", isFemale ? "Elle" : "Il"), ("{il}", isFemale ? "elle" : "il"),
            ("{e}", isFemale ? "e" : ""),
            ("{M}", "\(patient.courtesy) \(patient.familyName)"), ("{age}", age),
        ]
    }

    func callAsFunction(_ text: String) -> String {
        var text = text
        for (token, word) in replacements { text = text.replacing(token, with: word) }
        return Self.typeset(text)
    }

    /// Typographic apostrophes, and no-break spaces before double punctuation and units.
    static func typeset(_ text: String) -> String {
        text.replacing("'", with: "’").replacing(" :", with: "\u{A0}:").replacing(" ;", with: "\u{202F};")
            .replacing(" %", with: "\u{A0}%").replacing("« ", with: "«\u{A0}").replacing(
                " »", with: "\u{A0}»"
            )
            .replacing(" mg", with: "\u{A0}mg").replacing(" mm", with: "\u{A0}mm").replacing(
                " °C", with: "\u{A0}°C")
    }
}
