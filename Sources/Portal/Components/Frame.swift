import HTML

/// The frame of pages that both strangers and people who are signed in may read: help, legal texts, errors.
enum Frame: Sendable {
    case visitor(PublicShell)
    case signedIn(Shell)

    var presentation: Presentation {
        switch self {
        case .visitor(let shell): shell.presentation
        case .signedIn(let shell): shell.presentation
        }
    }

    var brand: Brand { presentation.brand }

    func page(_ title: PageTitle, in section: Section?, @Markup content: () -> Node) -> [UInt8] {
        switch self {
        case .visitor(let shell): shell.page(title) { div(.class("prose")) { content() } }
        case .signedIn(let shell): shell.page(title, in: section) { div(.class("prose")) { content() } }
        }
    }
}
