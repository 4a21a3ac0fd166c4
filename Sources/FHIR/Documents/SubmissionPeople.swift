/// Whom the document is for, and who wrote it.
extension SubmissionDecoding {
    /// MHD's extension, and CH Core's, which means the same.
    private static let recipientExtensions = [
        DocumentSubmission.recipientExtension,
        "http://fhir.ch/ig/ch-core/StructureDefinition/ch-ext-epr-informationrecipient",
    ]

    func recipients() -> [DocumentSubmission.Recipient] {
        let extensions = root.extensions(Self.recipientExtensions)
        let place = DocumentSubmission.recipientExpression
        guard !extensions.isEmpty else {
            findings.add(.required, "A recipient is needed: a practitioner by GLN", at: place)
            return []
        }
        guard extensions.count <= options.maximumRecipients else {
            findings.add(.tooCostly, "More than \(options.maximumRecipients) recipients", at: place)
            return []
        }
        var recipients: [DocumentSubmission.Recipient] = []
        for (index, element) in extensions.enumerated() {
            guard let gln = contained.practitionerGLN(element["valueReference"], findings),
                !recipients.contains(where: { $0.gln == gln })
            else { continue }
            recipients.append(
                .init(gln: gln, expression: extensions.count == 1 ? place : "\(place)[\(index)]"))
        }
        return recipients
    }

    /// The first author, a person or an organisation. The other authors are in the document itself.
    func author() -> DocumentSubmission.Author? {
        guard let reference = root.each("author").first else { return nil }
        let display = line(reference["display"])
        switch contained.target(of: reference, findings) {
        case .contained(let resource):
            let person = author(resource)
            return .init(name: person.name ?? display, gln: person.gln)
        case .logical(let identifier): return .init(name: display, gln: identifier.gln(findings))
        case .literal, .missing: return display.map { .init(name: $0, gln: nil) }
        case .broken: return nil
        }
    }

    private func author(_ resource: Element) -> DocumentSubmission.Author {
        if resource.resourceType == "PractitionerRole" {
            let reference = resource["practitioner"]
            if case .contained(let person) = contained.target(of: reference, findings) {
                return named(person)
            }
            let gln = reference["identifier"].isPresent ? reference["identifier"].gln(findings) : nil
            return .init(name: line(reference["display"]), gln: gln)
        }
        return named(resource)
    }

    private func named(_ resource: Element) -> DocumentSubmission.Author {
        let gln = resource.each("identifier").lazy.compactMap { $0.gln(findings) }.first
        let name = resource.each("name").first
        let full = name.flatMap { name -> String? in
            let elements = name.each("prefix") + name.each("given") + [name["family"]]
            let parts = elements.compactMap(line)
            return line(name["text"]) ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
        }
        let shown = full ?? line(resource["name"])
        return .init(
            name: shown.flatMap { $0.utf8.count <= SubmissionOptions.nameBytes ? $0 : nil }, gln: gln)
    }
}
