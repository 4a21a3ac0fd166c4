import Directory
import Documents

/// What the professionals named for a stay and the patient's word on it mean for the right to send.
enum StayDesignation {
    /// Of the identifiers that such designations get.
    static let system = "urn:passerelle:stay"

    struct Wanted: Equatable {
        /// Nil for everybody.
        let gln: GLN?
        let decision: Designation.Decision
        let isActive: Bool
    }

    /// Pure. To be named is no consent: that is a word of the patient's, or of a sender known to name nobody without.
    /// - Parameter implied: whom such a sender itself named. What others name, or named before, is not his word.
    static func derive(
        _ named: [StayNews.Professional], consent: StayNews.Consent, implied: Set<GLN>
    ) -> [Wanted] {
        func isAgreed(_ gln: GLN) -> Bool {
            switch consent {
            case .given: true
            case .unknown: implied.contains(gln)
            case .refused, .rescinded: false
            }
        }
        return named.map {
            Wanted(gln: $0.gln, decision: .permit, isActive: $0.isNamed && isAgreed($0.gln))
        } + [Wanted(gln: nil, decision: .deny, isActive: consent == .refused)]
    }

    /// The identifier of a professional's designation for a stay; nil: of everybody's.
    static func identifier(_ stay: Stay, _ gln: GLN?) -> String {
        "\(stay.system)|\(stay.number)|\(gln?.rawValue ?? "*")"
    }
}
