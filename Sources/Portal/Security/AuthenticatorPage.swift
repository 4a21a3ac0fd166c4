import HTML

/// `/profil/securite/application`: an authenticator app, in two steps. Without a secret it posts the form token to
/// itself, which makes one; then it posts `code` to `/profil/securite/application/confirmer`.
struct AuthenticatorPage: Sendable {
    struct Setup: Sendable {
        /// Base32, 32 signs.
        let secret: String
        /// The address that the app shows.
        let email: String
    }

    let shell: Shell
    var setup: Setup?
    /// What is wrong with the code.
    var mistake: String?

    var html: [UInt8] {
        shell.page(
            PageTitle(
                t("Application d’authentification"), section: t("Sécurité"), isError: mistake != nil),
            in: .account
        ) {
            if let mistake { ErrorSummary(mistakes: [FieldMistake(field: "code", text: mistake)]) }
            SecurityCrumb()
            h1 { t("Application d’authentification") }
            if let setup { secondStep(setup) } else { firstStep }
        }
    }

    private var firstStep: Node {
        section(.class("card card--pad")) {
            p {
                t(
                    """
                    Une application de votre téléphone affiche toutes les 30 secondes un nouveau code, même sans \
                    réseau. Toutes les applications de ce genre conviennent.
                    """
                )
            }
            form(.method(.post), .action(Path("/profil/securite/application"))) {
                FormToken(shell.formToken)
                button(.class("btn btn--p")) { t("Commencer") }
            }
        }
    }

    private func secondStep(_ setup: Setup) -> Node {
        section(.class("card card--pad")) {
            p { t("1. Dans l’application, ajoutez un compte et visez cette image.") }
            QRCode.drawing(
                of: uri(setup),
                label: t("Code QR pour l’application d’authentification ; la même clé se trouve en dessous."))
            p { t("Ou saisissez cette clé dans l’application, de type « basée sur le temps » :") }
            p(.class("secret")) { code { Self.grouped(setup.secret) } }
            p { t("2. Saisissez le code que l’application affiche.") }
            form(
                .class("stack form"), .method(.post), .action(Path("/profil/securite/application/confirmer"))
            ) {
                FormToken(shell.formToken)
                Field(
                    id: "code", name: "code", label: t("Code à 6 chiffres"),
                    hint: t("Cette page est valable 15 minutes ; la clé ne sera plus jamais affichée."),
                    autocomplete: "one-time-code", inputMode: "numeric", maxLength: 20, mistake: mistake)
                p(.class("hint")) { t("Vos autres sessions seront terminées.") }
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Confirmer") } }
            }
        }
    }

    /// What apps read from the picture.
    private func uri(_ setup: Setup) -> String {
        let issuer = Self.encoded(shell.brand.productName)
        return "otpauth://totp/\(issuer):\(Self.encoded(setup.email))?secret=\(setup.secret)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=6&period=30"
    }

    private static func encoded(_ text: String) -> String {
        String(Path("", segments: [text], query: []).text.dropFirst())
    }

    /// In groups of four.
    private static func grouped(_ secret: String) -> String {
        let signs = Array(secret.utf8)
        return stride(from: 0, to: signs.count, by: 4)
            .map { String(decoding: signs[$0..<min($0 + 4, signs.count)], as: UTF8.self) }
            .joined(separator: " ")
    }
}

/// The way back to one's security.
struct SecurityCrumb: Component {
    var body: Node {
        nav(.ariaLabel(t("Fil d’Ariane"))) { link(.href(Path("/profil/securite"))) { t("Sécurité") } }
    }
}
