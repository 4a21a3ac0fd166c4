public import Access
public import Storage

/// The professions that accounts are open to (ACC-39). The raw value is stored; HIN's codes of requirements 5.6.
public enum Profession: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    case physician, nurse, physiotherapist, occupationalTherapist, dietician, psychotherapist, dentist,
        pharmacist
    case chiropractor, midwife, complementaryMedicine, socialService, speechTherapist, lactationConsultant
    /// Medical assistants and secretariats: they act for somebody else, by delegation.
    case assistant
    case other

    /// The profession of HIN's `personcodes`; nil where it says none.
    public init?(hinCode: Int) {
        switch hinCode {
        case 10: self = .physician
        case 11: self = .nurse
        case 12: self = .physiotherapist
        case 13: self = .occupationalTherapist
        case 14: self = .dietician
        case 15: self = .psychotherapist
        case 16: self = .dentist
        case 17: self = .pharmacist
        case 18: self = .chiropractor
        case 19: self = .midwife
        case 20: self = .complementaryMedicine
        case 21: self = .socialService
        case 22: self = .speechTherapist
        case 23: self = .lactationConsultant
        case 24: self = .other
        default: return nil
        }
    }

    /// The word under which the directory shows it, in French as all that a professional has typed.
    public var frenchName: String {
        switch self {
        case .physician: "Médecin"
        case .nurse: "Infirmière ou infirmier"
        case .physiotherapist: "Physiothérapeute"
        case .occupationalTherapist: "Ergothérapeute"
        case .dietician: "Diététicienne ou diététicien"
        case .psychotherapist: "Psychothérapeute"
        case .dentist: "Médecin-dentiste"
        case .pharmacist: "Pharmacienne ou pharmacien"
        case .chiropractor: "Chiropraticienne ou chiropraticien"
        case .midwife: "Sage-femme"
        case .complementaryMedicine: "Thérapeute complémentaire"
        case .socialService: "Service social"
        case .speechTherapist: "Logopédiste"
        case .lactationConsultant: "Consultante ou consultant en lactation"
        case .assistant: "Assistante ou assistant médical, secrétariat"
        case .other: "Autre profession de la santé"
        }
    }

    /// What an account of this profession is: assistants act by delegation and have no space of their own (D02).
    public var role: Account.Role { self == .assistant ? .delegate : .practitioner }
}

/// What the hospital lets a profession have (D45). Without a row: everything.
public struct ProfessionRule: Sendable, Equatable {
    public let profession: Profession
    /// Whether accounts may be asked for.
    public let mayAsk: Bool
    /// Whether documents may be addressed to it.
    public let mayReceive: Bool
    /// Codes of the document types that are not addressed to it.
    public let withheldTypes: Set<String>

    public init(
        profession: Profession, mayAsk: Bool = true, mayReceive: Bool = true, withheldTypes: Set<String> = []
    ) {
        self.profession = profession
        self.mayAsk = mayAsk
        self.mayReceive = mayReceive
        self.withheldTypes = withheldTypes
    }

    /// The codes in a column, between spaces.
    static func types(_ column: String) -> Set<String> { Set(column.split(separator: " ").map(String.init)) }
}
