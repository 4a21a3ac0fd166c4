/// The one change of a document's metadata that is taken: its status (IHE MHD UpdateDocumentRefs).
public enum StatusPatch {
    /// The new status that a FHIRPath patch asks for; nil when it asks for anything else.
    public static func status(in parameters: JSON) -> String? {
        guard parameters["resourceType"]?.text == "Parameters",
            let operation = parameters["parameter"]?.items.first, parameters["parameter"]?.items.count == 1,
            operation["name"]?.text == "operation"
        else { return nil }
        var values: [String: String] = [:]
        for part in operation["part"]?.items ?? [] {
            guard let name = part["name"]?.text else { return nil }
            let value = ["valueString", "valueCode"].lazy.compactMap { part[$0]?.text }.first
            guard let value, values[name] == nil else { return nil }
            values[name] = value
        }
        guard values["type"] == "replace", values["path"] == "DocumentReference.status", values.count == 3
        else {
            return nil
        }
        return values["value"]
    }
}

extension JSON {
    /// The same object with this member set; nil removes it.
    func setting(_ name: String, _ value: JSON?) -> JSON {
        guard case .object(let members) = self else { return self }
        let others = members.filter { $0.name != name }
        return .object(others + (value.map { [Member(name, $0)] } ?? []))
    }

    func removing(_ name: String) -> JSON { setting(name, nil) }

    /// The same object with this member changed, if it is there.
    func changing(_ name: String, _ change: (JSON) -> JSON) -> JSON {
        guard let value = self[name] else { return self }
        return setting(name, change(value))
    }
}

extension [JSON.Member] {
    /// Changes the member of this name, if it is there.
    mutating func change(_ name: String, _ change: (JSON) -> JSON) {
        guard let index = firstIndex(where: { $0.name == name }) else { return }
        self[index] = JSON.Member(name, change(self[index].value))
    }
}
