public import Access

/// What a document is, without its patient and its contents: for lists of accesses.
public struct DocumentSummary: Sendable {
    /// SNOMED CT.
    public let typeCode: String
    public let service: String
    public let title: String
    /// Under which its sender knows it.
    public let identifier: String
    public let stayNumber: String
    public let authoredAt: Timestamp

    public init(
        typeCode: String, service: String, title: String, identifier: String, stayNumber: String,
        authoredAt: Timestamp
    ) {
        self.typeCode = typeCode
        self.service = service
        self.title = title
        self.identifier = identifier
        self.stayNumber = stayNumber
        self.authoredAt = authoredAt
    }
}
