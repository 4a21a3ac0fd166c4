/// One event of the audit trail as plain values, to be shown as a FHIR `AuditEvent` in one of two forms that
/// exclude each other: IHE BALP 1.1.4 for auditors, and the shape of CH:ATC for patients. It holds codes,
/// identifiers and names of professionals, never document content, free text or secrets.
public struct TrailEvent: Sendable {
    public var id: String
    public var kind: Kind
    /// An instant with milliseconds and zone, already written out.
    public var recorded: String
    public var outcome = Outcome.success
    /// The rule that refused, as one of our own codes.
    public var rule: String?
    public var purpose = Purpose.normal
    /// The transaction, such as `ITI-105`.
    public var transaction: String?
    /// Our own word for the act, which tells a download from a reading: code system and code.
    public var act: (system: String, code: String)?
    /// The code of the Swiss audit trail consumption, such as `ATC_DOC_READ`; without it there is no ATC
    /// form.
    public var atcCode: String?
    public var client: Endpoint
    public var server: Endpoint
    /// The installation's OID, without `urn:oid:`.
    public var site: String
    /// The person who acted and, when that was for another, the professional they acted for.
    public var agents: [Agent] = []
    public var patient: Identifier?
    public var document: Document?
    /// The trace of the request, as in the header `traceparent`.
    public var traceparent: String?
    public var requestID: String?

    /// What was done, as far as FHIR tells acts apart.
    public enum Kind: String, Sendable {
        case create, read, update, delete
        case search = "search-type"
        case signIn, signInRefused, signOut
        /// Anything else the portal did, such as sending a notice.
        case operation
    }

    /// FHIR's `audit-event-outcome`.
    public enum Outcome: String, Sendable {
        case success = "0"
        /// Refused by a rule.
        case minor = "4"
        /// Failed for a technical reason.
        case serious = "8"
        case major = "12"
    }

    /// Purpose of use of the Swiss EPR.
    public enum Purpose: String, Sendable {
        case normal = "NORM"
        case emergency = "EMER"
        case automatic = "AUTO"
    }

    /// A machine that took part.
    public struct Endpoint: Sendable {
        public var name: String
        public var address: String?
        public var addressType: AddressType

        /// FHIR's `network-type`.
        public enum AddressType: String, Sendable {
            case machineName = "1"
            case ip = "2"
            case uri = "5"
        }

        public init(name: String, address: String? = nil, addressType: AddressType = .ip) {
            self.name = name
            self.address = address
            self.addressType = addressType
        }
    }

    /// A person, or a system with an account.
    public struct Agent: Sendable {
        public var identifier: Identifier
        public var name: String
        public var role: Role
        /// True for the one who acted, false for the one they acted for.
        public var isRequestor: Bool

        /// Roles of the Swiss EPR.
        public enum Role: String, Sendable {
            case professional = "HCP"
            case assistant = "ASS"
            case technical = "TCU"
            case administrator = "DADM"
            case patient = "PAT"
        }

        public init(identifier: Identifier, name: String, role: Role, isRequestor: Bool) {
            self.identifier = identifier
            self.name = name
            self.role = role
            self.isRequestor = isRequestor
        }
    }

    /// The document or other resource it was done to.
    public struct Document: Sendable {
        /// Relative, such as `DocumentReference/8a1f`; nil for a document that was never taken in.
        public var reference: String?
        public var identifier: Identifier?
        public var typeCode: String?
        public var title: String?
        /// The number of the stay it belongs to.
        public var stay: String?
        /// Under which its sender knows it.
        public var masterIdentifier: String?
        /// Name and GLN of the one to whom the event brought it.
        public var recipient: String?

        public init(
            reference: String?, identifier: Identifier? = nil, typeCode: String? = nil, title: String? = nil
        ) {
            self.reference = reference
            self.identifier = identifier
            self.typeCode = typeCode
            self.title = title
        }
    }

    public init(id: String, kind: Kind, recorded: String, client: Endpoint, server: Endpoint, site: String) {
        self.id = id
        self.kind = kind
        self.recorded = recorded
        self.client = client
        self.server = server
        self.site = site
    }
}
