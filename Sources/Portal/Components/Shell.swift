import Access
import HTML

/// The entries of the main navigation, to mark where one is.
enum Section: Sendable {
    case home, documents, patients, contact, help, menu, account, spaces
    // of the portal team
    case dashboard, requests, appointments, accounts, services, delegations, nameChanges, identities, domains,
        transmissions, journal
    // of a service of the hospital
    case sendings, why, accesses
}

/// The person who is signed in, as written in the corner of each page.
package struct Person: Sendable, Hashable {
    /// «Dre Claire Favre»
    package let displayName: String
    /// «CF»
    package let initials: String

    package init(displayName: String, initials: String) {
        self.displayName = displayName
        self.initials = initials
    }
}

/// Another person's space in which somebody acts.
struct ActingSpace: Sendable, Hashable {
    /// «Dre Claire Favre»
    let name: String
    let rights: Set<DelegationRight>
}

/// The frame of a page for somebody signed in: navigation, search, account menu, tab bar on phones.
struct Shell: Sendable {
    let presentation: Presentation
    let person: Person
    var place = Place.own
    /// The hidden field of each form of this session.
    let formToken: String
    /// Documents of the active space that were never opened.
    let unread: Int
    /// Where this page stands, path and query, for forms that come back to it.
    let address: String
    /// The languages that are translated.
    var languages: [Language] = [.french]
    /// What was searched for, shown again in the field.
    var search = ""
    /// The space whose pages listen to what is new; nil where there are no documents.
    var space: String?
    /// The result of what was done just before.
    var flash: Flash?
    /// What takes it back.
    var undo: MarkForm?

    var brand: Brand { presentation.brand }

    /// What somebody of the hospital finds in his navigation: only what he may open.
    struct ServicePlace: Sendable, Hashable {
        var isMember = false
        /// The duty of data protection.
        var watchesData = false
        /// Wishes for new releases that wait.
        var wishes = 0
    }

    /// Where the person is: it decides the navigation.
    enum Place: Sendable, Hashable {
        /// In his own space of documents.
        case own
        /// In another person's.
        case principal(ActingSpace)
        /// In none: it is not chosen yet, or there is none.
        case none
        /// Of a service of the hospital, perhaps with the duty of data protection.
        case service(ServicePlace)
        /// Of those who check identities.
        case registration
        /// Of the portal team.
        case administration

        var acting: ActingSpace? {
            if case .principal(let space) = self { space } else { nil }
        }
        var hasDocuments: Bool {
            switch self {
            case .own: true
            case .principal(let space): space.rights.contains(.read)
            case .none, .service, .registration, .administration: false
            }
        }
    }

    /// How the middle of the page is laid out.
    enum Layout: String {
        /// One column that scrolls with the page.
        case column = "page"
        /// List and reading pane, each with its own scrolling on a wide screen.
        case panes = "mid"
        /// The same with a document open, which is all a phone shows.
        case document = "mid mid--doc"
    }

    /// - Parameter skip: where the first link of the page leads, if not to its content.
    func page(
        _ title: PageTitle, in section: Section?, layout: Layout = .column, skip: SkipLink = .content,
        @Markup content: () -> Node
    ) -> [UInt8] {
        var title = title
        title.unread = unread
        title.principal = place.acting?.name
        return presentation.document(title, bodyClass: layout == .column ? nil : "wide") {
            Self.sprite
            skip
            div(.class("app")) {
                ShellSide(brand: brand, place: place, unread: unread, section: section)
                div(.class("main")) {
                    ShellTop(shell: self)
                    if let acting = place.acting { ActingBand(space: acting) }
                    if let space { LiveBand(space: space, now: presentation.now) }
                    HTML.main(.id("main"), .class(layout.rawValue), .tabindex(-1)) {
                        // one message at a time: a mistake comes first
                        if let flash, !title.isError {
                            ResultBox(text: flash.text, isDone: flash != .nothingDone, undo: undo)
                        }
                        if let kept = KeptEntry.current, !title.isError { KeptBox(hadFile: kept.hadFile) }
                        content()
                    }
                }
                TabBar(place: place, unread: unread, section: section)
            }
        }
    }

    /// The same on every page, so it is drawn once.
    private static let sprite = Icon.sprite([
        .home, .document, .people, .person, .search, .download, .print, .chevronDown, .up, .left, .right,
        .check,
        .alert,
        .info, .lock, .clock, .help, .filter, .cross, .menu, .swap, .full,
    ])
}

/// The first link of a page, seen when it has the focus.
struct SkipLink: Component {
    let anchor: String
    let text: String

    static var content: SkipLink { SkipLink(anchor: "main", text: t("Aller au contenu")) }

    var body: Node { link(.class("skip"), .href(anchor: anchor)) { text } }
}
