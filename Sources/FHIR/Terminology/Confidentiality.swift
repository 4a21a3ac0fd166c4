extension ValueSet {
    /// `DocumentEntry.confidentialityCode` (`DocumentReference.securityLabel`).
    public static let confidentialities = ValueSet(Confidentiality.allCases.map(\.concept))
}

/// How confidential a document is, from the least to the most.
public enum Confidentiality: String, Sendable, CaseIterable, Comparable {
    case normal = "17621005"
    case restricted = "263856008"
    case secret = "1141000195107"

    static let hl7System = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

    /// Reads a code of SNOMED CT, or N, R, V of HL7 by CH Term's map.
    init?(system: String, code: String) {
        switch system {
        case Concept.system: self.init(rawValue: code)
        case Self.hl7System:
            switch code {
            case "N": self = .normal
            case "R": self = .restricted
            case "V": self = .secret
            default: return nil
            }
        default: return nil
        }
    }

    private var rank: Int {
        switch self {
        case .normal: 0
        case .restricted: 1
        case .secret: 2
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    var concept: Concept {
        switch self {
        case .normal: Concept(rawValue, "Normal (qualifier value)", "normal")
        case .restricted: Concept(rawValue, "Restricted (qualifier value)", "restreint")
        case .secret: Concept(rawValue, "Secret (qualifier value)", "secret")
        }
    }
}
