import HTML

/// The mark with the names of the portal and of the hospital; it leads home.
struct BrandLink: Component {
    let brand: Brand
    let home: Path
    /// Only the drawing, where there is no room for words.
    var isCompact = false

    var body: Node {
        if isCompact {
            link(
                .class("brand brand--bare only-m"), .href(home),
                .ariaLabel(t("{product}, accueil", ["product": brand.productName]))
            ) { Self.mark }
        } else {
            link(.class("brand"), .href(home)) {
                Self.mark
                span {
                    b { brand.productName }
                    small { brand.hospitalName }
                }
            }
        }
    }

    private static let mark = svg(.class("brand__mark"), .viewBox("0 0 36 36"), .ariaHidden()) {
        rect(0, 0, 36, 36, .rx(9), .fill("#0B5B75"))
        path("M18 8.5v11M12.5 14h11", .stroke("#fff"), .strokeWidth(3.4), .strokeLinecap("round"))
        path(
            "M7.5 25.5c3.5-2.6 7-2.6 10.5 0s7 2.6 10.5 0", .stroke("#8FD6EC"), .strokeWidth(2.6),
            .fill("none"), .strokeLinecap("round"))
    }
}
