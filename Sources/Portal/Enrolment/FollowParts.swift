import Access
import Enrolment
import HTML

/// The four dated steps of a request (P9), with what is done, what is next, and by when.
struct RequestSteps: Component {
    let followed: FollowedRequest
    let now: Int64

    private enum Progress: String { case done, current, next }

    private struct Step {
        let title: String
        let detail: String
        let progress: Progress
    }

    private var request: AccountRequest { followed.request }

    var body: Node {
        ol(.class("way-steps"), .role("list"), .ariaLabel(t("Étapes de la demande"))) {
            for (index, step) in steps.enumerated() {
                li(.class("way-step way-step--\(step.progress.rawValue)")) {
                    span(.class("way-step__n"), .ariaHidden()) {
                        if step.progress == .done { Icon.check } else { String(index + 1) }
                    }
                    div {
                        p {
                            b { step.title }
                            " "
                            span(.class("vh")) { word(step.progress) }
                        }
                        p(.class("hint")) { step.detail }
                    }
                }
            }
        }
    }

    private func word(_ progress: Progress) -> String {
        switch progress {
        case .done: t("Terminé")
        case .current: t("En cours")
        case .next: t("À venir")
        }
    }

    private var steps: [Step] {
        let isOver = !request.state.isOpen && request.state != .activated && request.state != .confirmed
        let isVerified = followed.verifiedAt != nil
        let isActivated = request.state == .activated || request.state == .confirmed
        return [
            Step(
                title: t("Demande reçue"), detail: DateTexts.dateAndTime(request.createdAt.rawValue),
                progress: .done),
            Step(
                title: t("Vérification d’identité"),
                detail: isOver ? t("La demande est close.") : verification,
                progress: isVerified ? .done : isOver ? .next : .current),
            Step(
                title: t("Confirmer votre e-mail"), detail: confirmation,
                progress: request.state == .confirmed ? .done : isActivated ? .current : .next),
            Step(
                title: t("Compte actif"),
                detail: request.state == .confirmed
                    ? t("Vous pouvez vous connecter.")
                    : t("Dès que votre adresse e-mail est confirmée."),
                progress: request.state == .confirmed ? .done : .next),
        ]
    }

    private var verification: String {
        if let verified = followed.verifiedAt {
            return t("Vérifiée le {date}.", ["date": DateTexts.date(verified.rawValue)])
        }
        guard let chosen = followed.appointment, chosen.missedAt == nil else {
            return t("Choisissez un rendez-vous ci-dessous.")
        }
        guard let start = chosen.startsAt else { return chosen.site.name }
        return t(
            "{place}, {time}",
            ["place": chosen.site.name, "time": SlotTexts.text(start.rawValue, now: now)])
    }

    private var confirmation: String {
        guard let decided = request.decidedAt, request.state == .activated || request.state == .confirmed
        else {
            return t("Un lien vous est envoyé après l’activation par une seconde personne de l’équipe.")
        }
        return t("Le lien a été envoyé le {date}.", ["date": DateTexts.date(decided.rawValue)])
    }
}

/// The appointment that was chosen.
struct ChosenAppointment: Component {
    let appointment: Appointment
    let now: Int64

    var body: Node {
        if appointment.missedAt != nil {
            NoteBox(.warn) { p { t("Le rendez-vous n’a pas eu lieu. Choisissez une autre date.") } }
        } else {
            NoteBox(.ok) {
                p {
                    b {
                        if let start = appointment.startsAt {
                            SlotTexts.text(start.rawValue, now: now)
                        } else {
                            t("Sans rendez-vous")
                        }
                    }
                }
                p { appointment.site.name }
                if let call = ExternalLink(appointment.site.address), appointment.site.mode == .video {
                    p { link(.href(call), .rel("noreferrer")) { t("Rejoindre la visioconférence") } }
                } else if !appointment.site.address.isEmpty {
                    p { appointment.site.address }
                }
                p(.class("hint")) { t("Vous pouvez en choisir un autre ci-dessous.") }
            }
        }
    }
}

/// Times of appointments.
enum SlotTexts {
    /// «Mardi 24 novembre à 10:30».
    static func text(_ moment: Int64, now: Int64) -> String {
        t(
            "{day} à {time}",
            ["day": DateTexts.heading(moment, now: now), "time": DateTexts.time(moment)])
    }
}

extension ValidationSite.Mode {
    var text: String {
        switch self {
        case .video: t("Visioconférence")
        case .desk: t("Sur place")
        }
    }
}

extension MailDoubt {
    var text: String {
        switch self {
        case .notSecured:
            t(
                """
                Votre adresse e-mail n’est pas sécurisée par HIN : le code de connexion ne peut pas y être envoyé, \
                et le compte ne sera pas activé ainsi.
                """
            )
        case .unknown:
            t(
                """
                Nous ne savons pas encore si votre adresse e-mail est sécurisée par HIN. L’équipe du portail le \
                vérifie ; sans cela, le code de connexion ne peut pas y être envoyé.
                """
            )
        }
    }
}

extension FollowPage.Problem {
    var text: String {
        switch self {
        case .slotTaken: t("Cette date vient d’être prise. Choisissez-en une autre.")
        case .slotMissing: t("Choisissez une date.")
        case .tooManyChanges:
            t(
                """
                Vous avez déjà choisi cinq fois un rendez-vous aujourd’hui. Le dernier reste valable ; vous pourrez le \
                changer demain.
                """
            )
        case .copy(let mistake): mistake.text
        case .copiesFull: t("Quatre copies au plus sont acceptées.")
        case .landline: t("Le numéro que vous avez donné ne reçoit pas de SMS.")
        case .gone: t("Cette demande a changé entre-temps. Voici où elle en est.")
        }
    }
}

extension FollowPage.Done {
    var text: String {
        switch self {
        case .appointment: t("Rendez-vous enregistré. Un e-mail vous le confirme.")
        case .copy: t("Copie reçue.")
        case .channel: t("Vous recevrez le code de connexion par SMS.")
        }
    }
}
