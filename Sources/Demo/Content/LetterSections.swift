/// What each kind of letter says, from the facts of a scenario.
extension LetterPage {
    mutating func emergency(_ scenario: Scenario, _ decision: String) {
        heading("Motif de consultation")
        paragraph(scenario.reason)
        heading("Anamnèse")
        paragraph(scenario.history)
        if !scenario.secondary.isEmpty {
            paragraph("Antécédents : \(scenario.secondary.joined(separator: ", ").lowercased()).")
        }
        heading("Examen clinique")
        vitals(scenario.vitals)
        paragraph(scenario.status)
        let first = scenario.examinations.filter { $0.day == 0 }
        if !first.isEmpty {
            heading("Examens complémentaires")
            list(first.map { "\($0.title) : \($0.conclusion)" })
        }
        heading("Diagnostic retenu")
        paragraph(scenario.diagnosis + ".")
        heading("Prise en charge et orientation")
        paragraph(decision)
        if scenario.nights == 0 { aftercare(scenario) }
    }

    mutating func discharge(_ scenario: Scenario, from start: DemoDay, to end: DemoDay) {
        paragraph(
            "Nous vous informons du séjour de {M} dans notre service du \(start.swiss) au \(end.swiss).")
        heading("Diagnostic principal")
        paragraph(scenario.diagnosis + ".")
        if !scenario.secondary.isEmpty {
            heading("Diagnostics secondaires")
            list(scenario.secondary)
        }
        heading("Motif d'hospitalisation et anamnèse")
        paragraph(scenario.reason)
        paragraph(scenario.history)
        heading("Status d'entrée")
        vitals(scenario.vitals)
        paragraph(scenario.status)
        let results = scenario.examinations.filter { $0.day <= scenario.nights }
        if !results.isEmpty || scenario.operation != nil {
            heading("Examens et interventions")
            let operations = scenario.operation.map { ["\($0.title), \((start + $0.day).swiss)."] } ?? []
            list(operations + results.map { "\($0.title), \((start + $0.day).swiss) : \($0.conclusion)" })
        }
        heading("Évolution")
        for text in scenario.course { paragraph(text) }
        aftercare(scenario)
    }

    /// Medicines and what is to be done next.
    private mutating func aftercare(_ scenario: Scenario) {
        if !scenario.treatment.isEmpty {
            heading("Traitement à la sortie")
            medicines(scenario.treatment)
        }
        if !scenario.followUp.isEmpty {
            heading("Suite proposée")
            list(scenario.followUp)
        }
    }

    mutating func visit(_ consultation: Consultation, of scenario: Scenario) {
        paragraph("Nous avons vu {M} à notre consultation le \(date.swiss).")
        heading("Diagnostic")
        paragraph(scenario.diagnosis + ".")
        list(scenario.secondary)
        if scenario.nights == 0 {
            heading("Motif et anamnèse")
            paragraph(scenario.reason)
            paragraph(scenario.history)
        }
        heading("Évolution")
        paragraph(consultation.interval)
        heading("Examen")
        if scenario.nights == 0 { paragraph(scenario.status) }
        paragraph(consultation.status)
        let results = scenario.examinations.filter { $0.day < consultation.day && $0.day > scenario.nights }
        if !results.isEmpty {
            heading("Résultats")
            list(results.map { "\($0.title) : \($0.conclusion)" })
        }
        heading("Appréciation")
        paragraph(consultation.assessment)
        if scenario.nights == 0, !scenario.treatment.isEmpty {
            heading("Traitement")
            medicines(scenario.treatment)
        }
        heading("Proposition")
        list(consultation.plan)
    }

    mutating func examination(_ examination: Examination) {
        heading("Indication")
        paragraph(examination.indication)
        heading("Technique")
        paragraph(examination.technique)
        heading("Description")
        for text in examination.findings { paragraph(text) }
        heading("Conclusion")
        paragraph(examination.conclusion)
    }

    mutating func operation(_ operation: Operation, of scenario: Scenario) {
        let nurses = ["M. Favre-Rochat", "Mme Cardinaux", "M. Oliveira"]
        table(
            ["Opérateur", "Instrumentiste", "Anesthésie"],
            [[author, generator.element(nurses) ?? "", operation.anaesthesia]], widths: [1, 1, 2])
        heading("Diagnostic")
        paragraph(scenario.diagnosis + ".")
        heading("Indication")
        paragraph(operation.indication)
        heading("Déroulement")
        for text in operation.course { paragraph(text) }
        heading("Suites")
        list(operation.aftercare)
    }

    mutating func certificate(from start: DemoDay, days: Int) {
        omitGreeting()
        paragraph(
            "Le médecin soussigné certifie que {M}, né{e} le \(DemoDay.swiss(iso: patient.birthDate)), "
                + "est en incapacité de travail."
        )
        table(
            ["Incapacité", "Du", "Au"], [["100 %", start.swiss, (start + (days - 1)).swiss]],
            widths: [1, 1, 1])
        paragraph("Une prolongation éventuelle sera décidée par le médecin traitant.")
    }

    private mutating func medicines(_ medicines: [Medicine]) {
        table(
            ["Médicament", "Dose", "Posologie", "Remarque"],
            medicines.map { [$0.name, $0.dose, $0.schedule, $0.remark] }, widths: [3, 2, 2, 3])
    }

    private mutating func vitals(_ vitals: Vitals) {
        let temperature = vitals.temperature + generator.number(-2...2)
        table(
            ["Tension artérielle", "Pouls", "Température", "Saturation", "Fréquence respiratoire"],
            [
                [
                    "\(vitals.systolic + generator.number(-4...4))/"
                        + "\(vitals.diastolic + generator.number(-3...3)) mmHg",
                    "\(vitals.pulse + generator.number(-4...4))/min",
                    "\(temperature / 10),\(temperature % 10) °C",
                    "\(min(vitals.saturation + generator.number(-1...1), 100)) %",
                    "\(vitals.breathing + generator.number(-1...1))/min",
                ]
            ], widths: [1.3, 1, 1, 1, 1.4])
    }
}
