/// What a record system hands in at once (IHE MHD ITI-65): documents, and what each entry of its Bundle stands for.
public struct ProvideBundle: Sendable {
    /// In the order of the entries.
    public var documents: [Document] = []
    /// What is answered to each entry, in their order.
    public var entries: [Entry] = []
    /// Documents that older ones should be marked as replaced by: `DocumentReference/{id}` of each.
    public var superseded: [String] = []
    /// Of each type that it creates or changes: the scopes that it needs.
    public var needs: Set<String> = []

    /// A document of it.
    public struct Document: Sendable {
        public let submission: DocumentSubmission
        /// The number of its entry, for the places of mistakes.
        public let entry: Int
        public let warnings: [OperationOutcome.Issue]
    }

    /// What an entry is.
    public enum Entry: Sendable {
        /// The submission set.
        case submissionSet
        /// A document, by its place in `documents`.
        case document(Int)
        /// The bytes of a document, by its place in `documents`.
        case binary(Int)
        /// Demographics, which are taken with the documents.
        case patient
        /// A folder, which is not kept.
        case folder
        /// The mark on an older document.
        case superseded(String)
    }
}

extension OperationOutcome.Issue {
    /// The same issue of a resource that stands in a Bundle.
    public func inEntry(_ number: Int) -> OperationOutcome.Issue {
        let place = "Bundle.entry[\(number)].resource"
        let moved = expression.map { text -> String in
            guard let dot = text.utf8.firstIndex(of: 0x2E) else { return place }
            return place + String(decoding: text.utf8[dot...], as: UTF8.self)
        }
        return .init(
            code, diagnostics, at: moved ?? place, details: details, severity: severity, status: httpStatus)
    }
}
