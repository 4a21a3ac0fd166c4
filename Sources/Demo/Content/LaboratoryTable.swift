/// Laboratory results: the values of a scenario, among the usual ones of an adult.
extension LetterPage {
    mutating func laboratory(_ scenario: Scenario) {
        paragraph(
            "Prélèvement du \(date.swiss), matériel : sang veineux. "
                + "Valeurs pathologiques signalées par H ou B."
        )
        var values = scenario.laboratory
        if scenario.hasBasicPanel {
            let known = Set(values.map(\.name))
            values += basicPanel().filter { !known.contains($0.name) }
        }
        table(
            ["Analyse", "Résultat", "", "Unité", "Référence"], values.map(Self.row),
            widths: [3.2, 1.2, 0.6, 1.6, 1.8])
        paragraph(
            "Résultats validés. Un complément peut être demandé sur le même prélèvement pendant cinq jours.")
    }

    /// Usual values of a healthy adult, never two times the same.
    private mutating func basicPanel() -> [LabValue] {
        let isFemale = patient.sex == .female
        return [
            LabValue(
                "Hémoglobine", Double(generator.number(isFemale ? 124...144 : 136...162)), "g/l",
                isFemale ? 120 : 130,
                isFemale ? 160 : 170),
            LabValue("Leucocytes", Double(generator.number(48...92)) / 10, "G/l", 4, 10),
            LabValue("Thrombocytes", Double(generator.number(178...332)), "G/l", 150, 350),
            LabValue("Sodium", Double(generator.number(137...143)), "mmol/l", 135, 145),
            LabValue("Potassium", Double(generator.number(37...46)) / 10, "mmol/l", 3.5, 5.0),
            LabValue(
                "Créatinine", Double(generator.number(isFemale ? 54...80 : 66...98)), "µmol/l",
                isFemale ? 45 : 62,
                isFemale ? 84 : 106),
            LabValue("ALAT", Double(generator.number(14...34)), "U/l", nil, isFemale ? 35 : 50),
        ]
    }

    private static func row(_ value: LabValue) -> [String] {
        let mark =
            if let high = value.high, value.value > high {
                "H"
            } else if let low = value.low, value.value < low { "B" } else { "" }
        let range =
            switch (value.low, value.high) {
            case (let low?, let high?): "\(number(low)) – \(number(high))"
            case (nil, let high?): "< \(number(high))"
            case (let low?, nil): "> \(number(low))"
            case (nil, nil): ""
            }
        return [value.name, number(value.value), mark, value.unit, range]
    }

    /// Without decimals where there are none, else with a comma.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value).replacing(".", with: ",")
    }
}
