import Enrolment
import Foundation

/// What people hear who have no account yet, or none that is active. No reason of a refusal, no name.
extension MessageTexts {
    func enrolment(_ job: EnrolmentMailJob) -> MailTexts {
        let words = words(of: job.mail, moment: job.moment)
        return compose(
            subject: words.subject, opening: words.opening, link: (words.link, baseURL + job.path),
            closing: words.closing + [
                "Merci de ne pas répondre à ce message\u{A0}: il a été envoyé automatiquement."
            ])
    }

    /// The control SMS of an identity check. Not bound to the domain: it is read out, never typed by its receiver.
    /// - Parameter code: six digits.
    func controlSMS(_ code: String) -> String {
        "\(Self.grouped(code, space: " ")) est votre code de contrôle \(productName). "
            + "Lisez-le à la personne qui vérifie votre identité."
    }

    private struct EnrolmentWords {
        let subject: String
        let opening: String
        let link: String
        var closing: [String] = []
    }

    private func words(of mail: EnrolmentMail, moment: Int64?) -> EnrolmentWords {
        let unexpected = "Si vous n’avez rien demandé, ignorez ce message ou contactez l’équipe du portail."
        return switch mail {
        case .received:
            EnrolmentWords(
                subject: "Votre demande de compte \(productName)",
                opening: "Votre demande de compte a bien été reçue. Le compte n’est pas utilisable avant la "
                    + "validation, qui prend en général quelques jours. Choisissez un rendez-vous pour la "
                    + "vérification de votre identité.",
                link: "Suivre votre demande", closing: [unexpected])
        case .accountExists:
            EnrolmentWords(
                subject: "Vous avez déjà un compte \(productName)",
                opening:
                    "Un compte a été demandé avec cette adresse, qui en a déjà un. Connectez-vous avec votre "
                    + "mot de passe\u{A0}; si vous l’avez oublié, la page de connexion vous aide.",
                link: "Se connecter",
                closing: ["Si cette demande ne vient pas de vous, rien n’a changé pour votre compte."])
        case .appointmentFixed:
            EnrolmentWords(
                subject: "Votre rendez-vous de vérification d’identité",
                opening: "Votre rendez-vous est fixé\(moment.map { " au \(Self.date($0))" } ?? ""). "
                    + "Préparez votre pièce d’identité et votre téléphone.",
                link: "Voir ou changer le rendez-vous", closing: [unexpected])
        case .appointmentMissed:
            EnrolmentWords(
                subject: "Votre rendez-vous n’a pas eu lieu",
                opening: "Le rendez-vous pour la vérification de votre identité n’a pas eu lieu. "
                    + "Vous pouvez choisir une autre date.",
                link: "Choisir une autre date")
        case .complementAsked:
            EnrolmentWords(
                subject: "Votre demande de compte est à compléter",
                opening: "L’équipe du portail vous demande un complément.", link: "Voir la demande")
        case .refused:
            EnrolmentWords(
                subject: "Votre demande de compte \(productName)",
                opening:
                    "Votre demande de compte n’a pas été acceptée. La raison est indiquée sur la page de suivi.",
                link: "Voir la raison")
        case .expired:
            EnrolmentWords(
                subject: "Votre demande de compte a pris fin",
                opening: "Votre demande de compte a pris fin sans vérification d’identité. "
                    + "Vous pouvez en envoyer une nouvelle.", link: "Demander un compte")
        case .activated:
            EnrolmentWords(
                subject: "Confirmez votre adresse e-mail",
                opening:
                    "Votre compte \(productName) a été validé. Confirmez votre adresse e-mail pour l’utiliser. "
                    + "Le lien est valable 7\u{A0}jours.",
                link: "Confirmer mon adresse", closing: [unexpected])
        case .staffInvited:
            EnrolmentWords(
                subject: "Votre accès à \(productName)",
                opening:
                    "Un accès a été ouvert pour vous. Confirmez votre adresse e-mail et choisissez un mot de "
                    + "passe. Le lien est valable 7\u{A0}jours.",
                link: "Ouvrir mon accès", closing: [unexpected])
        case .confirmed:
            EnrolmentWords(
                subject: "Votre compte \(productName) est actif",
                opening: "Votre adresse e-mail est confirmée et votre compte est actif.", link: "Se connecter"
            )
        }
    }

    /// «24.11.2026 à 10:30», in Switzerland.
    private static func date(_ milliseconds: Int64) -> String {
        let moment = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Zurich") ?? .gmt
        let parts = calendar.dateComponents([.day, .month, .year, .hour, .minute], from: moment)
        func two(_ number: Int?) -> String { String((number ?? 0) + 100).dropFirst().description }
        return
            "\(two(parts.day)).\(two(parts.month)).\(parts.year ?? 0) à \(two(parts.hour)):\(two(parts.minute))"
    }
}
