import HTML

/// `/profil/securite` (M32): password, second factors and open sessions. Posts `current`, `new`, `confirmation` to
/// `/profil/securite/mot-de-passe`; nothing to `/profil/securite/sessions/{id}/terminer` and
/// `/profil/securite/sessions/terminer-autres`.
struct SecurityPage: Sendable {
    /// What is wrong with the change of the password; the words are in `SecurityTexts.swift`.
    enum PasswordProblem: Sendable, CaseIterable {
        case currentMissing, currentWrong
        case newMissing, tooShort, tooLong, common, personal, sameAsCurrent
        case confirmationDiffers
        /// Too many tries; wait.
        case tooManyTries
    }

    struct OpenSession: Sendable {
        let id: String
        /// As the browser names itself; `DeviceTexts` puts it into words.
        let userAgent: String
        /// IP address.
        let address: String
        /// UTC milliseconds
        let createdAt: Int64
        let lastSeenAt: Int64
        let isCurrent: Bool
    }

    let shell: Shell
    let factors: FactorSections
    /// Newest first.
    let sessions: [OpenSession]
    var problems: [PasswordProblem] = []
    /// Why a factor stays.
    var refusal: String?

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Sécurité"), isError: !problems.isEmpty || refusal != nil), in: .account) {
            if !problems.isEmpty {
                ErrorSummary(mistakes: problems.map { FieldMistake(field: $0.field, text: $0.text) })
            }
            if let refusal {
                div(.class("errsum"), .role("alert"), .tabindex(-1), .autofocus(true)) {
                    p(.class("errsum__t")) {
                        Icon.alert
                        span { refusal }
                    }
                }
            }
            h1 { t("Sécurité") }
            passwordSection
            factors
            sessionSection
        }
    }

    private var passwordSection: Node {
        section(.class("card card--pad"), .ariaLabelledBy("mdp")) {
            h2(.id("mdp")) { t("Mot de passe") }
            form(.class("stack form"), .method(.post), .action(Path("/profil/securite/mot-de-passe"))) {
                FormToken(shell.formToken)
                Field(
                    id: "current", name: "current", label: t("Mot de passe actuel"), type: "password",
                    autocomplete: "current-password", maxLength: 1000,
                    mistake: problems.first { $0.field == "current" }?.text)
                NewPasswordFields(problems: problems)
                p(.class("hint")) { t("Vos autres sessions seront terminées.") }
                div(.class("form__b")) {
                    button(.class("btn btn--p btn--caps")) { t("Sauvegarder") }
                }
            }
        }
    }

    private var sessionSection: Node {
        section(.class("card"), .ariaLabelledBy("sessions")) {
            div(.class("card__h")) {
                h2(.id("sessions")) { t("Sessions ouvertes") }
                if sessions.count > 1 {
                    form(.method(.post), .action(Path("/profil/securite/sessions/terminer-autres"))) {
                        FormToken(shell.formToken)
                        button(.class("btn btn--s btn--sm")) { t("Terminer toutes les autres sessions") }
                    }
                }
            }
            ul(.class("sessions"), .role("list")) {
                for session in sessions { item(session) }
            }
        }
    }

    private func item(_ session: OpenSession) -> Node {
        li {
            div {
                p {
                    b { DeviceTexts.name(userAgent: session.userAgent) }
                    " "
                    if session.isCurrent { Chip(t("Cette session"), .ok) }
                }
                p(.class("hint")) {
                    t(
                        "Ouverte {start}, dernière activité {last}, adresse {address}",
                        [
                            "start": DateTexts.sentence(session.createdAt, now: now),
                            "last": DateTexts.sentence(session.lastSeenAt, now: now),
                            "address": session.address,
                        ])
                }
            }
            if !session.isCurrent { endForm(session) }
        }
    }

    private func endForm(_ session: OpenSession) -> Node {
        form(.method(.post), .action(Path("/profil/securite/sessions", session.id, "terminer"))) {
            FormToken(shell.formToken)
            button(
                .class("btn btn--s btn--sm"),
                .ariaLabel(
                    t(
                        "Terminer la session {device} ouverte {start}",
                        [
                            "device": DeviceTexts.name(userAgent: session.userAgent),
                            "start": DateTexts.sentence(session.createdAt, now: now),
                        ]))
            ) { t("Terminer") }
        }
    }
}
