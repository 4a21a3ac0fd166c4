import HTML

/// The entries of the main navigation, to mark where one is.
enum Section: Sendable { case home, documents, patients, help, menu, account }

/// The person who is signed in, as written in the corner of each page.
package struct Person: Sendable {
    /// «Dre Claire Favre»
    package let displayName: String
    /// «CF»
    package let initials: String

    package init(displayName: String, initials: String) {
        self.displayName = displayName
        self.initials = initials
    }
}

/// The frame of a page for somebody signed in: navigation, search, account menu, tab bar on phones.
struct Shell: Sendable {
    let presentation: Presentation
    let person: Person
    /// The hidden field of each form of this session.
    let formToken: String
    /// Documents of the active space that were never opened.
    let unread: Int
    /// Where this page stands, path and query, for forms that come back to it.
    let address: String
    /// What was searched for, shown again in the field.
    var search = ""
    /// The result of what was done just before.
    var flash: Flash?

    var brand: Brand { presentation.brand }

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
        return presentation.document(title, bodyClass: layout == .column ? nil : "wide") {
            Icon.sprite(Self.icons)
            skip
            div(.class("app")) {
                ShellSide(brand: brand, unread: unread, section: section)
                div(.class("main")) {
                    ShellTop(shell: self)
                    HTML.main(.id("main"), .class(layout.rawValue), .tabindex(-1)) {
                        // one message at a time: a mistake comes first
                        if let flash, !title.isError { ResultBox(text: flash.text) }
                        content()
                    }
                }
                TabBar(unread: unread, section: section)
            }
        }
    }

    private static let icons: [Icon] = [
        .home, .document, .people, .search, .download, .print, .chevronDown, .up, .left, .right, .check,
        .alert,
        .info, .lock, .clock, .help, .filter, .cross, .menu,
    ]
}

/// The first link of a page, seen when it has the focus.
struct SkipLink: Component {
    let anchor: String
    let text: String

    static var content: SkipLink { SkipLink(anchor: "main", text: t("Aller au contenu")) }

    var body: Node { link(.class("skip"), .href(anchor: anchor)) { text } }
}
