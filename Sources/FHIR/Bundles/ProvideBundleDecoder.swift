/// Turns a transaction Bundle into a `ProvideBundle`, or says everything that is wrong with it (IHE MHD ITI-65). Each
/// document is read by the decoder of ITI-105, with its bytes put in from its `Binary` and its recipients from the
/// submission set.
public enum ProvideBundleDecoder {
    /// Entries of one transaction.
    public static let maximumEntries = 50

    /// Decodes a resource read with `JSON.read`.
    public static func decode(_ json: JSON, _ options: SubmissionOptions = .init()) -> Decoded<ProvideBundle>
    {
        var decoding = BundleDecoding(options: options)
        decoding.frame(json)
        guard !decoding.findings.hasErrors else {
            return .refused(OperationOutcome(decoding.findings.issues))
        }
        decoding.submissionSet()
        for number in decoding.parts.indices { decoding.entry(number) }
        decoding.leftOver()
        guard !decoding.findings.hasErrors else {
            return .refused(OperationOutcome(decoding.findings.issues))
        }
        return .accepted(decoding.bundle, warnings: decoding.findings.issues)
    }
}

/// One Bundle being decoded.
struct BundleDecoding {
    let options: SubmissionOptions
    let findings = Findings()
    var parts: [Part] = []
    var bundle = ProvideBundle()
    /// What the submission set says of all documents.
    private var recipients: [JSON] = []
    private var listed: Set<String> = []
    /// The Binary of each document: entry and place of the document.
    private var usedBinaries: [Int: Int] = [:]

    /// An entry as it came.
    struct Part {
        let fullURL: String
        let resource: JSON
        let method: String
        let url: String
        var type: String { resource["resourceType"]?.text ?? "" }
    }

    init(options: SubmissionOptions) { self.options = options }

    /// The Bundle itself: its type, and what each entry asks for.
    mutating func frame(_ json: JSON) {
        guard json["resourceType"]?.text == "Bundle" else {
            return findings.add(
                .init(.invalid, "The resourceType should be Bundle", at: "Bundle.resourceType", status: 400))
        }
        guard json["type"]?.text == "transaction" else {
            return findings.add(
                .init(.invalid, "The type should be transaction", at: "Bundle.type", status: 400))
        }
        if json["implicitRules"] != nil {
            findings.add(.extension, "Implicit rules are not understood", at: "Bundle.implicitRules")
        }
        let entries = json["entry"]?.items ?? []
        guard entries.count <= ProvideBundleDecoder.maximumEntries else {
            return findings.add(
                .tooCostly, "More than \(ProvideBundleDecoder.maximumEntries) entries", at: "Bundle.entry")
        }
        for (number, entry) in entries.enumerated() {
            let place = "Bundle.entry[\(number)]"
            guard let resource = entry["resource"], let request = entry["request"],
                let method = request["method"]?.text, let url = request["url"]?.text
            else {
                findings.add(
                    .required, "An entry has a resource and a request with method and url", at: place)
                continue
            }
            for name in ["ifNoneExist", "ifMatch", "ifNoneMatch", "ifModifiedSince"]
            where request[name] != nil {
                findings.add(
                    .init(
                        .notSupported, "The condition is not kept here", at: "\(place).request.\(name)",
                        status: 400))
            }
            parts.append(
                Part(fullURL: entry["fullUrl"]?.text ?? "", resource: resource, method: method, url: url))
        }
        let urls = parts.map(\.fullURL).filter { !$0.isEmpty }
        if Set(urls).count < urls.count {
            findings.add(.invalid, "Two entries have the same fullUrl", at: "Bundle.entry")
        }
        if parts.isEmpty { findings.add(.required, "The Bundle is empty", at: "Bundle.entry") }
    }

