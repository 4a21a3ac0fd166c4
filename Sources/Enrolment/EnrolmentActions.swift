/// How people come to an account, and who looks after the accounts: requests, appointments, proofs of identity, acts that
/// two people decide, the portal team. This module is the registration authority. It does not know documents, and
/// cannot: nothing here imports them, so that the compiler proves that who checks identities sees nothing clinical (D25).
public import Access
public import PDF
public import Storage
public import Vault

/// What can be done about requests and accounts. The list, by file:
///
/// `Requests/LookUpNumber` · `Requests/RequestAccount` or `Requests/RequestWithIdentity` → `FollowRequest` · `Appointments/ChooseAppointment` · `Proof/AddIdentityCopy` →
/// `Requests/ReviewRequests` → `Proof/SendControlCode` · `Proof/RecordProof` (or `Requests/RefuseRequest`) →
/// `Activation/ApproveActivation` → `Activation/ConfirmEmail` ·
/// `Accounts/…` and `Team/…` for the portal team
public struct EnrolmentActions: Sendable {
    let database: any Database
    let keyring: Keyring
    let store: SealedStore
    let access: AccessActions
    let clock: Clock
    /// What the institution has set.
    public let rules: EnrolmentRules
    let monthKeys: MonthKeys
    /// Looks at each file that comes in.
    let inspection: PDFInspection

    public init(
        database: any Database, keyring: Keyring, store: SealedStore, access: AccessActions,
        rules: EnrolmentRules, inspection: PDFInspection
    ) {
        self.inspection = inspection
        self.database = database
        self.keyring = keyring
        self.store = store
        self.access = access
        self.rules = rules
        clock = access.clock
        monthKeys = MonthKeys(database: database, keyring: keyring)
    }

    /// Who may check identities: external validators, and the portal team.
    static let registrars: Set<Account.Role> = [.registrar, .portalAdmin]
    /// The portal team.
    static let administrators: Set<Account.Role> = [.portalAdmin]

    /// Work of the portal itself.
    var system: AuditActor { .system(node: access.nodeName) }

    /// A keyed hash under which a secret or a personal value is looked up.
    func hash(_ purpose: String, _ value: String) -> [UInt8] {
        keyring.mac(.codes, Array("enrolment \(purpose) \(value)".utf8))
    }

    /// The applicant's own link. It is made from the request by a key, so that each mail can hold it and the database
    /// keeps only a hash.
    func linkToken(of request: AccountRequest.ID) -> String { Self.hex(hash("link", request.rawValue)) }

    func tokenHash(_ token: String) -> [UInt8] { hash("token", token) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// The figures of enrolment.
public struct EnrolmentRules: Sendable {
    /// Whether copies of identity documents are kept at all (D39).
    public var keepsIdentityCopies = true
    /// Days after the decision until a copy is destroyed.
    public var identityCopyDays = 90
    /// The calling code of national telephone numbers.
    public var countryCode = "41"
    /// Days until the link that confirms an address ends.
    public var confirmationDays = 7
    /// Days until a request that nobody decides ends.
    public var requestDays = 90
    /// Hours within which the second person decides.
    public var approvalHours = 24
    /// Requests from one network (IPv6: /64) in an hour.
    public var requestsPerNetworkPerHour = 20
    /// Requests for one address in a day.
    public var requestsPerAddressPerDay = 3
    /// Numbers that one network may look up in the registers in an hour.
    public var lookUpsPerNetworkPerHour = 30
    public var codeMinutes = 10
    public var triesPerCode = 5
    public var controlCodesPerDay = 10
    /// The budget of the whole installation, shared with the codes of sign-in.
    public var smsPerHour = 500
    public init() {}
}

/// Everything has a limit.
public enum EnrolmentLimits {
    public static let copyBytes = 10 << 20
    public static let copiesPerRequest = 4
    public static let rowsPerPage = 50
    /// Slots offered to an applicant for each site.
    public static let slotsOffered = 40
    /// Appointments that the applicant of one request may choose in a day.
    public static let appointmentsPerDay = 5
    /// Slots made at once.
    public static let slotsAtOnce = 200
    public static let nameBytes = 100
    public static let lineBytes = 200
    public static let noteBytes = 2000
}
