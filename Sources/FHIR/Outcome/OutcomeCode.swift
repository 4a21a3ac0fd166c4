extension OperationOutcome {
    /// The kind of an issue: the codes of `http://hl7.org/fhir/issue-type` this portal uses.
    public enum Code: String, Sendable, CaseIterable {
        case invalid, structure, required, value, invariant
        case login, expired, forbidden
        case notSupported = "not-supported"
        case duplicate, deleted, conflict
        case notFound = "not-found"
        case tooLong = "too-long"
        case codeInvalid = "code-invalid"
        case `extension`
        case tooCostly = "too-costly"
        case businessRule = "business-rule"
        case transient, timeout, throttled, exception
        case informational

        /// The HTTP status an error of this code has unless it says otherwise.
        public var usualStatus: Int {
            switch self {
            case .structure, .tooCostly: 400
            case .login, .expired: 401
            case .forbidden: 403
            case .timeout: 408
            case .duplicate: 409
            case .deleted: 410
            case .tooLong: 413
            case .throttled: 429
            case .exception: 500
            case .transient: 503
            case .informational: 200
            case .invalid, .required, .value, .invariant, .notSupported, .conflict, .notFound, .codeInvalid,
                .extension, .businessRule:
                422
            }
        }
    }
}
