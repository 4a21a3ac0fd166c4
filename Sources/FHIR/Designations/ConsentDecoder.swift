/// Turns a `Consent` into a `ConsentDirective`, or says everything that is wrong with it. A consent that
/// permits less than this portal can express is refused rather than read too widely.
public enum ConsentDecoder {
    /// Decodes a resource read with `JSON.read`. All mistakes found are told at once.
    public static func decode(_ json: JSON, handling: Handling = .strict) -> Decoded<ConsentDirective> {
        let findings = Findings()
        StructureCheck.run(json, expecting: "Consent", handling: handling, findings: findings)
        guard json["resourceType"]?.text == "Consent" else {
            return .refused(OperationOutcome(findings.issues))
        }
        let root = Element(json: json, path: "Consent")
        let decoding = ConsentDecoding(
            root: root, contained: ContainedResources(of: root, findings), findings: findings)
        let directive = decoding.directive()
        guard let directive, !findings.hasErrors else { return .refused(OperationOutcome(findings.issues)) }
        return .accepted(directive, warnings: findings.issues)
    }
}

/// One consent being decoded. Each part answers nil after writing its issue down, and the others go on.
private struct ConsentDecoding {
    let root: Element
    let contained: ContainedResources
    let findings: Findings

    private static let codeSystems = "http://terminology.hl7.org/CodeSystem/"
    private var provision: Element { root["provision"] }

    func directive() -> ConsentDirective? {
        scope()
        let identifier = ownIdentifier()
        let state = state()
        let patient = patient()
        let decision = decision()
        restrictions(decision)
        let stay = stay()
        let professional = professional(decision)
        let period = provision["period"].period
        guard let identifier, let state, let patient, let decision, let stay else { return nil }
        return ConsentDirective(
            identifier: identifier, state: state, decision: decision, patient: patient, stay: stay,
            professional: professional, period: period, decidedAt: root["dateTime"].dateTime)
    }

    private func missing(_ element: Element, _ diagnostics: String = "The element is missing") {
        findings.add(.required, diagnostics, at: element.path)
    }

    private func identifier(_ element: Element) -> Identifier? {
        for half in [element["system"], element["value"]] {
            if !half.isPresent { missing(half) }
            if let text = half.text, !text.isOneLine {
                findings.add(
                    .value, "The value should be one line, without control characters", at: half.path)
            }
            if (half.text ?? "").utf8.count > SubmissionOptions.identifierBytes {
                findings.add(
                    .value, "The value has more than \(SubmissionOptions.identifierBytes) bytes",
                    at: half.path)
            }
        }
        return element.identifier
    }

    private func ownIdentifier() -> Identifier? {
        let identifiers = root.each("identifier")
        guard let first = identifiers.first else {
            missing(root["identifier"])
            return nil
        }
        if identifiers.count > 1 { findings.add(.invalid, "Exactly one identifier", at: identifiers[1].path) }
        return identifier(first)
    }

    private func state() -> ConsentDirective.State? {
        guard let code = root["status"].text else { return nil }
        if let state = ConsentDirective.State(rawValue: code) { return state }
        findings.add(
            .codeInvalid, "The status should be active, inactive or entered-in-error", at: root["status"].path
        )
        return nil
    }

    private func scope() {
        let scope = root["scope"]
        if scope.isPresent, !scope.has(Self.codeSystems + "consentscope", "patient-privacy") {
            findings.add(.codeInvalid, "The scope should be consentscope#patient-privacy", at: scope.path)
        }
        let categories = root.each("category")
        if !categories.isEmpty,
            !categories.contains(where: { $0.has(Self.codeSystems + "v3-ActCode", "IDSCL") })
        {
            findings.add(.codeInvalid, "A category should be v3-ActCode#IDSCL", at: categories[0].path)
        }
        if !root["policy"].isPresent && !root["policyRule"].isPresent {
            findings.add(.invariant, "ppc-1: either a policy or a policyRule", at: root["policy"].path)
        }
    }

