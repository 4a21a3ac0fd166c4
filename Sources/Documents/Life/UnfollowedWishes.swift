public import Access

/// Wishes for new releases that nobody of the hospital's services sees in the portal: of one service, counted. They name
/// no recipient, no patient and no document, so that the portal team may see to it that somebody follows them.
public struct UnfollowedWishes: Sendable, Equatable {
    /// As the record system writes it.
    public let service: String
    public let count: Int
    public let oldest: Timestamp

    public init(service: String, count: Int, oldest: Timestamp) {
        self.service = service
        self.count = count
        self.oldest = oldest
    }
}
