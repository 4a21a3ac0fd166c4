import Access
import HTML

/// Why a page is not for an account, and who can change that.
enum ForbiddenTexts {
    /// - Returns: nil where there is no more to say than that it is so.
    static func reason(_ refusal: any Refusal, at path: String) -> String? {
        switch refusal.rule {
        case ServiceRefusal.noService.rule:
            t(
                "Cette page est réservée aux membres d’un service de l’hôpital. L’équipe du portail inscrit les membres."
            )
        case ServiceRefusal.noDuty.rule:
            t(
                "Cette page est réservée à la protection des données. Deux personnes de l’équipe du portail confient cette tâche."
            )
        case AccessRefusal.strongFactorNeeded.rule:
            t(
                "Cette page demande une connexion avec une application de codes ou une clé d’accès : ajoutez-en une sous « Sécurité »."
            )
        case AccessRefusal.roleNotAllowed.rule: role(path)
        case PageRefusal.forged.rule:
            t("Le formulaire n’était plus valable. Revenez à la page, rechargez-la et recommencez.")
        default: nil
        }
    }

    private static func role(_ path: String) -> String {
        if path.utf8.starts(with: "/admin".utf8) {
            return t(
                "Cette page est réservée à l’équipe du portail. Deux personnes de l’équipe donnent cet accès."
            )
        }
        if ["/service", "/dpo"].contains(where: { path.utf8.starts(with: $0.utf8) }) {
            return t(
                "Cette page est réservée au personnel de l’hôpital. L’équipe du portail ouvre ces comptes, à deux personnes."
            )
        }
        return t(
            "Cette page n’est ouverte qu’à la personne elle-même, dans son propre espace : une délégation ne suffit pas."
        )
    }
}