    private func patient() -> Identifier? {
        let reference = root["patient"]
        switch contained.target(of: reference, findings) {
        case .logical(let element): return identifier(element)
        case .contained(let patient) where patient.resourceType == "Patient":
            let identifiers = patient.each("identifier")
            let record = identifiers.first { $0["type"].has(Self.codeSystems + "v2-0203", "MR") }
            if let found = record ?? identifiers.first { return identifier(found) }
            missing(patient["identifier"])
        case .contained:
            findings.add(.value, "The reference should lead to a Patient", at: reference["reference"].path)
        case .literal, .missing:
            missing(reference["identifier"], "The patient is referred to by the hospital's number")
        case .broken: break
        }
        return nil
    }

    private func decision() -> ConsentDirective.Decision? {
        guard provision.isPresent else {
            missing(provision)
            return nil
        }
        guard let code = provision["type"].text else {
            missing(provision["type"])
            return nil
        }
        if let decision = ConsentDirective.Decision(rawValue: code) { return decision }
        findings.add(.codeInvalid, "The type should be permit or deny", at: provision["type"].path)
        return nil
    }

    /// Conditions we cannot keep are refused. A refusal (deny) may name any purpose or action: it blocks
    /// anyway.
    private func restrictions(_ decision: ConsentDirective.Decision?) {
        for name in ["securityLabel", "class", "code", "dataPeriod", "provision"]
        where provision[name].isPresent {
            findings.add(
                .notSupported, "A provision limited by this element cannot be kept, so it is refused",
                at: provision[name].path)
        }
        guard decision == .permit else { return }
        let actions = provision.each("action")
        if !actions.isEmpty,
            !actions.contains(where: { $0.has(Self.codeSystems + "consentaction", "disclose") })
        {
            findings.add(.notSupported, "An action should be consentaction#disclose", at: actions[0].path)
        }
        let purposes = provision.each("purpose")
        let isTreatment = purposes.contains { purpose in
            purpose["system"].text == Self.codeSystems + "v3-ActReason" && purpose["code"].text == "TREAT"
        }
        if !purposes.isEmpty, !isTreatment {
            findings.add(.notSupported, "A purpose should be v3-ActReason#TREAT", at: purposes[0].path)
        }
    }

    /// The one stay among `provision.data`.
    private func stay() -> Identifier? {
        guard provision.isPresent else { return nil }
        let data = provision.each("data")
        guard let first = data.first else {
            missing(provision["data"], "The stay is needed: a consent is per stay")
            return nil
        }
        guard data.count == 1 else {
            findings.add(.invalid, "Exactly one stay: a consent is per stay", at: data[1].path)
            return nil
        }
        if let meaning = first["meaning"].text, meaning != "related", meaning != "instance" {
            findings.add(
                .notSupported, "The meaning should be related or instance", at: first["meaning"].path)
        }
        return contained.stay(first["reference"], findings).flatMap(identifier)
    }

    /// The professional meant. A permission names exactly one; a refusal one or, for all, none.
    private func professional(_ decision: ConsentDirective.Decision?) -> String? {
        guard provision.isPresent else { return nil }
        let actors = provision.each("actor")
        guard let actor = actors.first else {
            if decision == .permit { missing(provision["actor"], "The professional is needed, by GLN") }
            return nil
        }
        guard actors.count == 1 else {
            findings.add(.invalid, "One consent per professional", at: actors[1].path)
            return nil
        }
        let isRecipient =
            actor["role"].has(Self.codeSystems + "v3-ParticipationType", "IRCP")
            || actor["role"].has("urn:oid:2.16.756.5.30.1.127.3.10.6", "HCP")
        if actor["role"].isPresent, !isRecipient {
            findings.add(
                .codeInvalid, "The role should be v3-ParticipationType#IRCP", at: actor["role"].path)
        }
        return contained.practitionerGLN(actor["reference"], findings)
    }
}
