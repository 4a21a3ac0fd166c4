/// One element of a resource together with its place, for reading after `StructureCheck`. A missing element
/// is an `Element` too, so that what is below it can be asked for and simply is not there.
struct Element {
    let json: JSON?
    /// Its FHIRPath.
    let path: String

    var isPresent: Bool { json != nil }
    var text: String? { json?.text }

    /// The element below of that name.
    subscript(name: String) -> Element { Element(json: json?[name], path: "\(path).\(name)") }

    /// The items of a list below, in order; none when it is not there.
    func each(_ name: String) -> [Element] {
        guard case .array(let items)? = json?[name] else { return [] }
        return items.enumerated().map { Element(json: $1, path: "\(path).\(name)[\($0)]") }
    }

    /// The text items of a list below, without the padding of primitive lists.
    func texts(_ name: String) -> [String] { each(name).compactMap(\.text) }

    /// The extensions of any of these URLs.
    func extensions(_ urls: [String]) -> [Element] {
        each("extension").filter { urls.contains($0["url"].text ?? "") }
    }

    var resourceType: String? { self["resourceType"].text }

    /// A code in one of these systems; the first when there are several.
    func code(in systems: [String]) -> String? {
        each("coding").first { systems.contains($0["system"].text ?? "") && $0["code"].isPresent }?["code"]
            .text
    }

    /// True when a concept has this coding.
    func has(_ system: String, _ code: String) -> Bool {
        each("coding").contains { $0["system"].text == system && $0["code"].text == code }
    }

    var dateTime: DateTime? { text.flatMap(DateTime.init) }

    var period: Period? {
        isPresent ? Period(start: self["start"].dateTime, end: self["end"].dateTime) : nil
    }
}

/// An identifier with its namespace, such as a hospital's patient number.
public struct Identifier: Sendable, Hashable {
    public let system: String
    public let value: String

    public init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}

extension Element {
    /// The identifier here, when both of its halves are given.
    var identifier: Identifier? {
        guard let system = self["system"].text, let value = self["value"].text else { return nil }
        return Identifier(system: system, value: value)
    }
}