    /// The one submission set: its recipients are those of its documents.
    mutating func submissionSet() {
        let sets = parts.indices.filter { isSubmissionSet(parts[$0].resource) }
        guard let number = sets.first, sets.count == 1 else {
            return findings.add(
                .required, "Exactly one List is the SubmissionSet: code submissionset of MHDlistTypes",
                at: "Bundle.entry")
        }
        let place = "Bundle.entry[\(number)].resource"
        let list = Element(json: parts[number].resource, path: place)
        if list["modifierExtension"].isPresent {
            findings.add(
                .extension, "Modifier extensions are not understood", at: "\(place).modifierExtension")
        }
        if list["status"].text != "current" {
            findings.add(.codeInvalid, "The status should be current", at: "\(place).status")
        }
        if list.extensions([Self.mhd + "ihe-sourceId"]).isEmpty {
            findings.add(.required, "The sourceId of the sender is needed", at: "\(place).extension")
        }
        if list.each("identifier").isEmpty {
            findings.add(
                .required, "The unique identifier of the submission is needed", at: "\(place).identifier")
        }
        listed = Set(list.each("entry").compactMap { $0["item"]["reference"].text })
        let contained = ContainedResources(of: list, findings)
        recipients = list.extensions([DocumentSubmission.recipientExtension]).compactMap { element in
            guard let gln = practitioner(element["valueReference"], contained) else { return nil }
            return .object([
                .init("url", .string(DocumentSubmission.recipientExtension)),
                .init(
                    "valueReference",
                    .reference("Practitioner", Identifier(system: GS1.glnSystem, value: gln))),
            ])
        }
    }

    private func practitioner(_ reference: Element, _ contained: ContainedResources) -> String? {
        if let text = reference["reference"].text, let part = parts.first(where: { $0.fullURL == text }) {
            let identifiers = Element(json: part.resource, path: reference.path).each("identifier")
            if let gln = identifiers.lazy.compactMap({ $0.gln(findings) }).first { return gln }
        }
        return contained.practitionerGLN(reference, findings)
    }

    static let mhd = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/"

    private func isSubmissionSet(_ resource: JSON) -> Bool { Self.list(resource, is: "submissionset") }

    static func list(_ resource: JSON, is code: String) -> Bool {
        resource["resourceType"]?.text == "List"
            && Element(json: resource["code"], path: "").has(
                "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes", code)
    }

    /// One entry, by its type and what it asks for.
    mutating func entry(_ number: Int) {
        let part = parts[number]
        switch (part.type, part.method) {
        case ("List", "POST"), ("List", "PUT"):
            bundle.needs.insert("List.c")
            bundle.entries.append(isSubmissionSet(part.resource) ? .submissionSet : folder(number))
        case ("DocumentReference", "POST"):
            bundle.needs.formUnion(["DocumentReference.c", "Binary.c"])
            document(number)
        case ("Binary", "POST"): bundle.entries.append(.binary(number))
        case ("Patient", "POST"), ("Patient", "PUT"): bundle.entries.append(.patient)
        case ("Practitioner", _), ("PractitionerRole", _), ("Organization", _):
            findings.add(
                .notSupported, "People and organisations are contained in what refers to them",
                at: "Bundle.entry[\(number)].resource")
        case ("Parameters", "PATCH"): supersede(number)
        case ("Bundle", _):
            findings.add(
                .notSupported, "FHIR documents are not taken", at: "Bundle.entry[\(number)].resource",
                details: "FHIRDocumentNotSupported")
        default:
            findings.add(
                .notSupported, "An entry is a List, DocumentReference, Binary or Patient to POST, or a PATCH",
                at: "Bundle.entry[\(number)].request")
        }
    }

    private func folder(_ number: Int) -> ProvideBundle.Entry {
        findings.warn(
            .notSupported, "Folders are not kept", at: "Bundle.entry[\(number)].resource",
            details: "PartialFolderContentNotProcessed")
        return .folder
    }

    private mutating func document(_ number: Int) {
        let part = parts[number]
        if !listed.contains(part.fullURL) {
            findings.add(
                .invalid, "The SubmissionSet does not name this document",
                at: "Bundle.entry[\(number)].fullUrl")
        }
        guard let whole = whole(part.resource, number) else { return }
        switch DocumentReferenceDecoder.decode(whole, options) {
        case .refused(let outcome):
            for issue in outcome.issues { findings.add(issue.inEntry(number)) }
        case .accepted(let submission, let warnings):
            bundle.entries.append(.document(bundle.documents.count))
            bundle.documents.append(
                .init(submission: submission, entry: number, warnings: warnings.map { $0.inEntry(number) }))
        }
    }

