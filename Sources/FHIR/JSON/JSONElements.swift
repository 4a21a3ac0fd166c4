extension Identifier {
    func json(use: String? = nil) -> JSON {
        ["use": use.map { .string($0) }, "system": .string(system), "value": .string(value)]
    }
}

extension JSON {
    /// A logical reference: to whatever of that type bears this identifier.
    static func reference(_ type: String, _ identifier: Identifier) -> JSON {
        ["type": .string(type), "identifier": identifier.json()]
    }

    /// A `Coding`.
    static func coding(_ system: String, _ code: String, _ display: String? = nil) -> JSON {
        ["system": .string(system), "code": .string(code), "display": display.map { .string($0) }]
    }

    /// A `CodeableConcept` of one coding.
    static func concept(_ system: String, _ code: String, _ display: String? = nil) -> JSON {
        ["coding": [coding(system, code, display)]]
    }
}
