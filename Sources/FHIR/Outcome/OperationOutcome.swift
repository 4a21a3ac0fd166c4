/// What went wrong, or is worth knowing, with a request: FHIR's `OperationOutcome` as a value.
/// It never holds document content or patient data, so it can be answered, logged and audited.
public struct OperationOutcome: Error, Sendable, Equatable {
    /// At least one; errors first.
    public let issues: [Issue]

    public init(_ issues: [Issue]) {
        self.issues = issues.filter { $0.severity.isRefusal } + issues.filter { !$0.severity.isRefusal }
    }

    /// The status to answer with: the most elementary of the errors' statuses, in the order unreadable (400),
    /// too large (413), then that of the first error; 200 when there are only warnings.
    public var httpStatus: Int {
        let statuses = issues.filter { $0.severity.isRefusal }.map(\.httpStatus)
        if statuses.contains(400) { return 400 }
        if statuses.contains(413) { return 413 }
        return statuses.first ?? 200
    }

    /// The resource. `canonicalBase` is the base of our own code systems, such as
    /// `https://portal.example/fhir`.
    public func json(canonicalBase: String) -> JSON {
        [
            "resourceType": "OperationOutcome",
            "issue": .array(issues.map { $0.json(canonicalBase: canonicalBase) }),
        ]
    }
}

extension OperationOutcome {
    /// How bad an issue is (`http://hl7.org/fhir/issue-severity`).
    public enum Severity: String, Sendable {
        case fatal, error, warning, information

        /// True when the request was refused because of it.
        public var isRefusal: Bool { self == .fatal || self == .error }
    }

    /// One thing that is wrong, at one element.
    public struct Issue: Sendable, Equatable {
        public let severity: Severity
        public let code: Code
        /// Our code for the rule, IHE's where one exists, such as `UnknownRecipient`.
        public let details: String?
        /// An English sentence for the integrator.
        public let diagnostics: String
        /// The element as FHIRPath; nil when it is not about one.
        public let expression: String?
        /// The HTTP status this issue alone would give.
        public let httpStatus: Int

        /// `status` overrides the usual status of the code, for instance 404 for someone else's resource.
        public init(
            _ code: Code, _ diagnostics: String, at expression: String? = nil, details: String? = nil,
            severity: Severity = .error, status: Int? = nil
        ) {
            self.severity = severity
            self.code = code
            self.details = details
            self.diagnostics = diagnostics
            self.expression = expression.flatMap { $0.isEmpty ? nil : $0 }
            self.httpStatus = status ?? code.usualStatus
        }

        func json(canonicalBase: String) -> JSON {
            let coding = details.map { details -> JSON in
                ["system": "\(canonicalBase)/CodeSystem/portal-error", "code": .string(details)]
            }
            return [
                "severity": .string(severity.rawValue),
                "code": .string(code.rawValue),
                "details": coding.map { ["coding": [$0], "text": .string(details ?? "")] },
                "diagnostics": .string(diagnostics),
                "expression": expression.map { [.string($0)] },
            ]
        }
    }
}
