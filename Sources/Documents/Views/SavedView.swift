public import Access
public import Storage

/// Filters of the list of documents under a name.
public struct SavedView: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public let id: ID
    public let name: String
    public let filters: ViewFilters
    /// With which the list opens.
    public let isDefault: Bool
    /// For the delegates of the space, too.
    public let isShared: Bool
}

/// What a view asks for, as it was typed.
public struct ViewFilters: Sendable, Codable, Equatable {
    /// `tous`, `nonlus` or `lus`.
    public var state = ""
    public var words = ""
    public var patientID: String?
    public var typeCode: String?
    public var service: String?
    public var from = ""
    public var until = ""
    public var isComplete = false
    public var isOldestFirst = false
    public init() {}
}

/// Why a view is not saved.
public enum ViewRefusal: Refusal, Equatable {
    case notFound
    case nameMissing
    case nameTaken
    case tooMany
    /// Views belong to who holds the space.
    case notOwn

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .nameMissing, .nameTaken, .tooMany: .invalid
        case .notOwn: .forbidden
        }
    }
    public var rule: String {
        switch self {
        case .notFound: "view.notFound"
        case .nameMissing: "view.nameMissing"
        case .nameTaken: "view.nameTaken"
        case .tooMany: "view.tooMany"
        case .notOwn: "view.notOwn"
        }
    }
}
