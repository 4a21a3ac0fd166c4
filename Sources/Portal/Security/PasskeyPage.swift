import HTML

/// `/profil/securite/cles/nouvelle`: adds a passkey. Posts `name`, the browser's answer and the form token to itself.
struct PasskeyPage: Sendable {
    let shell: Shell
    /// What the browser is asked, in JSON.
    let options: String
    /// As the key may be called.
    var name = ""
    var mistake: String?

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Ajouter une clé d’accès"), section: t("Sécurité"), isError: mistake != nil),
            in: .account
        ) {
            if let mistake { ErrorSummary(mistakes: [FieldMistake(field: "name", text: mistake)]) }
            SecurityCrumb()
            h1 { t("Ajouter une clé d’accès") }
            section(.class("card card--pad")) {
                p {
                    t(
                        """
                        La clé reste sur votre appareil ou dans votre trousseau. Elle s’ouvre par l’empreinte, le \
                        visage ou le code de l’appareil, et ne sert que pour ce portail.
                        """
                    )
                }
                form(
                    .class("stack form"), .method(.post), .action(Path("/profil/securite/cles/nouvelle")),
                    .hidden(true), .dataBoot("newPasskey"), .dataOptions(options)
                ) {
                    FormToken(shell.formToken)
                    for field in ["clientData", "attestationObject"] {
                        input(.type("hidden"), .name(field), .value(""))
                    }
                    Field(
                        id: "name", name: "name", label: t("Nom de la clé"),
                        hint: t(
                            "Pour la reconnaître dans la liste : « Téléphone », « Ordinateur du cabinet »."),
                        value: name, maxLength: 50, mistake: mistake)
                    p(.class("hint")) { t("Vos autres sessions seront terminées.") }
                    p(
                        .class("hint"), .role("status"),
                        .dataOther(t("La clé d’accès n’a pas été créée. Réessayez."))
                    ) {}
                    div(.class("form__b")) { button(.class("btn btn--p")) { t("Créer la clé") } }
                }
                p(.dataBoot("withoutPasskeys")) {
                    t(
                        """
                        Les clés d’accès ont besoin de JavaScript et d’un navigateur récent. Sans eux, une application \
                        d’authentification protège aussi votre compte.
                        """
                    )
                }
            }
        }
    }
}
