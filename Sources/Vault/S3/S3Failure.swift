/// Why an S3-compatible store did not do what was asked. No text holds a key or a signature.
public enum S3Failure: Error, Equatable {
    /// The store says no, and will say it again: `SignatureDoesNotMatch`, `InvalidAccessKeyId`, `AccessDenied`,
    /// `NoSuchBucket`, `AuthorizationHeaderMalformed` (another region), `RequestTimeTooSkewed` (the clock).
    case refused(code: String)
    /// No connection, no answer in time, or 500, 502, 503, 504, 429, also after several tries.
    case unreachable(String)
    /// Too many requests wait for a thread.
    case busy
    /// What the store keeps is not what was sent.
    case checksum
    /// The answer is not one of S3's.
    case answer(String)

    /// Whether the same request may well succeed later: the sender is told to come back.
    public var isTemporary: Bool {
        switch self {
        case .unreachable, .busy: true
        case .refused, .checksum, .answer: false
        }
    }
}
