import Access
import HTML

/// What one's account is protected with beside the password: the middle of `/profil/securite`. Posts nothing but the
/// form token to `/profil/securite/application/retirer`, `/profil/securite/cles/{id}/retirer` and
/// `/profil/securite/demande/arreter`.
struct FactorSections: Component {
    /// A key on one of the person's devices.
    struct Key: Sendable {
        let id: String
        let name: String
        /// UTC milliseconds.
        let createdAt: Int64
        let lastUsedAt: Int64?
        /// Whether its owner's other devices have it too.
        let isSynced: Bool
    }

    let brand: Brand
    let formToken: String
    /// UTC milliseconds.
    let now: Int64
    /// How sent codes arrive, and where; nil where none are sent.
    var sent: (factor: SecondFactor, target: String)?
    /// Since when there is an app, UTC milliseconds.
    var authenticator: (since: Int64, lastUsedAt: Int64?)?
    var keys: [Key] = []
    /// Those that were not used yet.
    var recoveryCodes = 0
    /// Until when a reset that the team prepares can be stopped.
    var resetFrom: Int64?

    var body: Node {
        if let resetFrom { resetBox(resetFrom) }
        codeSection
        keySection
        recoverySection
    }

    private var hasStrongFactor: Bool { authenticator != nil || !keys.isEmpty }

    private var codeSection: Node {
        section(.class("card"), .ariaLabelledBy("facteur")) {
            div(.class("card__h")) { h2(.id("facteur")) { t("Code à la connexion") } }
            ul(.class("sessions"), .role("list")) {
                if let sent {
                    li {
                        div {
                            p { b { sent.factor == .email ? t("E-mail sécurisé HIN") : t("SMS") } }
                            p(.class("hint")) { sent.factor.setting(target: sent.target) }
                        }
                        if sent.factor == .sms, hasStrongFactor {
                            link(.class("btn btn--s btn--sm"), .href(Path("/profil/securite/mobile"))) {
                                t("Changer de numéro")
                            }
                        }
                    }
                }
                li {
                    div {
                        p {
                            b { t("Application d’authentification") }
                            " "
                            if authenticator != nil { Chip(t("Active"), .ok) }
                        }
                        p(.class("hint")) { authenticatorSentence }
                    }
                    if authenticator == nil {
                        link(.class("btn btn--s btn--sm"), .href(Path("/profil/securite/application"))) {
                            t("Ajouter une application")
                        }
                    } else {
                        form(.method(.post), .action(Path("/profil/securite/application/retirer"))) {
                            FormToken(formToken)
                            button(
                                .class("btn btn--s btn--sm"),
                                .ariaLabel(t("Retirer l’application d’authentification"))
                            ) { t("Retirer") }
                        }
                    }
                }
            }
            div(.class("card__f")) {
                p { b { t("Téléphone perdu, numéro ou adresse changés ?") } }
                p {
                    t(
                        """
                        Une nouvelle vérification de votre identité est nécessaire, par vidéo ou sur place ; le \
                        nouveau numéro ne compte qu’après la saisie d’un code qui y est envoyé.
                        """
                    )
                }
                ContactSentence(brand: brand)
            }
        }
    }

    private var authenticatorSentence: String {
        guard let authenticator else {
            return t("Une application de votre téléphone affiche le code, même sans réseau.")
        }
        let since = DateTexts.sentence(authenticator.since, now: now)
        guard let last = authenticator.lastUsedAt else { return t("Ajoutée {date}.", ["date": since]) }
        return t(
            "Ajoutée {date}, utilisée {last}.",
            ["date": since, "last": DateTexts.sentence(last, now: now)])
    }

    private var keySection: Node {
        section(.class("card"), .ariaLabelledBy("cles")) {
            div(.class("card__h")) {
                h2(.id("cles")) { t("Clés d’accès") }
                link(.class("btn btn--s btn--sm"), .href(Path("/profil/securite/cles/nouvelle"))) {
                    t("Ajouter une clé d’accès")
                }
            }
            if keys.isEmpty {
                div(.class("card__f")) {
                    p {
                        t(
                            """
                            Avec une clé d’accès, vous vous connectez en une étape, par l’empreinte, le visage ou le \
                            code de votre appareil. C’est la protection la plus sûre : un faux site ne peut rien en \
                            faire.
                            """
                        )
                    }
                }
            } else {
                ul(.class("sessions"), .role("list")) { for key in keys { item(key) } }
            }
        }
    }

    private func item(_ key: Key) -> Node {
        li {
            div {
                p {
                    b { key.name }
                    " "
                    if key.isSynced { Chip(t("Synchronisée"), .neutral) }
                }
                p(.class("hint")) {
                    if let last = key.lastUsedAt {
                        t(
                            "Ajoutée {date}, utilisée {last}.",
                            [
                                "date": DateTexts.sentence(key.createdAt, now: now),
                                "last": DateTexts.sentence(last, now: now),
                            ])
                    } else {
                        t("Ajoutée {date}.", ["date": DateTexts.sentence(key.createdAt, now: now)])
                    }
                }
            }
            form(.method(.post), .action(Path("/profil/securite/cles", key.id, "retirer"))) {
                FormToken(formToken)
                button(
                    .class("btn btn--s btn--sm"),
                    .ariaLabel(t("Retirer la clé d’accès {name}", ["name": key.name]))
                ) { t("Retirer") }
            }
        }
    }

    private var recoverySection: Node {
        section(.class("card"), .ariaLabelledBy("secours")) {
            div(.class("card__h")) {
                h2(.id("secours")) { t("Codes de secours") }
                link(.class("btn btn--s btn--sm"), .href(Path("/profil/securite/codes-de-secours"))) {
                    t("Créer de nouveaux codes")
                }
            }
            div(.class("card__f")) {
                p {
                    if recoveryCodes > 0 {
                        t(
                            one: "Il vous reste {count} code de secours.",
                            other: "Il vous reste {count} codes de secours.", count: recoveryCodes)
                    } else {
                        t(
                            "Vous n’avez pas de code de secours. Ils ouvrent votre compte si tout le reste manque."
                        )
                    }
                }
            }
        }
    }

    private func resetBox(_ from: Int64) -> Node {
        NoteBox(.danger) {
            p {
                t(
                    """
                    L’équipe du portail prépare le retrait de vos seconds facteurs, parce que quelqu’un a signalé \
                    leur perte. Il aura lieu au plus tôt {date}. Si ce n’est pas vous, arrêtez-le.
                    """,
                    ["date": DateTexts.sentence(from, now: now)])
            }
            form(.method(.post), .action(Path("/profil/securite/demande/arreter"))) {
                FormToken(formToken)
                button(.class("btn btn--s btn--sm")) { t("Arrêter cette demande") }
            }
        }.body
    }
}
