/// The coded elements: type, class, speciality, confidentiality.
extension SubmissionDecoding {
    func typeCode() -> String? {
        let element = root["type"]
        guard element.isPresent else {
            missing(element, "The type is needed: a SNOMED CT code of the Swiss document types")
            return nil
        }
        guard let code = element.code(in: [Concept.system]), ValueSet.documentTypes[code] != nil else {
            findings.add(
                .codeInvalid, "The type should be a SNOMED CT code of the value set DocumentEntry.typeCode",
                at: element.path)
            return nil
        }
        return code
    }

    func classCode(type: String?) -> String? {
        let categories = root.each("category")
        guard let element = categories.first else { return type.map(DocumentClass.code(ofType:)) }
        if categories.count > 1 { findings.add(.invalid, "At most one category", at: categories[1].path) }
        guard let code = element.code(in: [Concept.system]), ValueSet.documentClasses[code] != nil else {
            findings.add(
                .codeInvalid,
                "The category should be a SNOMED CT code of the value set DocumentEntry.classCode",
                at: element.path)
            return nil
        }
        guard let type else { return nil }
        guard DocumentClass.isLegal(code, type: type) else {
            findings.add(.codeInvalid, "A document of this class cannot have this type", at: element.path)
            return nil
        }
        return code
    }

    func practiceSetting() -> String? {
        let element = root["context"]["practiceSetting"]
        guard element.isPresent else { return nil }
        guard let code = element.code(in: [Concept.system]), ValueSet.practiceSettings[code] != nil else {
            findings.warn(
                .codeInvalid, "The speciality is none of the value set DocumentEntry.practiceSettingCode",
                at: element.path)
            return nil
        }
        return code
    }

    /// The strictest of the labels; normal when there is none. A label that says nothing known about
    /// confidentiality is an error, because a document must never be shown more freely than it was sent.
    func confidentiality() -> Confidentiality? {
        let labels = root.each("securityLabel")
        guard !labels.isEmpty else { return .normal }
        let known = labels.flatMap { $0.each("coding") }.compactMap { coding in
            Confidentiality(system: coding["system"].text ?? "", code: coding["code"].text ?? "")
        }
        guard let strictest = known.max() else {
            findings.add(
                .codeInvalid, "The label should be a code of the value set DocumentEntry.confidentialityCode",
                at: labels[0].path)
            return nil
        }
        return strictest
    }
}
