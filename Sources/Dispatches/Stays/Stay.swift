public import Access
public import Directory
public import Documents
public import Storage

/// What a record system tells of a stay when a patient comes, changes or goes (HL7 v2 ADT).
public struct StayNews: Sendable {
    public enum Kind: String, Sendable, SQLBindable, SQLDecodable {
        case inpatient, ambulatory, emergency, unknown
    }

    /// The patient's word on electronic sending, for the whole stay.
    public enum Consent: String, Sendable, SQLBindable, SQLDecodable {
        case unknown, given
        /// Nothing may be sent to anybody.
        case refused
        /// What was given before is taken back.
        case rescinded
    }

    /// A professional who is named for the stay, or no longer.
    public struct Professional: Sendable, Equatable {
        public let gln: GLN
        public let isNamed: Bool

        public init(gln: GLN, isNamed: Bool) {
            self.gln = gln
            self.isNamed = isNamed
        }
    }

    public let stay: Stay
    public let kind: Kind
    /// Nil when the message says nothing about it.
    public let isClosed: Bool?
    /// His number and, as far as it is told, who he is.
    public let patient: ToldPatient
    public let professionals: [Professional]
    /// Nil when the message says nothing about it.
    public let consent: Consent?
    /// For how long a consent that is given holds; nil: until it is taken back.
    public let consentPeriod: ConsentPeriod?
    /// The sender is one for which naming somebody says that the patient agreed (`rolImpliesConsent`); that holds for whom
    /// it names itself.
    public let namingImpliesConsent: Bool
    /// A designation lives on so many days after the stay.
    public let followUpDays: Int

    public init(
        stay: Stay, kind: Kind, isClosed: Bool?, patient: ToldPatient, professionals: [Professional],
        consent: Consent?, consentPeriod: ConsentPeriod? = nil, namingImpliesConsent: Bool,
        followUpDays: Int
    ) {
        self.stay = stay
        self.kind = kind
        self.isClosed = isClosed
        self.patient = patient
        self.professionals = professionals
        self.consent = consent
        self.consentPeriod = consentPeriod
        self.namingImpliesConsent = namingImpliesConsent
        self.followUpDays = followUpDays
    }
}

/// The time for which a patient's word was given.
public struct ConsentPeriod: Sendable, Equatable {
    public let start: Timestamp?
    /// The first moment at which it holds no longer.
    public let end: Timestamp?

    public init(start: Timestamp?, end: Timestamp?) {
        self.start = start
        self.end = end
    }
}

/// A patient as patient administration tells of him.
public struct ToldPatient: Sendable {
    public let system: String
    public let number: String
    /// Nil when the message does not describe him.
    public let description: Description?

    public struct Description: Sendable, Equatable {
        public let familyName: String
        public let givenName: String
        /// ISO 8601 date.
        public let birthDate: String
        public let sex: Patient.Sex

        public init(familyName: String, givenName: String, birthDate: String, sex: Patient.Sex) {
            self.familyName = familyName
            self.givenName = givenName
            self.birthDate = birthDate
            self.sex = sex
        }
    }

    public init(system: String, number: String, description: Description?) {
        self.system = system
        self.number = number
        self.description = description
    }

    func patient(_ id: Patient.ID) -> Patient? {
        description.map {
            Patient(
                id: id, system: system, number: number, familyName: $0.familyName, givenName: $0.givenName,
                birthDate: $0.birthDate, sex: $0.sex)
        }
    }
}

/// A stay as it is known.
struct KnownStay: Sendable {
    let patientID: Patient.ID
    let startsOn: String?
    let endsOn: String?
    let isClosed: Bool
    let kind: StayNews.Kind
    let consent: StayNews.Consent
}

/// Why a message of patient administration is refused.
public enum StayRefusal: Refusal, Equatable, CaseIterable {
    /// The stay belongs to another patient.
    case otherPatient
    /// The patient number stands for somebody else: birth date and name both differ.
    case otherIdentity
    /// The number to be retired is the one that should survive.
    case sameNumber
    /// The number was merged into another one before.
    case mergedElsewhere

    public var kind: RefusalKind { self == .sameNumber ? .invalid : .conflict }

    public var rule: String {
        switch self {
        case .otherPatient: "stay.otherPatient"
        case .otherIdentity: "patient.otherIdentity"
        case .sameNumber: "merge.sameNumber"
        case .mergedElsewhere: "merge.elsewhere"
        }
    }
}
