public import Access
public import Storage

/// What professionals say of themselves, and how they want to be served: the four tabs of the profile
/// (requirements 2.2). It drives what the hospital sends them, so each saving leaves an event with the names of the
/// fields that changed, never their values.
public struct Profile: Sendable {
    /// One tab. Each is saved by itself, with a version of its own.
    public enum Section: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case identity, addresses, organization, preferences
    }

    public let account: Account
    public let practitioner: Practitioner
    public let details: ProfileDetails
    public let specialities: [Speciality]
    /// The one for paper first.
    public let addresses: [PostalAddress]
    public let view: ViewPreferences
    /// The name that waits for the portal team, if one does.
    public let nameChange: NameChange?
    /// How often each tab was saved; a tab that is missing never was.
    public let versions: [Section: Int]

    /// As it came with the account: nothing of it was ever saved by its owner (PRO-02).
    public var isUntouched: Bool { versions.isEmpty }

    public func version(of section: Section) -> Int { versions[section] ?? 0 }
}

/// What stands in `profile`, beside what the sending rules read in `practitioner`.
public struct ProfileDetails: Sendable, Equatable {
    /// For people who want to reach the professional; empty: none (PRO-07).
    public var contactEmail = ""
    /// E.164 (PRO-08).
    public var phone: PhoneNumber?
    public var organizationEmail = ""
    public var organizationPhone: PhoneNumber?
    /// Secured by HIN when it was saved; empty: none (PRO-15).
    public var documentEmail = ""
    public var display = DisplayChoice()
    public var startPage = StartPage.home
    /// Whether the names of files say whom they are about, for practices that file by name.
    public var namesPatients = false

    public init() {}
}

/// Which documents and patients the lists show. It narrows lists and counts, never a permission.
public struct DisplayChoice: Sendable, Equatable {
    /// SNOMED codes; empty: all types (PRO-13).
    public var types: [String] = []
    public var patients = DisplayedPatients.all

    public init() {}

    public var isEverything: Bool { types.isEmpty && patients == .all }
}

/// Which patients the lists show (PRO-26).
public enum DisplayedPatients: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    case all
    /// With a document of the last three months; then six, twelve.
    case months3, months6, months12

    /// Days back from now; nil: no limit.
    public var days: Int? {
        switch self {
        case .all: nil
        case .months3: 92
        case .months6: 183
        case .months12: 366
        }
    }
}

/// Where one arrives after signing in (PRO-28).
public enum StartPage: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
    case home, documents, patients
}

/// How the pages look for somebody, whatever his role.
public struct ViewPreferences: Sendable, Equatable {
    /// ISO 639: `fr`, `de`, `it`, `en`; nil: not chosen.
    public var language: String?
    /// `system`, `light`, `dark`; nil: not chosen.
    public var theme: String?
    /// Whether letters of the keyboard act on lists.
    public var hasShortcuts = true

    public init() {}

    static let languages = ["fr", "de", "it", "en"]
    static let themes = ["system", "light", "dark"]
}
