public import Directory

/// What the institution allows beside the portal.
public struct WaysOutRules: Sendable {
    /// Whether a document for somebody who wants none electronically, or cannot sign in, goes to the printers, in place of
    /// being refused.
    public var postsWhenUnreachable = false
    /// Whether services put documents into the queue of letters by their own decision. Off where nobody empties it.
    public var postsByHand = false
    /// What registers call the professions of those who have no account.
    public var registerProfessions = RegisterProfessions()
    /// After how many days a document that nobody opened goes to the printers; nil: never.
    public var postUnreadDays: Int?
    /// How long a mail may come back, in days: until then the document is kept for the portal.
    public var mailReturnDays = 7
    /// Whether published documents go to the national record too.
    public var feedsNationalRecord = false

    /// The sender of letters, as it stands outside on their envelopes: never a service, whose name can say what somebody
    /// suffers from.
    public var hospitalName = ""
    /// Its postal address, one line each.
    public var hospitalAddress: [String] = []

    public init() {}
}
