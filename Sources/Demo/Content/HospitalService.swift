/// The services of the fictional hospital that write letters.
struct HospitalService: Sendable {
    let name: String
    /// SNOMED CT, Swiss value set DocumentEntry.practiceSettingCode.
    let code: String
    let phone: String
    let physicians: [String]

    /// As the letterhead has it: « Service d’orthopédie … ».
    var department: String {
        switch name {
        case Self.laboratory.name: name
        case Self.emergency.name: "Service des urgences"
        default:
            "Service " + ("AEIOU".contains(name.prefix(1)) ? "d’" : "de ") + name.lowercased()
        }
    }

    static let medicine = HospitalService(
        name: "Médecine interne", code: "419192003", phone: "022 000 12 00",
        physicians: ["Dre Sylvie Comte", "Dr Alain Perrin", "Dre Inès Rodrigues"])
    static let cardiology = HospitalService(
        name: "Cardiologie", code: "394579002", phone: "022 000 13 00",
        physicians: ["Dr Marc Aebischer", "Dre Laure Bonvin"])
    static let emergency = HospitalService(
        name: "Urgences", code: "773568002", phone: "022 000 10 00",
        physicians: ["Dr Yann Girod", "Dre Camille Roth", "Dr Besnik Krasniqi"])
    static let radiology = HospitalService(
        name: "Radiologie", code: "394914008", phone: "022 000 14 00",
        physicians: ["Dre Nathalie Wuest", "Dr Olivier Tissot"])
    static let laboratory = HospitalService(
        name: "Laboratoire", code: "708184003", phone: "022 000 15 00",
        physicians: ["Dr Stefano Ricci", "Dre Anne Pittet"])
    static let pathology = HospitalService(
        name: "Pathologie", code: "394595002", phone: "022 000 15 50", physicians: ["Dre Hanna Lindqvist"])
    static let orthopaedics = HospitalService(
        name: "Orthopédie et traumatologie", code: "394801008", phone: "022 000 16 00",
        physicians: ["Dr Philippe Mottier", "Dre Elena Kovacs"])
    static let surgery = HospitalService(
        name: "Chirurgie viscérale", code: "394609007", phone: "022 000 17 00",
        physicians: ["Dr Thierry Vuilleumier", "Dre Sarah Benali"])
    static let neurology = HospitalService(
        name: "Neurologie", code: "394591006", phone: "022 000 18 00",
        physicians: ["Dre Mélanie Jaccard", "Dr Daniel Oberson"])
    static let oncology = HospitalService(
        name: "Oncologie", code: "394592004", phone: "022 000 19 00", physicians: ["Dre Patricia Zufferey"])
    static let gastroenterology = HospitalService(
        name: "Gastro-entérologie", code: "394584008", phone: "022 000 20 00",
        physicians: ["Dr Fabrice Moret"])
    static let pneumology = HospitalService(
        name: "Pneumologie", code: "418112009", phone: "022 000 21 00", physicians: ["Dre Valérie Clerc"])
    static let endocrinology = HospitalService(
        name: "Endocrinologie et diabétologie", code: "394583002", phone: "022 000 22 00",
        physicians: ["Dr Julien Carrard"])
    static let nephrology = HospitalService(
        name: "Néphrologie", code: "394589003", phone: "022 000 23 00", physicians: ["Dre Monica Stauffer"])
    static let angiology = HospitalService(
        name: "Angiologie", code: "722414000", phone: "022 000 24 00", physicians: ["Dr Raphaël Dubuis"])
    static let rheumatology = HospitalService(
        name: "Rhumatologie", code: "394810000", phone: "022 000 25 00", physicians: ["Dre Isabelle Gerber"])
    static let urology = HospitalService(
        name: "Urologie", code: "394612005", phone: "022 000 26 00", physicians: ["Dr Christian Rey"])
    static let geriatrics = HospitalService(
        name: "Gériatrie et réadaptation", code: "394811001", phone: "022 000 27 00",
        physicians: ["Dre Madeleine Pache"])
    static let ophthalmology = HospitalService(
        name: "Ophtalmologie", code: "394594003", phone: "022 000 28 00", physicians: ["Dr Karim Haddad"])
    static let paediatrics = HospitalService(
        name: "Pédiatrie", code: "394537008", phone: "022 000 29 00",
        physicians: ["Dre Aurélie Savary", "Dr Tobias Meier"])
    static let obstetrics = HospitalService(
        name: "Obstétrique", code: "408470005", phone: "022 000 30 00",
        physicians: ["Dre Catherine Blanc", "Dr Nicolas Chappuis"])
}
