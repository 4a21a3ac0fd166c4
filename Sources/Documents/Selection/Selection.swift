public import Access

/// Documents that somebody has chosen in a list, each once, in the order of the list.
public struct DocumentSelection: Sendable {
    public let ids: [Document.ID]

    /// - Throws: `SelectionRefusal.empty`, `.tooMany`.
    public init(_ ids: [Document.ID], limit: Int = DocumentLimits.selected) throws {
        var seen: Set<Document.ID> = []
        self.ids = ids.filter { seen.insert($0).inserted }
        guard !self.ids.isEmpty else { throw SelectionRefusal.empty }
        guard self.ids.count <= limit else { throw SelectionRefusal.tooMany(limit: limit) }
    }
}

/// Why nothing is done with a selection.
public enum SelectionRefusal: Refusal, Equatable {
    case empty
    case tooMany(limit: Int)
    /// Together they are larger than one archive may be.
    case tooLarge
    /// Only who holds the space says what is unread in it.
    case notOwn

    public var kind: RefusalKind { self == .notOwn ? .forbidden : .invalid }
    public var rule: String {
        switch self {
        case .empty: "selection.empty"
        case .tooMany: "selection.tooMany"
        case .tooLarge: "selection.tooLarge"
        case .notOwn: "selection.notOwn"
        }
    }
}
