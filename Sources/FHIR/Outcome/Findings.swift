/// The mistakes met while a resource is read. Reading goes on after a mistake, so that the integrator learns
/// of all of them at once; of those at an element, above it or below it only the first is kept, because the
/// next ones follow from it.
final class Findings {
    /// More errors than these are counted as one.
    static let limit = 50
    private(set) var issues: [OperationOutcome.Issue] = []
    private(set) var isFull = false

    var hasErrors: Bool { issues.contains { $0.severity.isRefusal } }

    func add(_ issue: OperationOutcome.Issue) {
        guard !isFull else { return }
        let isKnown = issues.contains { known in
            (known.severity.isRefusal || !issue.severity.isRefusal) && known.concerns(issue.expression)
        }
        if isKnown { return }
        if issues.count == Self.limit {
            isFull = true
            issues.append(.init(.tooCostly, "More than \(Self.limit) issues; the others are not listed"))
        } else {
            issues.append(issue)
        }
    }

    func add(
        _ code: OperationOutcome.Code, _ diagnostics: String, at expression: String, details: String? = nil
    ) {
        add(.init(code, diagnostics, at: expression, details: details))
    }

    func warn(
        _ code: OperationOutcome.Code, _ diagnostics: String, at expression: String, details: String? = nil
    ) {
        add(.init(code, diagnostics, at: expression, details: details, severity: .warning))
    }
}

extension OperationOutcome.Issue {
    /// True when the other place is that of this issue, lies below it, or contains it.
    fileprivate func concerns(_ other: String?) -> Bool {
        guard let own = expression?.utf8, let other = other?.utf8 else { return false }
        let (outer, inner) = own.count < other.count ? (own, other) : (other, own)
        guard inner.starts(with: outer) else { return false }
        let next = inner.dropFirst(outer.count).first
        return next == nil || next == 0x2E || next == 0x5B
    }
}

/// What reading a resource gave.
public enum Decoded<Value: Sendable>: Sendable {
    /// The value, and warnings for the sender.
    case accepted(Value, warnings: [OperationOutcome.Issue])
    case refused(OperationOutcome)

    /// The accepted value, nil when it was refused.
    public var value: Value? {
        if case .accepted(let value, _) = self { value } else { nil }
    }

    /// All issues: the warnings of what was accepted, or everything about what was refused.
    public var issues: [OperationOutcome.Issue] {
        switch self {
        case .accepted(_, let warnings): warnings
        case .refused(let outcome): outcome.issues
        }
    }
}

/// How strictly a request is read.
public enum Handling: Sendable {
    /// Unknown properties are errors: they are mostly typing mistakes.
    case strict
    /// Unknown properties are passed over, when the sender asks for it with `Prefer: handling=lenient`.
    case lenient
}
