/// The resources a resource carries inside, by their ids.
struct ContainedResources {
    private var byID: [String: Element] = [:]

    /// Two with the same id are an issue.
    init(of resource: Element, _ findings: Findings) {
        for contained in resource.each("contained") {
            guard let id = contained["id"].text else { continue }
            if byID[id] == nil {
                byID[id] = contained
            } else {
                findings.add(.invalid, "Two contained resources have this id", at: contained["id"].path)
            }
        }
    }

    /// What a reference points to.
    func target(of reference: Element, _ findings: Findings) -> ReferenceTarget {
        if let text = reference["reference"].text {
            if text.utf8.first == 0x23 {
                if let resource = byID[String(text.dropFirst())] { return .contained(resource) }
                findings.add(
                    .notFound, "No contained resource has the id this refers to",
                    at: reference["reference"].path)
                return .broken
            }
            if !reference["identifier"].isPresent { return .literal(text) }
        }
        return reference["identifier"].isPresent ? .logical(reference["identifier"]) : .missing
    }
}

/// Where a `Reference` leads.
enum ReferenceTarget {
    /// To a resource contained in the same one.
    case contained(Element)
    /// To whatever bears this identifier.
    case logical(Element)
    /// To a resource on a server, such as `Patient/1`.
    case literal(String)
    /// Nowhere: there is only a display text, or nothing at all.
    case missing
    /// To a contained resource that is not there; the issue is written down already.
    case broken
}
