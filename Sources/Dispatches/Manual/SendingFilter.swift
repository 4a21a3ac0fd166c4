public import Access

/// How far sendings got, as they are looked for in the journal of a service. One with several recipients may be in several
/// states; one that was taken back is in `cancelled` only.
public enum SendingState: Sendable, CaseIterable {
    /// For its mail, or for the printers.
    case waiting
    /// In the recipient's space, and never opened there.
    case available
    case opened
    /// By secured mail.
    case mailed
    /// Exported for the printers.
    case posted
    /// It could be read in the portal, and its time is over.
    case expired
    /// A letter left the queue before it was printed.
    case unposted
    /// By mail, and it reached nobody.
    case failed
    case cancelled
}

/// Which sendings of his services somebody looks for. Everything that is given must hold.
public struct SendingFilter: Sendable {
    /// Of the patient, of a recipient, of the document, as typed.
    public var words = ""
    /// What the document types are called, by code: words are found in them, too.
    public var typeNames: [String: String] = [:]
    public var state: SendingState?
    /// Those only that the one who asks sent by hand.
    public var isOwn = false
    /// Sent at this moment or later.
    public var from: Timestamp?
    /// Sent before this moment.
    public var until: Timestamp?

    public init() {}

    /// For the trail: which filters were used, not what was typed.
    var codes: String {
        [
            "service", words.isEmpty ? nil : "words", state.map { "state=\($0)" }, isOwn ? "own" : nil,
            from.map { "from=\($0.rawValue)" }, until.map { "until=\($0.rawValue)" },
        ].compactMap { $0 }.joined(separator: " ")
    }
}
