import HTML

/// `/profil/securite/mobile`: another mobile number, for who has an app or a passkey. Posts `mobile` to itself and then
/// `code` to `/profil/securite/mobile/confirmer`.
struct MobilePage: Sendable {
    enum Step: Sendable {
        /// One has to sign in with an app or a passkey first.
        case strongFactorNeeded
        case number(typed: String)
        /// A code was sent to the number, masked.
        case code(target: String)
    }

    let shell: Shell
    let step: Step
    var mistake: String?

    private var field: String {
        if case .code = step { "code" } else { "mobile" }
    }

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Changer de numéro"), section: t("Sécurité"), isError: mistake != nil), in: .account
        ) {
            if let mistake { ErrorSummary(mistakes: [FieldMistake(field: field, text: mistake)]) }
            SecurityCrumb()
            h1 { t("Changer de numéro") }
            section(.class("card card--pad")) { content }
        }
    }

    private var content: Node {
        switch step {
        case .strongFactorNeeded:
            Node {
                p {
                    t(
                        """
                        Pour changer de numéro vous-même, connectez-vous avec votre application ou votre clé d’accès. \
                        Sinon, une nouvelle vérification de votre identité est nécessaire.
                        """
                    )
                }
                ContactSentence(brand: shell.brand)
            }
        case .number(let typed):
            form(.class("stack form"), .method(.post), .action(Path("/profil/securite/mobile"))) {
                FormToken(shell.formToken)
                Field(
                    id: "mobile", name: "mobile", label: t("Nouveau numéro de téléphone mobile"),
                    hint: t("Par exemple 079 123 45 67 ou +41 79 123 45 67. Un code y sera envoyé."),
                    value: typed, type: "tel", autocomplete: "tel", inputMode: "tel", maxLength: 30,
                    mistake: mistake)
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Envoyer le code") } }
            }
        case .code(let target):
            form(.class("stack form"), .method(.post), .action(Path("/profil/securite/mobile/confirmer"))) {
                FormToken(shell.formToken)
                p { t("Envoyé par SMS au {number}.", ["number": target]) }
                Field(
                    id: "code", name: "code", label: t("Code à 6 chiffres"),
                    hint: t("Il est valable 10 minutes."), autocomplete: "one-time-code",
                    inputMode: "numeric", maxLength: 20, mistake: mistake)
                p(.class("hint")) { t("Vos autres sessions seront terminées.") }
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Confirmer") } }
            }
        }
    }
}
