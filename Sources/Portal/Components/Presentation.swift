import Documents
package import HTML

/// The names and numbers of the institution, from its settings. None of them stands in the code.
package struct Brand: Sendable {
    /// What readers call the portal, «Mon Espace Pro».
    package let productName: String
    package let hospitalName: String
    /// The short form, as in «Contact HUL».
    package let hospitalShort: String
    package let supportEmail: String
    package let supportPhone: String
    /// For vital emergencies, «144».
    package let emergencyNumber: String

    package init(
        productName: String, hospitalName: String, hospitalShort: String, supportEmail: String,
        supportPhone: String, emergencyNumber: String
    ) {
        self.productName = productName
        self.hospitalName = hospitalName
        self.hospitalShort = hospitalShort
        self.supportEmail = supportEmail
        self.supportPhone = supportPhone
        self.emergencyNumber = emergencyNumber
    }
}

/// Where pages find their files, under names that change with their contents.
package struct AssetPaths: Sendable {
    package let stylesheet: Path
    package let script: Path
    package let icon: Path

    package init(stylesheet: Path, script: Path, icon: Path) {
        self.stylesheet = stylesheet
        self.script = script
        self.icon = icon
    }
}

/// The colour scheme a person has chosen; `system` follows the device.
package enum Theme: String, Sendable, CaseIterable {
    case system, light, dark

    /// For `data-theme`.
    var attribute: String? { self == .system ? nil : rawValue }
}

/// What every page shows whatever it is about.
package struct Presentation: Sendable {
    package let brand: Brand
    package let assets: AssetPaths
    package let theme: Theme
    /// UTC milliseconds: what «aujourd’hui» means on this page.
    package let now: Int64

    package init(brand: Brand, assets: AssetPaths, theme: Theme, now: Int64) {
        self.brand = brand
        self.assets = assets
        self.theme = theme
        self.now = now
    }

    /// The whole page around a body.
    func document(_ title: PageTitle, bodyClass: String? = nil, @Markup content: () -> Node) -> [UInt8] {
        Node.document(
            language: Catalogue.current.language.rawValue, theme: theme.attribute,
            head: head {
                pageMetadata()
                HTML.title { title.text(productName: brand.productName) }
                stylesheet(assets.stylesheet)
                icon(assets.icon)
                script(assets.script)
            },
            body: HTML.body(.class(ifAny: bodyClass)) { content() })
    }
}

/// What the browser shows in its tab and keeps in its history. Never a patient's name: pages pass words of
/// ours.
package struct PageTitle: Sendable {
    let page: String
    var section: String?
    var unread = 0
    var isError = false
    /// Under whose responsibility one acts: «Pour Dre Favre» stands first (ui.md A3).
    var principal: String?

    package init(_ page: String, section: String? = nil, unread: Int = 0, isError: Bool = false) {
        self.page = page
        self.section = section
        self.unread = unread
        self.isError = isError
    }

    func text(productName: String) -> String {
        let names = [page, section].compactMap { $0 }.joined(separator: " – ")
        let whose = principal.map { t("Pour {person}", ["person": $0]) + " – " } ?? ""
        // a page that went wrong says so first; the number is the script's, which puts it before everything
        let text =
            (unread > 0 && !isError
                ? "(\(Typography.number(unread, upTo: DocumentLimits.countedRows))) " : "") + whose + names
            + " – " + productName
        return isError ? t("Erreur : {title}", ["title": text]) : text
    }
}
