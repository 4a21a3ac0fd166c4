/// Why a JSON text was refused, and where. It quotes nothing of the text except member names made of letters,
/// digits and underscores, so that it can be answered and logged.
public struct JSONFault: Error, Sendable, Equatable {
    public enum Kind: Sendable {
        /// Not JSON as RFC 8259 writes it, or a duplicate member name.
        case syntax
        /// A limit on depth, number of values or length of a part.
        case cost
        /// The whole text is longer than `JSONLimits.totalBytes`.
        case size
    }

    public let kind: Kind
    /// An English sentence for the integrator.
    public let reason: String
    /// Bytes before the fault.
    public let offset: Int
    /// The line of the fault, counted from 1.
    public let line: Int
    /// The element reached, as FHIRPath; empty at the root of a resource of unknown type.
    public let path: String

    /// The fault as an answer: `structure` or `too-costly` (400), `too-long` (413).
    public var issue: OperationOutcome.Issue {
        let code: OperationOutcome.Code =
            switch kind {
            case .syntax: .structure
            case .cost: .tooCostly
            case .size: .tooLong
            }
        return .init(code, "\(reason) (line \(line), byte \(offset))", at: path)
    }
}

/// One step down into a value: into a member of an object or into an item of an array.
enum PathStep {
    case member(String)
    case item(Int)
}

extension [PathStep] {
    /// The path as FHIRPath below `root`. Names that are no FHIR names are not repeated.
    func expression(root: String) -> String {
        var text = root
        for step in self {
            switch step {
            case .member(let name):
                if !text.isEmpty { text += "." }
                text += name.isElementName ? name : "(unnamed)"
            case .item(let index):
                text += "[\(index)]"
            }
        }
        return text
    }
}

extension String {
    /// True when this can be repeated as the name of an element: letters, digits, underscores, at most 64.
    var isElementName: Bool {
        !isEmpty && utf8.count <= 64
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
                default: false
                }
            }
    }
}
