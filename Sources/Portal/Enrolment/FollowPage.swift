import Access
import Enrolment
import HTML

/// `/creer-un-compte/envoye` (P9) and `/creer-un-compte/suivi/{jeton}` (P10): what happens next, the appointment, the copy
/// of the identity document. The first is what one sees right after sending; the second is reached by the link of the
/// mail.
struct FollowPage: Sendable {
    /// What was refused just before.
    enum Problem: Sendable, Equatable {
        case slotTaken
        case slotMissing
        case tooManyChanges
        case copy(CopyMistake)
        case copiesFull
        case landline
        case gone
    }

    let shell: PublicShell
    let formToken: String
    let token: String
    let followed: FollowedRequest
    /// Right after the request was sent.
    var isFresh = false
    var problem: Problem?
    /// What was done just before.
    var done: Done?

    /// What the query string tells: `?fait=…`.
    enum Done: String, Sendable, CaseIterable {
        case appointment = "rendez-vous"
        case copy = "piece"
        case channel = "canal"
    }

    private var request: AccountRequest { followed.request }
    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(title, isError: problem != nil)) {
            if let problem { AlertBox(text: problem.text) } else if let done { ResultBox(text: done.text) }
            div(.class("head")) {
                h1 { title }
                p(.class("lead")) { lead }
            }
            if !request.complement.isEmpty, request.state == .requested { complement }
            if let doubt = followed.mailDoubt, request.state == .requested { channel(doubt) }
            RequestSteps(followed: followed, now: now)
            if request.state == .requested {
                appointment
                if followed.takesCopies || followed.copies > 0 { copies }
                withdrawal
            }
            section(.class("new")) {
                h2 { t("Une question ?") }
                ContactSentence(brand: shell.brand)
            }
        }
    }

    private var title: String { isFresh ? t("Demande envoyée") : t("Votre demande de compte") }

    private var lead: Node {
        switch request.state {
        case .requested:
            Node(
                t(
                    """
                    Le compte n’est pas utilisable avant la validation, qui prend en général quelques jours. Un \
                    e-mail vous a été envoyé avec le lien vers cette page.
                    """
                ))
        case .identityVerified:
            Node(t("Votre identité est vérifiée. Une seconde personne de l’équipe active le compte."))
        case .activated:
            Node(
                t("Ouvrez le lien reçu par e-mail pour confirmer votre adresse. Le compte sera alors actif."))
        case .confirmed:
            Node {
                t("Votre compte est actif.") + " "
                link(.href(Path("/connexion"))) { t("Se connecter") }
            }
        case .refused:
            Node {
                t("Votre demande n’a pas été acceptée.") + " "
                b { request.refusal }
            }
        case .withdrawn: Node(t("Vous avez retiré cette demande."))
        case .expired: Node(t("Cette demande a pris fin sans décision. Vous pouvez en envoyer une nouvelle."))
        }
    }

    private var complement: Node {
        NoteBox(.warn) {
            p { b { t("L’équipe du portail vous demande un complément :") } }
            p { request.complement }
        }.body
    }

    private func channel(_ doubt: MailDoubt) -> Node {
        NoteBox(.warn) {
            p { doubt.text }
            p {
                t(
                    """
                    HIN sécurise de nombreux domaines dont par exemple @hin.ch et @amge.ch. En cas de doute, \
                    contactez HIN ou l’équipe du portail.
                    """
                )
            }
            HTML.form(.method(.post), .action(Path("/creer-un-compte/suivi", token, "canal"))) {
                FormToken(formToken)
                input(.type("hidden"), .name("canal"), .value("sms"))
                button(.class("btn btn--s btn--sm")) { t("Recevoir plutôt le code par SMS") }
            }
        }.body
    }

    private var appointment: Node {
        section(.class("card card--pad"), .ariaLabelledBy("rdv")) {
            h2(.id("rdv")) { t("Vérification d’identité") }
            p {
                t(
                    """
                    Préparez votre pièce d’identité et le téléphone dont vous avez donné le numéro : un code de \
                    contrôle y est envoyé pendant la vérification.
                    """
                )
            }
            if let chosen = followed.appointment { ChosenAppointment(appointment: chosen, now: now) }
            for offered in followed.sites { site(offered) }
            if followed.sites.isEmpty {
                p { t("L’équipe du portail vous contacte pour fixer un rendez-vous.") }
            }
        }
    }

    private func site(_ offered: OfferedSite) -> Node {
        let place = offered.site
        let hasChosenIt = followed.appointment.map { $0.site.id == place.id && $0.startsAt == nil } ?? false
        return details(.class("fold"), .open(followed.appointment == nil)) {
            HTML.summary(.class("fold__s")) {
                span {
                    b { place.name }
                    " "
                    Chip(place.mode.text, .neutral)
                }
                Icon.chevronDown
            }
            div(.class("fold__p stack")) {
                if !place.address.isEmpty, place.mode == .desk { p { place.address } }
                if !place.directions.isEmpty { p(.class("hint")) { place.directions } }
                if place.needsAppointment {
                    slots(offered)
                } else if !hasChosenIt, followed.appointment?.missedAt == nil || followed.appointment == nil {
                    walkIn(place)
                }
            }
        }
    }

    private func walkIn(_ place: ValidationSite) -> Node {
        HTML.form(.method(.post), .action(Path("/creer-un-compte/suivi", token, "rendez-vous"))) {
            FormToken(formToken)
            input(.type("hidden"), .name("lieu"), .value(place.id.rawValue))
            button(.class("btn btn--s")) { t("Je viendrai à ce guichet, sans rendez-vous") }
        }
    }

    @Markup private func slots(_ offered: OfferedSite) -> Node {
        if offered.slots.isEmpty {
            p { t("Aucune date n’est libre pour le moment. L’équipe du portail vous contacte.") }
        } else {
            HTML.form(
                .class("stack"), .method(.post), .action(Path("/creer-un-compte/suivi", token, "rendez-vous"))
            ) {
                FormToken(formToken)
                input(.type("hidden"), .name("lieu"), .value(offered.site.id.rawValue))
                RadioCards(
                    name: "creneau-\(offered.site.id.rawValue)", legend: t("Dates libres"),
                    choices: offered.slots.map {
                        Choice(value: $0.id.rawValue, text: SlotTexts.text($0.startsAt.rawValue, now: now))
                    }, selected: followed.appointment?.slotID?.rawValue ?? "")
                div { button(.class("btn btn--p")) { t("Choisir ce rendez-vous") } }
            }
        }
    }

    private var copies: Node {
        section(.class("card card--pad"), .ariaLabelledBy("piece")) {
            h2(.id("piece")) { t("Copie de votre pièce d’identité") }
            p {
                t(
                    """
                    Pour une visioconférence, envoyez-la avant l’appel. La copie est chiffrée, lue seulement par les \
                    personnes qui vérifient votre identité, et détruite après la décision.
                    """
                )
            }
            if followed.copies > 0 {
                p {
                    Chip(
                        t(one: "{count} copie reçue", other: "{count} copies reçues", count: followed.copies),
                        .ok)
                }
            }
            if followed.takesCopies {
                UploadForm(
                    formToken: formToken, action: Path("/creer-un-compte/suivi", token, "piece"),
                    hasMistake: { if case .copy = problem { true } else { false } }())
            }
        }
    }

    private var withdrawal: Node {
        details(.class("fold")) {
            HTML.summary(.class("fold__s")) {
                span { t("Retirer cette demande") }
                Icon.chevronDown
            }
            HTML.form(
                .class("fold__p stack"), .method(.post),
                .action(Path("/creer-un-compte/suivi", token, "retirer"))
            ) {
                FormToken(formToken)
                p { t("La demande prend fin et les copies de votre pièce d’identité sont détruites.") }
                div { button(.class("btn btn--s")) { t("Retirer la demande") } }
            }
        }
    }
}

/// The form of one file, as plain HTML.
struct UploadForm: Component {
    let formToken: String
    let action: Path
    var hasMistake = false

    var body: Node {
        HTML.form(.class("stack"), .method(.post), .action(action), .multipart()) {
            // before the file: it is checked before the file is read
            FormToken(formToken)
            div(.class(hasMistake ? "field field--err" : "field")) {
                HTML.label(.for("fichier")) { t("Fichier") }
                span(.class("hint"), .id("fichier-aide")) { t("PDF, JPEG ou PNG, 10 Mo au plus") }
                input(
                    .class("input"), .id("fichier"), .name("fichier"), .type("file"),
                    .accept("application/pdf,image/jpeg,image/png"), .required(true),
                    .ariaInvalid(hasMistake), .ariaDescribedBy("fichier-aide"))
            }
            div { button(.class("btn btn--s")) { t("Envoyer la copie") } }
        }
    }
}
