import HTML

/// `/profil/securite/verification`: the password once more, before one's factors change. Posts `current`, `retour` and
/// the form token to itself.
struct VerificationPage: Sendable {
    let shell: Shell
    var returnTo = ""
    var problem: SecurityPage.PasswordProblem?

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Confirmer que c’est vous"), section: t("Sécurité"), isError: problem != nil),
            in: .account
        ) {
            if let problem { ErrorSummary(mistakes: [FieldMistake(field: "current", text: problem.text)]) }
            SecurityCrumb()
            h1 { t("Confirmer que c’est vous") }
            section(.class("card card--pad")) {
                p {
                    t(
                        "Votre connexion date de plus de dix minutes. Saisissez votre mot de passe pour continuer."
                    )
                }
                form(.class("stack form"), .method(.post), .action(Path("/profil/securite/verification"))) {
                    FormToken(shell.formToken)
                    ReturnField(address: returnTo)
                    Field(
                        id: "current", name: "current", label: t("Mot de passe actuel"), type: "password",
                        autocomplete: "current-password", maxLength: 1000, mistake: problem?.text)
                    div(.class("form__b")) { button(.class("btn btn--p")) { t("Continuer") } }
                }
                p(.class("hint")) {
                    t("Sans mot de passe, déconnectez-vous et reconnectez-vous avec votre clé d’accès.")
                }
            }
        }
    }
}
