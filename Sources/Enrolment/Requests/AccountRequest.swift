public import Access
public import Directory
public import Storage

/// Somebody's request for an account, as a case: what was declared, and how far it has come.
public struct AccountRequest: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// How far it has come. None of them lets anybody sign in but `confirmed`, which is an active account.
    public enum State: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        /// To be checked; an appointment may be fixed.
        case requested
        /// The identity is proved, the activation proposed to a second person.
        case identityVerified
        /// Two people have decided; the address is still to be confirmed.
        case activated
        /// The account is active.
        case confirmed
        case refused
        /// By the applicant.
        case withdrawn
        /// Nobody decided in time.
        case expired

        /// Whether somebody of the team still has to act.
        public var isOpen: Bool { self == .requested || self == .identityVerified }
    }

    public let id: ID
    public let state: State
    /// Counts every change of what a decision rests on.
    public let version: Int
    public let declared: DeclaredPerson
    /// What the applicant was asked to add; empty when nothing.
    public let complement: String
    /// Why it was refused; empty when it was not.
    public let refusal: String
    public let createdAt: Timestamp
    public let decidedAt: Timestamp?
    public let accountID: Account.ID?

    /// What the trail says it is about.
    public var auditObject: AuditObject {
        AuditObject(kind: "accountRequest", id: id.rawValue, version: version)
    }
}

/// What an applicant says of himself, in its normal forms. The password is not part of it.
public struct DeclaredPerson: Sendable, Equatable {
    public let honorific: String
    public let familyName: String
    public let givenName: String
    /// Lower case.
    public let email: String
    public let mobile: PhoneNumber
    public let codeChannel: Account.CodeChannel
    public let identifier: ProfessionalIdentifier
    public let profession: Profession
    public let specialities: String
    public let practice: String
    /// Who answers for somebody without an identifier.
    public let responsible: String
    /// Asks for the cancer-screening application, whose charter lies elsewhere (ACC-41).
    public let wantsScreening: Bool

    public var displayName: String {
        [honorific, givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
