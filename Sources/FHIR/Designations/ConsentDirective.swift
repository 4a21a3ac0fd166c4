/// What a patient decided about one stay, as a hospital sends it in a FHIR `Consent`: a professional may
/// receive its documents electronically (a designation), or may not, or nobody may.
public struct ConsentDirective: Sendable, Equatable {
    /// The sender's identifier of this decision, the key of a conditional update.
    public let identifier: Identifier
    public let state: State
    public let decision: Decision
    /// The hospital's number of the patient.
    public let patient: Identifier
    /// The stay or ambulatory follow-up it is about.
    public let stay: Identifier
    /// The GLN of the professional. Always there for a permission; a refusal without one blocks everybody.
    public let professional: String?
    /// How long it holds; open where an end is not given.
    public let period: Period?
    /// When the patient decided.
    public let decidedAt: DateTime?

    /// `Consent.status`, as far as it is accepted.
    public enum State: String, Sendable {
        case active, inactive
        /// Sent by mistake: it never was.
        case enteredInError = "entered-in-error"
    }

    /// `Consent.provision.type`.
    public enum Decision: String, Sendable { case permit, deny }

    public init(
        identifier: Identifier, state: State, decision: Decision, patient: Identifier, stay: Identifier,
        professional: String?, period: Period?, decidedAt: DateTime?
    ) {
        self.identifier = identifier
        self.state = state
        self.decision = decision
        self.patient = patient
        self.stay = stay
        self.professional = professional
        self.period = period
        self.decidedAt = decidedAt
    }

    // Places of the elements that rules outside this module speak about, as FHIRPath.
    public static let identifierExpression = "Consent.identifier"
    public static let professionalExpression = "Consent.provision.actor"
}
