public import Storage

/// A service of the hospital whose people send documents by hand and follow them.
public struct HospitalService: Sendable, Equatable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public let id: ID
    /// As the record system writes it in its documents.
    public let name: String
    /// Whether its members follow what the record system sent for it, besides what they sent by hand.
    public let followsRecord: Bool
    public let isActive: Bool
    /// How readers of its documents reach it.
    public let contact: ServiceContact

    public init(
        id: ID, name: String, followsRecord: Bool, isActive: Bool, contact: ServiceContact = ServiceContact()
    ) {
        self.contact = contact
        self.id = id
        self.name = name
        self.followsRecord = followsRecord
        self.isActive = isActive
    }
}

/// Somebody of the hospital, with the services he is a member of at this moment. As with a `Viewer`, only `Access` makes
/// one, and every query about a service's sendings asks for it.
public struct ServiceViewer: Sendable {
    public let holder: Holder
    /// At least one, by name.
    public let services: [HospitalService]

    init(_ holder: Holder, _ services: [HospitalService]) {
        self.holder = holder
        self.services = services
    }

    public var serviceIDs: [HospitalService.ID] { services.map(\.id) }
    public var names: [String] { services.map(\.name) }
    /// The names under which the record system's documents are his to follow.
    public var followedNames: [String] { services.filter(\.followsRecord).map(\.name) }

    /// His service of this identifier.
    public func service(_ id: HospitalService.ID) -> HospitalService? { services.first { $0.id == id } }
}

/// Why something about a service, its members or a duty was not done.
public enum ServiceRefusal: Refusal, Equatable {
    /// Member of no service.
    case noService
    case notFound
    /// Empty, too long, or there is one of this name.
    case badName
    /// What is no number, no address, or too long.
    case badPhone, badEmail, badHours
    /// Nobody of a service has this address.
    case unknownAccount
    /// The duty of data protection was not given, or not yet by two people.
    case noDuty
    /// The second person is the first, or the one who gets the duty.
    case samePerson
    /// The number of the person behind the account is not known.
    case personUnknown

    public var kind: RefusalKind {
        switch self {
        case .noService, .noDuty, .samePerson: .forbidden
        case .notFound: .notFound
        case .badName, .badPhone, .badEmail, .badHours, .unknownAccount, .personUnknown: .invalid
        }
    }

    public var rule: String {
        switch self {
        case .noService: "service.none"
        case .notFound: "service.notFound"
        case .badName: "service.badName"
        case .badPhone: "service.badPhone"
        case .badEmail: "service.badEmail"
        case .badHours: "service.badHours"
        case .unknownAccount: "service.unknownAccount"
        case .noDuty: "duty.missing"
        case .samePerson: "duty.samePerson"
        case .personUnknown: "duty.personUnknown"
        }
    }
}
