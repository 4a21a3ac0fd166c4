/// Who the document is about, and which stay it belongs to.
extension SubmissionDecoding {
    /// National numbers that may identify a person but are never the hospital's number: EPR-SPID, AHV, VeKa.
    private static let nationalSystems = [
        "urn:oid:2.16.756.5.30.1.127.3.10.3", "urn:oid:2.16.756.5.32",
        "urn:oid:2.16.756.5.30.1.123.100.1.1.1",
    ]

    func patient() -> DocumentSubmission.Patient? {
        let subject = root["subject"]
        guard subject.isPresent else {
            missing(subject)
            return nil
        }
        let source = containedPatient(root["context"]["sourcePatientInfo"])
        switch contained.target(of: subject, findings) {
        case .contained(let patient):
            guard isPatient(patient, at: subject) else { return nil }
            let identifier = hospitalIdentifier(of: patient)
            if let identifier, let source, !agrees(source, with: identifier) { return nil }
            return demographics(patient, identifier: identifier)
        case .logical(let element):
            guard let given = identifier(element) else { return nil }
            guard let source else {
                unknownPatient()
                return nil
            }
            guard agrees(source, with: given) else { return nil }
            return demographics(
                source, identifier: isHospitals(given) ? given : hospitalIdentifier(of: source))
        case .literal, .missing:
            missing(subject["identifier"], "The patient is referred to by the hospital's number")
            return nil
        case .broken: return nil
        }
    }

    /// False, and an issue, when the contained patient bears another number of the same namespace: its name
    /// would then be shown for somebody else's document.
    private func agrees(_ source: Element, with identifier: Identifier) -> Bool {
        let numbers = source.each("identifier").compactMap(\.identifier).filter {
            $0.system == identifier.system
        }
        if numbers.isEmpty || numbers.contains(identifier) { return true }
        findings.add(
            .conflict, "The subject and the contained patient have different numbers",
            at: source["identifier"].path)
        return false
    }

    private func containedPatient(_ reference: Element) -> Element? {
        guard reference.isPresent else { return nil }
        guard case .contained(let patient) = contained.target(of: reference, findings),
            isPatient(patient, at: reference)
        else { return nil }
        return patient
    }

    private func isPatient(_ resource: Element, at reference: Element) -> Bool {
        if resource.resourceType == "Patient" { return true }
        findings.add(.value, "The reference should lead to a Patient", at: reference["reference"].path)
        return false
    }

    private func unknownPatient() {
        findings.add(
            .notFound, "The patient's name, birth date and sex are needed, in a contained Patient",
            at: root["context"]["sourcePatientInfo"].path, details: "XDSUnknownPatientId")
    }

    private func isNational(_ identifier: Identifier) -> Bool {
        Self.nationalSystems.contains(identifier.system)
    }

    private func isHospitals(_ identifier: Identifier) -> Bool {
        options.patientSystems.isEmpty
            ? !isNational(identifier) : options.patientSystems.contains(identifier.system)
    }

    /// The hospital's number among a patient's identifiers.
    private func hospitalIdentifier(of patient: Element) -> Identifier? {
        let candidates = patient.each("identifier").filter { $0.identifier.map(isHospitals) ?? false }
        let record = candidates.first {
            $0["type"].has("http://terminology.hl7.org/CodeSystem/v2-0203", "MR")
        }
        if let found = record ?? candidates.first { return identifier(found) }
        missing(patient["identifier"], "The hospital's number of the patient is needed")
        return nil
    }

    private func demographics(_ patient: Element, identifier: Identifier?) -> DocumentSubmission.Patient? {
        let names = patient.each("name")
        let name =
            names.first { $0["use"].text == "official" }
            ?? names.first { $0["family"].isPresent && !["old", "maiden"].contains($0["use"].text ?? "") }
            ?? Element(json: nil, path: patient["name"].path)
        if !name["family"].isPresent { missing(name["family"]) }
        let family = text(name["family"], limit: SubmissionOptions.nameBytes)
        let given = name.each("given").prefix(10).compactMap { text($0, limit: SubmissionOptions.nameBytes) }
        let birthDate = birthDate(patient["birthDate"])
        let gender = gender(patient["gender"])
        guard let identifier, let family, let birthDate, let gender else { return nil }
        return .init(
            identifier: identifier, family: family, given: given, birthDate: birthDate, gender: gender)
    }

    private func birthDate(_ element: Element) -> CalendarDay? {
        guard let text = element.text else {
            missing(element)
            return nil
        }
        if let day = CalendarDay(text) { return day }
        findings.add(.value, "The whole date of birth is needed: YYYY-MM-DD", at: element.path)
        return nil
    }

    private func gender(_ element: Element) -> DocumentSubmission.Gender? {
        guard let text = element.text else {
            missing(element)
            return nil
        }
        if let gender = DocumentSubmission.Gender(rawValue: text) { return gender }
        findings.add(.codeInvalid, "The gender should be male, female, other or unknown", at: element.path)
        return nil
    }

    func stay() -> DocumentSubmission.Stay? {
        let encounters = root["context"].each("encounter")
        guard let reference = encounters.first else {
            missing(root["context"]["encounter"], "The stay is needed: designation is per stay")
            return nil
        }
        guard encounters.count == 1 else {
            findings.add(.invalid, "Exactly one stay: designation is per stay", at: encounters[1].path)
            return nil
        }
        guard let element = contained.stay(reference, findings), let identifier = identifier(element) else {
            return nil
        }
        return .init(identifier: identifier, period: root["context"]["period"].period)
    }
}

extension ContainedResources {
    /// The identifier of the stay a reference leads to, by identifier or to a contained Encounter.
    func stay(_ reference: Element, _ findings: Findings) -> Element? {
        switch target(of: reference, findings) {
        case .logical(let identifier): return identifier
        case .contained(let encounter) where encounter.resourceType == "Encounter":
            let identifiers = encounter.each("identifier")
            let visit = identifiers.first {
                $0["type"].has("http://terminology.hl7.org/CodeSystem/v2-0203", "VN")
            }
            if let found = visit ?? identifiers.first { return found }
            findings.add(.required, "The stay's number is needed", at: encounter["identifier"].path)
        case .contained:
            findings.add(.value, "The reference should lead to an Encounter", at: reference["reference"].path)
        case .literal, .missing:
            findings.add(.required, "The stay is referred to by its number", at: reference["identifier"].path)
        case .broken: break
        }
        return nil
    }
}
