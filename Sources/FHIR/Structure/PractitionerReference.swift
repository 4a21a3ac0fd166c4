extension ContainedResources {
    /// The GLN of the practitioner a reference leads to: by identifier, to a contained Practitioner, or to a
    /// contained PractitionerRole and from there. Without a right GLN there is an issue, and the answer is
    /// nil.
    func practitionerGLN(_ reference: Element, _ findings: Findings) -> String? {
        switch target(of: reference, findings) {
        case .logical(let identifier):
            if let type = reference["type"].text, type != "Practitioner", type != "PractitionerRole" {
                findings.add(.notSupported, "This should be a practitioner", at: reference["type"].path)
                return nil
            }
            return requiredGLN([identifier], at: identifier.path, findings)
        case .contained(let resource): return practitionerGLN(in: resource, findings)
        case .literal, .missing:
            findings.add(
                .required, "A practitioner is referred to by GLN (urn:oid:2.51.1.3)",
                at: reference["identifier"].path)
            return nil
        case .broken: return nil
        }
    }

    private func practitionerGLN(in resource: Element, _ findings: Findings) -> String? {
        switch resource.resourceType {
        case "Practitioner":
            return requiredGLN(resource.each("identifier"), at: resource["identifier"].path, findings)
        case "PractitionerRole":
            let reference = resource["practitioner"]
            switch target(of: reference, findings) {
            case .contained(let person) where person.resourceType == "Practitioner":
                return requiredGLN(person.each("identifier"), at: person["identifier"].path, findings)
            case .logical(let identifier): return requiredGLN([identifier], at: identifier.path, findings)
            case .broken: return nil
            default: findings.add(.required, "The role should name its practitioner", at: reference.path)
            }
        default: findings.add(.notSupported, "This should be a practitioner", at: resource.path)
        }
        return nil
    }

    private func requiredGLN(_ identifiers: [Element], at place: String, _ findings: Findings) -> String? {
        let ofGLN = identifiers.first { GS1.glnSystems.contains($0["system"].text ?? "") }
        guard let ofGLN else {
            findings.add(.required, "A GLN is needed (urn:oid:2.51.1.3)", at: place)
            return nil
        }
        return ofGLN.gln(findings)
    }
}
