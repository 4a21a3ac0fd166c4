import Directory
import HTML

/// Two states of the preferences, in words.
struct PreferenceDifferences: Sendable {
    let saved: PreferencesForm
    let typed: PreferencesForm

    /// Label and saved value of each field that differs.
    var rows: [(label: String, value: String)] {
        let old = Self.values(saved)
        return zip(old, Self.values(typed)).filter { $0.value != $1.value }.map {
            ($0.0.field.label, $0.0.value)
        }
    }

    private static func values(_ form: PreferencesForm) -> [(field: ProfileField, value: String)] {
        [
            (.notificationEmail, form.notificationEmail), (.documentEmail, form.documentEmail),
            (
                .displayedTypes,
                form.displayedTypes.sorted().map { DocumentTypeTexts.name(code: $0) }.joined(separator: ", ")
            ),
            (.lifetimeDays, form.lifetimeDays),
            (
                .notificationPolicy,
                Practitioner.NotificationPolicy(rawValue: form.notificationPolicy)?.text ?? ""
            ),
            (.deliveryMode, Practitioner.DeliveryMode(rawValue: form.deliveryMode)?.text ?? ""),
            (.displayedPatients, DisplayedPatients(rawValue: form.displayedPatients)?.text ?? ""),
            (.startPage, StartPage(rawValue: form.startPage)?.text ?? ""),
            (.fileNames, form.namesPatients ? t("Inclure le nom du patient") : t("Sans nom de patient")),
            (.language, Language(rawValue: form.language)?.ownName ?? ""),
            (.theme, Theme(rawValue: form.theme)?.name ?? ""),
            (.shortcuts, form.hasShortcuts ? t("Activés") : t("Désactivés")),
        ]
    }
}

/// The page before «Ne pas envoyer les documents» (ui.md 3.10): one statement, going on, going back. Posts what was typed
/// to `/profil/preferences`, with `confirme` or with `retour`.
struct StopPage: Sendable {
    let shell: Shell
    let form: PreferencesForm

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Ne plus recevoir de documents"), section: t("Profil")), in: .account
        ) {
            HTML.form(.class("prose stop"), .method(.post), .action(Path("/profil/preferences"))) {
                h1 { t("Ne plus recevoir de documents ?") }
                p(.class("lead")) {
                    t(
                        """
                        L’hôpital ne vous enverra plus aucun document par voie électronique, et vous ne recevrez \
                        plus de notification.
                        """)
                }
                p {
                    t(
                        """
                        Les documents déjà reçus restent dans le portail jusqu’à la fin de leur durée de vie. L’envoi \
                        par la poste reste possible. Vous pouvez revenir sur ce choix à tout moment.
                        """)
                }
                FormToken(shell.formToken)
                for field in fields { input(.type("hidden"), .name(field.name), .value(field.value)) }
                div(.class("savebar")) {
                    button(.class("btn btn--s"), .name("retour"), .value("1")) { t("Revenir") }
                    button(.class("btn btn--p"), .name("confirme"), .value("1")) { t("Continuer") }
                }
            }
        }
    }

    /// What was typed, so that nothing is lost either way.
    private var fields: [(name: String, value: String)] {
        let fields: [(ProfileField, String)] = [
            (.notificationEmail, form.notificationEmail), (.documentEmail, form.documentEmail),
            (.lifetimeDays, form.lifetimeDays), (.notificationPolicy, form.notificationPolicy),
            (.deliveryMode, form.deliveryMode), (.displayedPatients, form.displayedPatients),
            (.startPage, form.startPage), (.fileNames, form.namesPatients ? "patient" : "neutre"),
            (.language, form.language), (.theme, form.theme),
            (.shortcuts, form.hasShortcuts ? "oui" : "non"),
        ]
        return fields.map { ($0.0.rawValue, $0.1) }
            + form.displayedTypes.map { ("\(ProfileField.displayedTypes.rawValue)-\($0)", "1") }
            + [("version", String(form.version))]
    }
}
