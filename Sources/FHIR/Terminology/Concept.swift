/// A code of one of the Swiss value sets (CH Term 3.3.0), all of them in SNOMED CT.
/// This material includes SNOMED CT®, used under licence of SNOMED International; Switzerland is a member.
public struct Concept: Sendable, Equatable {
    public static let system = "http://snomed.info/sct"

    public let code: String
    /// The name in English, as `Coding.display` carries it.
    public let display: String
    /// The name in French, in lower case, with obvious slips of the published list put right.
    public let french: String

    init(_ code: String, _ display: String, _ french: String) {
        self.code = code
        self.display = display
        self.french = french
    }

    var coding: JSON { ["system": .string(Self.system), "code": .string(code), "display": .string(display)] }
}

/// A value set: what may stand in one element.
public struct ValueSet: Sendable {
    public let concepts: [Concept]
    private let byCode: [String: Concept]

    init(_ concepts: [Concept]) {
        self.concepts = concepts
        byCode = Dictionary(concepts.map { ($0.code, $0) }) { first, _ in first }
    }

    public subscript(code: String) -> Concept? { byCode[code] }

    /// A `CodeableConcept` of that code, with its display where it is known.
    func codeableConcept(_ code: String) -> JSON {
        let bare: JSON = ["system": .string(Concept.system), "code": .string(code)]
        return ["coding": [self[code]?.coding ?? bare]]
    }
}
