public import Access
public import Directory

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
    public var notice = Notice.none

    public init() {}

    /// Whether mails leave at all.
    public var areNoticesOn: Bool { policy != .none && hasNoticeAddress }
}
