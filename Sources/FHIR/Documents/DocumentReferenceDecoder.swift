/// Turns a `DocumentReference` sent to be published into a `DocumentSubmission`, or says everything that is
/// wrong with it. The rules are those of IHE MHD ITI-105 in its Swiss form, plus ours: a type, a recipient
/// and exactly one stay.
public enum DocumentReferenceDecoder {
    /// Decodes a resource read with `JSON.read`. All mistakes found are told at once.
    public static func decode(_ json: JSON, _ options: SubmissionOptions = .init()) -> Decoded<
        DocumentSubmission
    > {
        let findings = Findings()
        StructureCheck.run(
            json, expecting: "DocumentReference", handling: options.handling, findings: findings)
        guard json["resourceType"]?.text == "DocumentReference" else {
            return .refused(OperationOutcome(findings.issues))
        }
        let root = Element(json: json, path: "DocumentReference")
        let decoding = SubmissionDecoding(
            root: root, contained: ContainedResources(of: root, findings), options: options,
            findings: findings)
        let submission = decoding.submission()
        guard let submission, !findings.hasErrors else { return .refused(OperationOutcome(findings.issues)) }
        return .accepted(submission, warnings: findings.issues)
    }
}

/// One submission being decoded. Each part answers nil after writing its issue down, and the others go on.
struct SubmissionDecoding {
    let root: Element
    let contained: ContainedResources
    let options: SubmissionOptions
    let findings: Findings

    func submission() -> DocumentSubmission? {
        status()
        let identifier = masterIdentifier()
        let completion = completion()
        let type = typeCode()
        let classCode = classCode(type: type)
        let patient = patient()
        let stay = stay()
        let recipients = recipients()
        let author = author()
        let practiceSetting = practiceSetting()
        let confidentiality = confidentiality()
        let replaces = predecessor(of: identifier)
        let attachment = attachment()
        guard let identifier, let completion, let type, let classCode, let patient, let stay,
            let confidentiality,
            let attachment
        else { return nil }
        return DocumentSubmission(
            masterIdentifier: identifier, completion: completion, typeCode: type, classCode: classCode,
            patient: patient, stay: stay, recipients: recipients, author: author,
            practiceSetting: practiceSetting, title: title(attachment, type: type),
            date: root["date"].text.flatMap(Instant.init), confidentiality: confidentiality,
            replaces: replaces,
            attachment: attachment)
    }

    /// Writes down that an element is missing.
    func missing(_ element: Element, _ diagnostics: String = "The element is missing") {
        findings.add(.required, diagnostics, at: element.path)
    }

    /// The text of an element, if it is one line.
    func line(_ element: Element) -> String? {
        guard let text = element.text else { return nil }
        guard text.isOneLine else {
            findings.add(.value, "The value should be one line, without control characters", at: element.path)
            return nil
        }
        return text
    }

    /// The text of an element, if it is one line and not too long.
    func text(_ element: Element, limit: Int) -> String? {
        guard let text = line(element) else { return nil }
        guard text.utf8.count <= limit else {
            findings.add(.value, "The value has more than \(limit) bytes", at: element.path)
            return nil
        }
        return text
    }

    /// An identifier that must be whole.
    func identifier(_ element: Element) -> Identifier? {
        if !element["system"].isPresent { missing(element["system"]) }
        if !element["value"].isPresent { missing(element["value"]) }
        let system = text(element["system"], limit: SubmissionOptions.identifierBytes)
        let value = text(element["value"], limit: SubmissionOptions.identifierBytes)
        guard let system, let value else { return nil }
        return Identifier(system: system, value: value)
    }

    private func status() {
        guard let status = root["status"].text, status != "current" else { return }
        findings.add(
            .codeInvalid, "Only documents with status current are published", at: root["status"].path)
    }

    private func completion() -> DocumentSubmission.Completion? {
        let element = root["docStatus"]
        guard let code = element.text else {
            if options.requiresDocumentStatus { missing(element) }
            return .final
        }
        if let completion = DocumentSubmission.Completion(rawValue: code) { return completion }
        if code == "preliminary" || code == "entered-in-error" {
            findings.add(
                .businessRule, "Only finalised documents are published: docStatus absent, final or amended",
                at: element.path, details: "NotFinal")
        } else {
            findings.add(.codeInvalid, "docStatus should be final or amended", at: element.path)
        }
        return nil
    }

    private func title(_ attachment: DocumentSubmission.Attachment, type: String) -> String {
        text(root["description"], limit: SubmissionOptions.titleBytes) ?? attachment.title
            ?? ValueSet.documentTypes[type]?.french ?? ""
    }
}
