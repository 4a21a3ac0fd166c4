public import Access
public import Storage
public import Vault

/// What can be done with documents. The list, by file:
///
/// `Inbox/ListInbox` → `Reading/OpenDocument` → `DownloadDocument` · `ShowPage` · `ListAccesses` ·
/// `FindElsewhere` · `DescribeDocuments` ·
/// `Patients/ListPatients` ·
/// `Life/ExtendLife`, `AskAgain`, `EndLives` (a timer) ·
/// `Search/SealSearch` (words in an address) · `Views/SaveView` · `Selection/ExportDocuments`,
/// `MarkDocuments` ·
/// `News/ReadNews` (what is new, for open pages) · `Contents/RenderPreview` (a job) ·
/// `SealContent` (for those who publish) · `MoveContents` (for the operator)
public struct DocumentActions: Sendable {
    let database: any Database
    let store: SealedStore
    let keyring: Keyring
    let clock: Clock
    let node: String
    let monthKeys: MonthKeys
    /// How long documents live, for pages too.
    public let lives: LifeRules
    /// Whether the hospital lets texts of documents be searched, for pages too: words are found whole there.
    public let searchesTexts: Bool
    /// What open pages listen to.
    public let news: InboxNews
    let remembered = RememberedInboxes()

    public init(
        database: any Database, store: SealedStore, keyring: Keyring, clock: Clock, node: String,
        lives: LifeRules = LifeRules(), searchesTexts: Bool = false
    ) {
        self.lives = lives
        self.searchesTexts = searchesTexts
        self.database = database
        self.store = store
        self.keyring = keyring
        self.clock = clock
        self.node = node
        monthKeys = MonthKeys(database: database, keyring: keyring)
        news = InboxNews(database)
    }

    /// The pseudonym of a patient: the first 128 bits of a keyed hash of the hospital's number.
    public func patientID(system: String, number: String) -> Patient.ID {
        let hash = keyring.mac(.codes, Array("patient \(system)\u{1F}\(number)".utf8))
        return Patient.ID(
            rawValue: hash.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        )
    }
}

/// Why a document cannot be read.
public enum DocumentRefusal: Refusal, Equatable {
    /// Unknown, or somebody else's.
    case notFound
    /// The page image was asked for before the document was opened.
    case notOpened
    /// Past its life in the reader's space.
    case expired
    /// Taken back by the hospital.
    case withdrawn
    /// Its life was extended before, or is as long as it may be.
    case notExtensible
    /// Too many new releases were asked for within a day.
    case askedTooOften

    public var kind: RefusalKind {
        switch self {
        case .notFound, .notOpened: .notFound
        case .expired, .withdrawn: .expired
        case .notExtensible, .askedTooOften: .conflict
        }
    }
    public var rule: String {
        switch self {
        case .notFound: "document.notFound"
        case .notOpened: "document.notOpened"
        case .expired: "document.expired"
        case .withdrawn: "document.withdrawn"
        case .notExtensible: "document.notExtensible"
        case .askedTooOften: "document.askedTooOften"
        }
    }
}

/// Everything has a limit.
public enum DocumentLimits {
    /// Rows of one page of a list.
    public static let rowsPerPage = 50
    /// Lists are counted up to here; beyond, «plus de 1000».
    public static let countedRows = 1000
    /// Documents announced to an open page at once.
    public static let arrivals = 50
    /// How far back an open page looks again for what was written later than it says.
    public static let arrivalOverlapSeconds = 10
    /// Different words of one document that can be found.
    public static let indexedWords = 2000
    /// Documents of one patient's page.
    public static let documentsOfPatient = 500
    /// Saved views of a space.
    public static let views = 12
    /// Documents chosen at once; printed at once; pages printed at once; bytes of one archive.
    public static let selected = 100
    public static let printed = 30
    public static let printedPages = 150
    public static let exportedBytes = 500 << 20
    /// Events of «Accès à ce document».
    public static let accesses = 500
    /// For so many days «Accueil» says what was taken back.
    public static let withdrawalDays = 30
    /// Of them, the newest.
    public static let withdrawals = 20
    /// Versions followed back and forth.
    public static let versions = 20
    /// Page images made for one document; the file itself is always complete.
    public static let renderedPages = 60
    /// Bytes of a text version.
    public static let textBytes = 1 << 20
    /// Bytes of an original that is read whole, for a mail or a letter.
    public static let originalBytes = 100 << 20
    /// Files of at most so many bytes are decrypted whole before they are sent.
    public static let readyBytes = 128 << 10
    /// Bytes of one page image.
    public static let imageBytes = 4 << 20
}
