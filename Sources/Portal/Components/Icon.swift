import HTML

/// The line icons, on a grid of 24. Each page carries the symbols it may need once; an icon is always beside
/// a word or inside a named control, so it is hidden from assistive technology.
enum Icon: String, Component {
    case home = "i-home"
    case document = "i-doc"
    case people = "i-users"
    case person = "i-user"
    case search = "i-search"
    case download = "i-dl"
    case print = "i-print"
    case chevronDown = "i-chev"
    case up = "i-up"
    case left = "i-left"
    case right = "i-right"
    case check = "i-check"
    case alert = "i-alert"
    case info = "i-info"
    case lock = "i-lock"
    case clock = "i-clock"
    case eye = "i-eye"
    case help = "i-help"
    case filter = "i-filter"
    case cross = "i-x"
    case menu = "i-menu"
    case swap = "i-swap"
    case full = "i-full"

    var body: Node {
        svg(.class("ic"), .ariaHidden()) { use(rawValue) }
    }

    /// The symbols, for the start of the page.
    static func sprite(_ icons: [Icon]) -> Node {
        svg(.class("sprite"), .width(0), .height(0), .ariaHidden()) {
            defs {
                for icon in icons {
                    symbol(.id(icon.rawValue), .viewBox("0 0 24 24")) { icon.drawing }
                }
            }
        }
    }

    @Markup private var drawing: Node {
        switch self {
        case .home:
            path("M4 11.2 12 4.5l8 6.7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z")
        case .document:
            path(
                """
                M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5\
                 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5z
                """)
            path("M13.5 3.5v5h5M9 13h6M9 16.5h4")
        case .people:
            circle(9.5, 8.5, 3.5)
            path(
                """
                M3 19.5c.5-3.6 3-5.5 6.5-5.5s6 1.9 6.5 5.5M15.5 5.3\
                a3.5 3.5 0 0 1 0 6.4M18 14.6c1.7.8 2.7 2.5 3 4.9
                """)
        case .person:
            circle(12, 8.5, 3.75)
            path("M4.5 20c.6-4 3.4-6 7.5-6s6.9 2 7.5 6")
        case .full:
            path("M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15")
        case .search:
            circle(11, 11, 6.5)
            path("m16 16 4.5 4.5")
        case .download:
            path("M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14")
        case .print:
            path(
                """
                M7.5 8.5v-5h9v5M7.5 17H5a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0\
                 1 5 8.5h14a1.5 1.5 0 0 1 1.5 1.5v5.5A1.5 1.5 0 0 1 19 17h-2.5
                """)
            path("M7.5 14h9v6.5h-9z")
        case .chevronDown:
            path("m7 10 5 5 5-5")
        case .up:
            path("m7 14 5-5 5 5")
        case .left:
            path("m14 6-6 6 6 6")
        case .right:
            path("m10 6 6 6-6 6")
        case .check:
            path("m5 12.5 4.5 4.5L19 7.5")
        case .alert:
            path("M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1")
        case .info:
            circle(12, 12, 8.5)
            path("M12 11v5M12 8v.1")
        case .lock:
            rect(5, 10.5, 14, 10, .rx(1.5))
            path("M8 10.5V8a4 4 0 0 1 8 0v2.5")
        case .clock:
            circle(12, 12, 8.5)
            path("M12 7v5.2l3.2 2")
        case .eye:
            path("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z")
            circle(12, 12, 3)
        case .help:
            circle(12, 12, 8.5)
            path(
                """
                M9.6 9.6c.2-1.5 1.2-2.3 2.5-2.3 1.4 0 2.5.9\
                 2.5 2.2 0 1.9-2.5 2-2.5 3.9M12.1 16.5v.1
                """)
        case .filter:
            path("M4 6.5h16M7 12h10M10 17.5h4")
        case .cross:
            path("m6.5 6.5 11 11M17.5 6.5l-11 11")
        case .swap:
            path("M7 4.5 3.5 8 7 11.5M3.5 8h14M17 12.5l3.5 3.5-3.5 3.5M20.5 16h-14")
        case .menu:
            path("M4 7h16M4 12h16M4 17h16")
        }
    }
}
