/// A speciality by its SNOMED CT code of the Swiss value set for practice settings (D20), with the word under which the
/// hospital's people find it. A register will be the source once one is connected.
public struct Speciality: Sendable, Hashable {
    public let code: String
    /// French.
    public let name: String

    private init(_ code: String, _ name: String) {
        self.code = code
        self.name = name
    }

    public init?(code: String) {
        guard let known = Self.all.first(where: { $0.code.utf8.elementsEqual(code.utf8) }) else { return nil }
        self = known
    }

    /// In the order of the form.
    public static let all: [Speciality] = [
        Speciality("394577000", "Anesthésiologie"),
        Speciality("722414000", "Angiologie"),
        Speciality("394579002", "Cardiologie"),
        Speciality("722170006", "Chiropractie"),
        Speciality("394609007", "Chirurgie"),
        Speciality("408466002", "Chirurgie cardiaque"),
        Speciality("394801008", "Chirurgie orthopédique et traumatologie"),
        Speciality("394611003", "Chirurgie plastique, reconstructrice et esthétique"),
        Speciality("408456005", "Chirurgie thoracique"),
        Speciality("408463005", "Chirurgie vasculaire"),
        Speciality("722163006", "Médecine dentaire"),
        Speciality("394582007", "Dermatologie et vénérologie"),
        Speciality("722164000", "Diététique et nutrition"),
        Speciality("394583002", "Endocrinologie et diabétologie"),
        Speciality("310093001", "Ergothérapie"),
        Speciality("394584008", "Gastroentérologie"),
        Speciality("394580004", "Génétique médicale"),
        Speciality("394811001", "Gériatrie"),
        Speciality("394586005", "Gynécologie"),
        Speciality("394803006", "Hématologie"),
        Speciality("394805004", "Immunologie et allergologie"),
        Speciality("310101009", "Logopédie"),
        Speciality("394807007", "Maladies infectieuses"),
        Speciality("310025004", "Médecine complémentaire"),
        Speciality("773568002", "Médecine d’urgence"),
        Speciality("394802001", "Médecine générale"),
        Speciality("408478003", "Médecine intensive"),
        Speciality("419192003", "Médecine interne générale"),
        Speciality("394649004", "Médecine nucléaire"),
        Speciality("394806003", "Médecine palliative"),
        Speciality("408448007", "Médecine tropicale et des voyages"),
        Speciality("394589003", "Néphrologie"),
        Speciality("394610002", "Neurochirurgie"),
        Speciality("394591006", "Neurologie"),
        Speciality("408470005", "Obstétrique"),
        Speciality("394592004", "Oncologie"),
        Speciality("394594003", "Ophtalmologie"),
        Speciality("418960008", "Oto-rhino-laryngologie"),
        Speciality("416304004", "Ostéopathie"),
        Speciality("394595002", "Pathologie"),
        Speciality("394537008", "Pédiatrie"),
        Speciality("310080006", "Pharmacie"),
        Speciality("722138006", "Physiothérapie"),
        Speciality("418112009", "Pneumologie"),
        Speciality("310087009", "Podologie"),
        Speciality("394587001", "Psychiatrie et psychothérapie"),
        Speciality("722162001", "Psychologie"),
        Speciality("394914008", "Radiologie"),
        Speciality("419815003", "Radio-oncologie"),
        Speciality("394602003", "Réadaptation"),
        Speciality("394810000", "Rhumatologie"),
        Speciality("722165004", "Soins infirmiers"),
        Speciality("394612005", "Urologie"),
    ]
}
