public import Access

/// Which documents a program asks for. Everything that is given must hold.
public struct DocumentFilter: Sendable {
    public var states: Set<Document.State>?
    public var patientID: Patient.ID?
    public var masterIdentifier: String?
    public var stayNumber: String?
    public var typeCodes: [String]?
    public var classCodes: [String]?
    /// When the hospital wrote it: from here on, before there.
    public var authored: (from: Timestamp, until: Timestamp)?
    /// When it last changed for the one who asks: from here on, before there.
    public var changed = (from: Timestamp(rawValue: 0), until: Timestamp(rawValue: .max))
    public init() {}
}

/// A document that a reader may read, as a program lists it.
public struct ListedDocument: Sendable {
    public let document: Document
    public let patient: Patient
    /// Received, corrected or withdrawn: when that last happened.
    public let changedAt: Timestamp
    /// The identifier of the document it replaces, of its sender.
    public let replaces: String?
}

/// Where a page of a list by time of change begins.
public struct ChangeKey: Sendable {
    public let at: Timestamp
    public let id: Document.ID

    public init(at: Timestamp, id: Document.ID) {
        self.at = at
        self.id = id
    }
}
