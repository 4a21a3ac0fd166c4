/// What an installation decides about submissions. Lengths are in bytes of UTF-8.
public struct SubmissionOptions: Sendable {
    public var handling = Handling.strict
    /// The largest document, decoded; a larger one is refused with 413.
    public var maximumDocumentBytes = 25 * 1024 * 1024
    public var maximumRecipients = 20
    /// What may be published, in lower case.
    public var mediaTypes = ["application/pdf"]
    /// When set, `docStatus` must be given.
    public var requiresDocumentStatus = false
    /// When set, `attachment.hash` must be given.
    public var requiresHash = false
    /// The namespaces of the hospital's patient numbers. When empty, the number marked MR counts, else the
    /// first that is not a national one.
    public var patientSystems: [String] = []
    /// The base of this server, such as `https://portal.example/fhir`, under which a `relatesTo` may refer to
    /// an earlier document by its URL.
    public var base: String?

    public init() {}

    static let identifierBytes = 256
    static let nameBytes = 200
    static let titleBytes = 1000
}
