/// The document's own identity and its place among other documents.
extension SubmissionDecoding {
    func masterIdentifier() -> Identifier? {
        let element = root["masterIdentifier"]
        guard element.isPresent else {
            missing(element)
            return nil
        }
        return documentIdentifier(element)
    }

    /// A document's unique identifier: an OID or a UUID as a URN.
    private func documentIdentifier(_ element: Element) -> Identifier? {
        guard let identifier = identifier(element) else { return nil }
        guard identifier.system == "urn:ietf:rfc:3986" else {
            findings.add(.value, "The system should be urn:ietf:rfc:3986", at: element["system"].path)
            return nil
        }
        guard identifier.value.isOIDURN || identifier.value.isUUIDURN else {
            findings.add(
                .value, "The value should be urn:oid: or urn:uuid: and a well-formed OID or UUID",
                at: element["value"].path)
            return nil
        }
        return identifier
    }

    /// What this document replaces. Other relations are not kept, which is a warning as MHD wants it.
    func predecessor(of own: Identifier?) -> DocumentSubmission.Predecessor? {
        var predecessors: [DocumentSubmission.Predecessor] = []
        for relation in root.each("relatesTo") {
            let code = relation["code"]
            switch code.text {
            case "replaces":
                if let target = predecessor(relation["target"], own: own) { predecessors.append(target) }
                if predecessors.count > 1 {
                    findings.add(.notSupported, "A document can replace only one other", at: relation.path)
                }
            case "transforms", "appends", "signs":
                let details = [
                    "transforms": "PartialTransformContentNotProcessed",
                    "appends": "PartialAppendContentNotProcessed",
                ]
                findings.warn(
                    .notSupported, "This relation is not kept; the document is published on its own",
                    at: code.path, details: details[code.text ?? ""])
            case nil: break
            default:
                findings.add(
                    .codeInvalid, "The code should be replaces, transforms, signs or appends", at: code.path)
            }
        }
        return predecessors.first
    }

    private func predecessor(_ target: Element, own: Identifier?) -> DocumentSubmission.Predecessor? {
        switch contained.target(of: target, findings) {
        case .logical(let element):
            guard let identifier = documentIdentifier(element) else { return nil }
            if identifier == own {
                findings.add(.invalid, "A document cannot replace itself", at: element["value"].path)
                return nil
            }
            return .masterIdentifier(identifier)
        case .literal(let reference):
            if let id = documentID(in: reference) { return .id(id) }
            findings.add(
                .value, "The reference should be DocumentReference/{id} of this server",
                at: target["reference"].path)
        case .contained(let element):
            findings.add(
                .value, "The document replaced cannot be contained in its successor", at: element.path)
        case .missing:
            missing(target["identifier"], "The document replaced is named by its masterIdentifier")
        case .broken: break
        }
        return nil
    }

    private func documentID(in reference: String) -> String? {
        var rest = Substring(reference).utf8
        if let base = options.base, rest.starts(with: "\(base)/".utf8) {
            rest = rest.dropFirst(base.utf8.count + 1)
        }
        let prefix = "DocumentReference/".utf8
        guard rest.starts(with: prefix) else { return nil }
        let id = String(decoding: rest.dropFirst(prefix.count), as: UTF8.self)
        return id.isResourceID ? id : nil
    }
}

extension String {
    /// `urn:oid:` and numbers without leading zeros, divided by dots.
    var isOIDURN: Bool {
        let prefix = "urn:oid:".utf8
        guard utf8.starts(with: prefix), utf8.count <= 136 else { return false }
        let arcs = utf8.dropFirst(prefix.count).split(separator: 0x2E, omittingEmptySubsequences: false)
        guard arcs.count >= 2, let first = arcs.first?.first, 0x30...0x32 ~= first, arcs[0].count == 1 else {
            return false
        }
        return arcs.allSatisfy { arc in
            !arc.isEmpty && arc.allSatisfy { 0x30...0x39 ~= $0 } && (arc.count == 1 || arc.first != 0x30)
        }
    }

    /// `urn:uuid:` and the 8-4-4-4-12 hexadecimal digits of a UUID.
    var isUUIDURN: Bool {
        let prefix = "urn:uuid:".utf8
        guard utf8.starts(with: prefix) else { return false }
        let groups = utf8.dropFirst(prefix.count).split(separator: 0x2D, omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { hexadecimalDigit($0) != nil } }
    }
}
