public import Access
public import Directory
public import Storage

/// A patient's word on one stay: this professional may receive documents electronically, or nobody may
/// (FHIR Consent). Never inherited by another stay (DPI-02).
public struct Designation: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }
    public enum Decision: String, Sendable, SQLBindable, SQLDecodable { case permit, deny }

    public let id: ID
    /// The sender's identifier of the consent.
    public let system: String
    public let identifier: String
    public let patientSystem: String
    public let patientNumber: String
    public let staySystem: String
    public let stayNumber: String
    /// Nil in a refusal that concerns everybody.
    public let gln: GLN?
    public let decision: Decision
    /// False once revoked.
    public let isActive: Bool
    /// ISO 8601 dates, both included.
    public let startsOn: String?
    public let endsOn: String?
    public let decidedAt: Timestamp
    /// Counts its changes, from 1.
    public let version: Int

    public init(
        id: ID, system: String, identifier: String, patientSystem: String, patientNumber: String,
        staySystem: String, stayNumber: String, gln: GLN?, decision: Decision, isActive: Bool,
        startsOn: String?,
        endsOn: String?, decidedAt: Timestamp, version: Int
    ) {
        self.id = id
        self.system = system
        self.identifier = identifier
        self.patientSystem = patientSystem
        self.patientNumber = patientNumber
        self.staySystem = staySystem
        self.stayNumber = stayNumber
        self.gln = gln
        self.decision = decision
        self.isActive = isActive
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.decidedAt = decidedAt
        self.version = version
    }

    /// - Parameter day: ISO 8601 date; such dates compare as texts.
    func isValid(on day: String) -> Bool {
        (startsOn.map { $0 <= day } ?? true) && (endsOn.map { day <= $0 } ?? true)
    }
}
