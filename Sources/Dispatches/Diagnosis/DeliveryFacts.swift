public import Access
public import Directory
public import Documents

/// What is known of one professional's deliveries at this moment: states, counts and dates, and no patient.
public struct DeliveryFacts: Sendable, Equatable {
    /// Refusals of one kind, lately.
    public struct Refused: Sendable, Equatable {
        public let rule: String
        public let count: Int
        public let newestAt: Timestamp

        public init(rule: String, count: Int, newestAt: Timestamp) {
            self.rule = rule
            self.count = count
            self.newestAt = newestAt
        }
    }

    /// Documents of the last 30 days that are not where they were, counted up to 100.
    public struct Lately: Sendable, Equatable {
        public let count: Int
        public let newestAt: Timestamp
        public let newest: Document.ID

        public init(count: Int, newestAt: Timestamp, newest: Document.ID) {
            self.count = count
            self.newestAt = newestAt
            self.newest = newest
        }
    }

    /// The last mail that said that something is there.
    public enum Notice: Sendable, Equatable {
        case none
        /// It leaves at this moment; a reason when the mail server did not take it yet.
        case waiting(Timestamp, reason: String?)
        case sent(Timestamp)
        case failed(Timestamp, reason: String?)
    }

    public var accountState = Account.State.active
    public var canSignIn = true
    /// What the hospital lets his profession receive.
    public var mayReceive = true
    /// Without a GLN nobody can designate him.
    public var hasNumber = true
    public var mode = Practitioner.DeliveryMode.portal
    /// For documents by mail; without one they go to the portal whatever was chosen.
    public var hasSecuredMailbox = false
    public var policy = Practitioner.NotificationPolicy.sinceLastSignIn
    public var hasNoticeAddress = true
    public var lastSignedInAt: Timestamp?
    /// Stays for which a patient's designation is valid today, counted up to 1000, and when the newest was made.
    public var designations = 0
    public var newestDesignationAt: Timestamp?
    /// What was refused for him in the last 30 days, by reason, the newest first.
    public var refused: [Refused] = []
    /// What is in the space now, counted up to 1000, and when the newest came.
    public var received = 0
    public var newestReceivedAt: Timestamp?
    /// Of these never opened, and shown by the lists.
    public var unread = 0
    /// Of these kept out of the lists by the choice of types, and by the choice of patients.
    public var hiddenByType = 0
    public var hiddenByPatient = 0
    /// Never opened, and their time in this space is over.
    public var expiredUnread: Lately?
    /// Never opened, and taken back by the hospital, with nothing in their place.
    public var withdrawnUnread: Lately?
    /// Secured mails that came back: their documents went to the portal.
    public var returnedMails: Lately?
    public var notice = Notice.none

    public init() {}

    /// Whether mails leave at all.
    public var areNoticesOn: Bool { policy != .none && hasNoticeAddress }
}