    /// The mark of UpdateDocumentRefs: the status of an older document becomes superseded, and nothing else.
    private mutating func supersede(_ number: Int) {
        bundle.needs.insert("DocumentReference.u")
        let part = parts[number]
        let place = "Bundle.entry[\(number)]"
        let words = part.url.split(separator: "/").map(String.init)
        guard words.count == 2, words[0] == "DocumentReference" else {
            return findings.add(.value, "A PATCH names DocumentReference/{id}", at: "\(place).request.url")
        }
        guard StatusPatch.status(in: part.resource) == "superseded" else {
            return findings.add(
                .notSupported, "Here a PATCH makes a document superseded, and changes nothing else",
                at: "\(place).resource")
        }
        bundle.superseded.append(words[1])
        bundle.entries.append(.superseded(words[1]))
    }

    /// What nobody refers to is a mistake of the sender.
    mutating func leftOver() {
        if bundle.documents.isEmpty, !findings.hasErrors {
            findings.add(.required, "The Bundle has no document", at: "Bundle.entry")
        }
        for number in parts.indices where parts[number].type == "Binary" && usedBinaries[number] == nil {
            findings.add(.invalid, "No document refers to this Binary", at: "Bundle.entry[\(number)].fullUrl")
        }
        bundle.entries = bundle.entries.map { entry in
            if case .binary(let number) = entry { .binary(usedBinaries[number] ?? 0) } else { entry }
        }
    }

    /// The document as ITI-105 would have sent it: bytes inside, recipients and patient too.
    private mutating func whole(_ resource: JSON, _ number: Int) -> JSON? {
        let place = "Bundle.entry[\(number)].resource.content[0].attachment.url"
        guard case .object(var members) = resource else { return resource }
        let attachment = resource["content"]?.items.first?["attachment"]
        let url = attachment?["url"]?.text
        guard let url, let binary = parts.firstIndex(where: { $0.fullURL == url && $0.type == "Binary" })
        else {
            findings.add(.required, "The url should be the fullUrl of a Binary of this Bundle", at: place)
            return nil
        }
        guard usedBinaries[binary] == nil else {
            findings.add(.invalid, "Another document has this Binary already", at: place)
            return nil
        }
        usedBinaries[binary] = bundle.documents.count
        let bytes = parts[binary].resource
        if let type = bytes["contentType"]?.text, let own = attachment?["contentType"]?.text, type != own {
            findings.add(.invalid, "The contentType is not that of the Binary", at: place)
            return nil
        }
        members.change("content") { content in
            guard case .array(var items) = content, !items.isEmpty else { return content }
            items[0] = items[0].changing("attachment") { attachment in
                attachment.removing("url").setting("data", bytes["data"])
            }
            return .array(items)
        }
        return withRecipients(withPatient(.object(members)))
    }

    /// A document that names its own recipients keeps them.
    private func withRecipients(_ resource: JSON) -> JSON {
        let own = Element(json: resource, path: "").extensions([DocumentSubmission.recipientExtension])
        guard own.isEmpty, !recipients.isEmpty else { return resource }
        return resource.setting("extension", .array((resource["extension"]?.items ?? []) + recipients))
    }

    /// A patient who stands in an entry of his own is put into the document.
    private func withPatient(_ resource: JSON) -> JSON {
        guard let reference = resource["subject"]?["reference"]?.text,
            let part = parts.first(where: { $0.fullURL == reference && $0.type == "Patient" })
        else { return resource }
        let patient = part.resource.setting("id", "bundle-patient")
        return
            resource
            .setting("contained", .array((resource["contained"]?.items ?? []) + [patient]))
            .setting("subject", ["reference": "#bundle-patient"])
    }
}
