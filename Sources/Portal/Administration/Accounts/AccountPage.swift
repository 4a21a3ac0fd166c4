import Access
import Directory
import Enrolment
import HTML

/// `/admin/comptes/{id}` (C5): who it is, how it signs in, how documents reach it; suspending, reactivating, closing.
struct AccountPage: Sendable {
    /// What was refused just before.
    enum Problem: Sendable {
        case reasonMissing, own, stateChanged
        case resetOwn, resetPersonUnknown, resetTooEarly, resetOpen
    }

    let shell: Shell
    let details: AccountDetails
    /// The reader's own account.
    let isOwn: Bool
    /// The proposal to take the second factors away that waits.
    var reset: WaitingFactorReset?
    var problem: Problem?

    private var account: Account { details.account }
    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Compte"), isError: problem != nil), in: .accounts) {
            if let problem { AlertBox(text: problem.text) }
            p(.class("crumb")) {
                link(.href(Path("/admin/comptes"))) {
                    Icon.left
                    t("Comptes")
                }
            }
            div(.class("head")) {
                h1 { account.displayName }
                p(.class("chips")) {
                    account.state.chip
                    Chip(account.role.text, .neutral)
                }
            }
            div(.class("duo")) {
                section(.class("card card--pad"), .ariaLabelledBy("compte")) {
                    h2(.id("compte")) { t("Compte") }
                    SummaryList(rows: rows)
                    if let request = details.request {
                        p {
                            link(.href(Path("/admin/comptes/demandes", request.rawValue))) {
                                t("Voir la demande de compte")
                            }
                        }
                    }
                }
                if details.practitioner?.gln != nil { RegisterSection(comparison: details.register) }
            }
            if !details.reasons.isEmpty { reasons }
            if isOwn {
                p(.class("hint")) { t("Une autre personne de l’équipe peut changer l’état de votre compte.") }
            } else {
                div(.class("duo")) {
                    for state in changes { fold(state) }
                    if account.state == .active {
                        FactorResetSection(
                            accountID: account.id.rawValue, reset: reset, formToken: shell.formToken,
                            now: now)
                    }
                }
            }
        }
    }

    private var rows: [(term: String, value: Node)] {
        var rows: [(term: String, value: Node)] = [
            (t("Adresse e-mail"), Node(account.email)), (t("Téléphone"), Node(account.mobile ?? "–")),
            (t("Code de connexion"), Node(account.codeChannel == .sms ? t("Par SMS") : t("Par e-mail"))),
            (
                t("Dernière connexion"),
                Node(account.lastSignedInAt.map { DateTexts.dateAndTime($0.rawValue) } ?? t("Jamais"))
            ),
        ]
        if let identifier = details.identifier {
            rows.append((t("Identifiant"), Node(IdentifierTexts.text(identifier))))
        }
        if let practitioner = details.practitioner {
            rows.append((t("Profession"), Node(practitioner.profession)))
            if !practitioner.speciality.isEmpty {
                rows.append((t("Spécialités"), Node(practitioner.speciality)))
            }
            if !practitioner.practice.isEmpty { rows.append((t("Cabinet"), Node(practitioner.practice))) }
            rows.append((t("Envoi des documents"), Node(practitioner.deliveryMode.adminText)))
        }
        if details.wantsScreening { rows.append((t("Accès MC-SIS"), Node(t("Demandé")))) }
        if !details.personNumber.isEmpty {
            rows.append((t("Numéro de personne"), Node(details.personNumber)))
            rows.append((t("Organisation"), Node(details.organisation)))
        }
        return rows
    }

    private var reasons: Node {
        section(.class("card card--pad"), .ariaLabelledBy("motifs")) {
            h2(.id("motifs")) { t("Changements d’état") }
            for one in details.reasons {
                p {
                    b { one.state.text }
                    ", \(DateTexts.sentence(one.decidedAt.rawValue, now: now)) – \(one.reason)"
                }
            }
        }
    }

    private var changes: [Account.State] {
        switch account.state {
        case .active: [.suspended, .closed]
        case .suspended, .expired: [.active, .closed]
        case .emailUnconfirmed: [.closed]
        case .requested, .proofingPending, .closed: []
        }
    }

    private func fold(_ state: Account.State) -> Node {
        let action = Path("/admin/comptes", account.id.rawValue, "etat")
        return KeptEntry.inForm(action, ["etat": state.rawValue]) { isKept in
            HTML.details(.class("fold"), .open(isKept)) {
                HTML.summary(.class("fold__s")) {
                    span { state.changeText }
                    Icon.chevronDown
                }
                form(.class("fold__p stack"), .method(.post), .action(action)) {
                    FormToken(shell.formToken)
                    input(.type("hidden"), .name("etat"), .value(state.rawValue))
                    p { state.changeExplanation }
                    div(.class("field")) {
                        label(.for("motif-\(state.rawValue)")) { t("Motif*") }
                        textarea(
                            .class("input"), .id("motif-\(state.rawValue)"), .name("motif"), .rows(2),
                            .maxLength(500), .required(true), text: KeptEntry.value("motif") ?? "")
                    }
                    div { button(.class("btn btn--s")) { state.changeText } }
                }
            }
        }
    }
}

extension Account.State {
    /// The button that puts an account into this state.
    var changeText: String {
        switch self {
        case .suspended: t("Suspendre le compte")
        case .closed: t("Fermer le compte")
        default: t("Réactiver le compte")
        }
    }

    var changeExplanation: String {
        switch self {
        case .suspended:
            t(
                "Les sessions prennent fin aussitôt, et plus aucun document ne peut être adressé à la personne."
            )
        case .closed:
            t(
                "Les sessions et les délégations prennent fin. Les traces restent. Un compte fermé ne se rouvre pas."
            )
        default: t("La personne peut se connecter à nouveau.")
        }
    }
}

extension Practitioner.DeliveryMode {
    var adminText: String {
        switch self {
        case .portal: t("Dans le portail")
        case .securedMail: t("Par e-mail sécurisé")
        case .none: t("Aucun envoi")
        }
    }
}

extension AccountPage.Problem {
    var text: String {
        switch self {
        case .reasonMissing: t("Saisissez le motif.")
        case .own: t("Une autre personne de l’équipe doit changer l’état de votre compte.")
        case .stateChanged: t("L’état de ce compte a changé entre-temps.")
        case .resetOwn: t("Une autre personne doit approuver ce que vous avez proposé.")
        case .resetPersonUnknown:
            t(
                "Votre numéro de personne n’est pas enregistré. Sans lui, aucune décision à deux n’est possible."
            )
        case .resetTooEarly: t("Il est trop tôt : la personne peut encore arrêter la demande.")
        case .resetOpen: t("Une réinitialisation est déjà proposée pour ce compte.")
        }
    }
}
