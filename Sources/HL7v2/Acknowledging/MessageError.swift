/// What is wrong with a message: one ERR segment (v2.5).
public struct MessageError: Error, Sendable, Equatable {
    /// Table 0357.
    public enum Code: Int, Sendable, CaseIterable {
        case accepted = 0
        case segmentSequence = 100
        case requiredFieldMissing = 101
        case dataType = 102
        case tableValue = 103
        case unsupportedType = 200
        case unsupportedEvent = 201
        case unsupportedProcessingID = 202
        case unsupportedVersion = 203
        case unknownKey = 204
        case duplicateKey = 205
        case recordLocked = 206
        case applicationFault = 207

        public var text: String {
            switch self {
            case .accepted: "Message accepted"
            case .segmentSequence: "Segment sequence error"
            case .requiredFieldMissing: "Required field missing"
            case .dataType: "Data type error"
            case .tableValue: "Table value not found"
            case .unsupportedType: "Unsupported message type"
            case .unsupportedEvent: "Unsupported event code"
            case .unsupportedProcessingID: "Unsupported processing id"
            case .unsupportedVersion: "Unsupported version id"
            case .unknownKey: "Unknown key identifier"
            case .duplicateKey: "Duplicate key identifier"
            case .recordLocked: "Application record locked"
            case .applicationFault: "Application internal error"
            }
        }
    }

    public enum Severity: String, Sendable {
        case error = "E"
        case warning = "W"
        case information = "I"
    }

    public let code: Code
    public var severity: Severity
    public let location: Location?
    /// Our own code: `UNKNOWN_RECIPIENT`.
    public let application: String?
    /// English, for who integrates.
    public let diagnostics: String?
    /// French, for the person at the other end.
    public let userMessage: String?

    public init(
        _ code: Code, at location: Location? = nil, _ application: String? = nil,
        severity: Severity = .error, diagnostics: String? = nil, userMessage: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.location = location
        self.application = application
        self.diagnostics = diagnostics
        self.userMessage = userMessage
    }
}

/// ERL: where in a message.
public struct Location: Sendable, Equatable {
    public let segment: String
    public let sequence: Int
    public let field: Int?
    public let repetition: Int?
    public let component: Int?
    public let subcomponent: Int?

    public init(
        segment: String, sequence: Int = 1, field: Int? = nil, repetition: Int? = nil, component: Int? = nil,
        subcomponent: Int? = nil
    ) {
        self.segment = segment
        self.sequence = sequence
        self.field = field
        self.repetition = repetition
        self.component = component
        self.subcomponent = subcomponent
    }

    /// The components of ERR-2. A component is meaningless without the repetition before it, which then is the first.
    var components: [String] {
        let parts = [field, repetition ?? (component == nil ? nil : 1), component, subcomponent]
        return [segment, "\(sequence)"] + parts.prefix { $0 != nil }.compactMap { $0.map(String.init) }
    }

    /// «TXA-12»
    public var name: String { field.map { "\(segment)-\($0)" } ?? segment }
}
