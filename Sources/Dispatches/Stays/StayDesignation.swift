import Directory

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
    static func derive(
        _ named: [StayNews.Professional], consent: StayNews.Consent, namingImpliesConsent: Bool
    ) -> [Wanted] {
        let agreed =
            switch consent {
            case .given: true
            case .unknown: namingImpliesConsent
            case .refused, .rescinded: false
            }
        return named.map { Wanted(gln: $0.gln, decision: .permit, isActive: $0.isNamed && agreed) }
            + [Wanted(gln: nil, decision: .deny, isActive: consent == .refused)]
    }
}
