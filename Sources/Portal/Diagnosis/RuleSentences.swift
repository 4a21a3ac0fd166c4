import Access
import Directory
import Dispatches
import Documents
import HTML

/// What was found for each rule, in one or two sentences.
struct RuleSentences: Sendable {
    let facts: DeliveryFacts
    let now: Int64

    func sentence(_ rule: Diagnosis.Rule) -> String {
        switch rule {
        case .account:
            facts.accountState == .active
                ? t("Le compte est actif.")
                : t("État du compte : {state}.", ["state": facts.accountState.text.lowercased()])
        case .signIn:
            facts.canSignIn
                ? t("Un second facteur est enregistré : la connexion est possible.")
                : t("Ni téléphone mobile, ni messagerie sécurisée : la connexion n’est pas possible.")
        case .profession:
            !facts.hasNumber
                ? t("Aucun GLN n’est enregistré : personne ne peut désigner ce compte.")
                : facts.mayReceive
                    ? t("L’hôpital adresse des documents à cette profession.")
                    : t("L’hôpital n’adresse pas de documents à cette profession.")
        case .designation: designation
        case .shareable: shareable
        case .mode: mode
        case .returnedMail: returnedMail
        case .lifetime: lifetime
        case .withdrawal: withdrawal
        case .typeFilter: hidden(facts.hiddenByType)
        case .patientFilter: hidden(facts.hiddenByPatient)
        case .notices: notices
        case .lastNotice: lastNotice
        }
    }

    private func moment(_ at: Timestamp) -> String { DateTexts.sentence(at.rawValue, now: now) }

    private var designation: String {
        var parts: [String] = []
        if facts.designations == 0 {
            parts.append(t("Aucune désignation n’est valable aujourd’hui."))
        } else if let newest = facts.newestDesignationAt {
            parts.append(
                t(
                    one: "{count} désignation est valable aujourd’hui.",
                    other: "{count} désignations sont valables aujourd’hui.", count: facts.designations)
                    + " " + t("La plus récente a été donnée {moment}.", ["moment": moment(newest)]))
        }
        let refused = facts.refused.filter { Diagnosis.isAboutDesignation($0.rule) }
        let count = refused.map(\.count).reduce(0, +)
        if let newest = refused.map(\.newestAt).max() {
            parts.append(
                t(
                    one: "{count} document n’a pas été envoyé, faute de désignation pour le séjour.",
                    other: "{count} documents n’ont pas été envoyés, faute de désignation pour le séjour.",
                    count: count) + " " + t("La dernière fois {moment}.", ["moment": moment(newest)]))
        }
        return parts.joined(separator: " ")
    }

    private var shareable: String {
        let others = facts.refused.filter { !Diagnosis.isAboutDesignation($0.rule) }
        guard !others.isEmpty else { return t("Aucun envoi n’a été refusé ces 30 derniers jours.") }
        return others.prefix(4).map { one in
            RefusalTexts.reason(one.rule) + " "
                + t("La dernière fois {moment}.", ["moment": moment(one.newestAt)])
        }.joined(separator: " ")
    }

    private var mode: String {
        switch facts.mode {
        case .portal: t("Les documents sont déposés dans le portail.")
        case .securedMail:
            facts.hasSecuredMailbox
                ? t("Les documents sont envoyés par e-mail sécurisé.")
                : t("Par e-mail sécurisé, mais sans adresse sécurisée : ils sont déposés dans le portail.")
        case .none: t("« Ne pas envoyer les documents » est choisi.")
        }
    }

    private var returnedMail: String {
        guard let lately = facts.returnedMails else { return t("Aucun n’est revenu ces 30 derniers jours.") }
        return t(
            one: "{count} mail est revenu ; son document est allé dans le portail.",
            other: "{count} mails sont revenus ; leurs documents sont allés dans le portail.",
            count: lately.count) + " " + t("La dernière fois {moment}.", ["moment": moment(lately.newestAt)])
    }

    private var lifetime: String {
        guard let lately = facts.expiredUnread else {
            return t("Aucun document n’a expiré sans avoir été ouvert ces 30 derniers jours.")
        }
        return t(
            one: "{count} document a expiré sans avoir été ouvert.",
            other: "{count} documents ont expiré sans avoir été ouverts.", count: lately.count)
            + " " + t("La dernière fois {moment}.", ["moment": moment(lately.newestAt)])
    }

    private var withdrawal: String {
        guard let lately = facts.withdrawnUnread else {
            return t("Aucun document n’a été retiré avant d’être ouvert ces 30 derniers jours.")
        }
        return t(
            one: "{count} document a été retiré avant d’être ouvert.",
            other: "{count} documents ont été retirés avant d’être ouverts.", count: lately.count)
            + " " + t("La dernière fois {moment}.", ["moment": moment(lately.newestAt)])
    }

    private func hidden(_ count: Int) -> String {
        count == 0
            ? t("Rien n’est caché.")
            : t(
                one: "{count} document reçu n’est pas montré dans la liste.",
                other: "{count} documents reçus ne sont pas montrés dans la liste.", count: count,
                upTo: DocumentLimits.countedRows)
    }

    private var notices: String {
        if !facts.hasNoticeAddress { return t("Aucune adresse n’est enregistrée.") }
        switch facts.policy {
        case .none: return t("« Aucune notification » est choisi.")
        case .sinceLastSignIn:
            return t("Un seul e-mail part, puis plus aucun jusqu’à la prochaine connexion.")
        case .daily: return t("Un e-mail au plus par jour, à heure fixe.")
        }
    }

    private var lastNotice: String {
        switch facts.notice {
        case .none: t("Aucune n’est partie.")
        case .sent(let at):
            t("Partie {moment} ; le serveur de messagerie de l’hôpital l’a prise.", ["moment": moment(at)])
        case .waiting(let due, let reason):
            (reason ?? "").isEmpty
                ? t("Elle part {moment}.", ["moment": moment(due)])
                : t(
                    "Le serveur de messagerie de l’hôpital ne l’a pas encore acceptée ; nouvel essai {moment}.",
                    ["moment": moment(due)])
        case .failed(let at, let reason):
            (reason ?? "").utf8.starts(with: "returned".utf8)
                ? t(
                    "Elle nous est revenue {moment} : l’adresse ne la prend pas.", ["moment": moment(at)])
                : t("Elle n’a pas pu être remise {moment}.", ["moment": moment(at)])
        }
    }
}

/// Why the hospital's sending came to nothing.
enum RefusalTexts {
    static func reason(_ rule: String) -> String {
        switch DispatchRefusal.allCases.first(where: { $0.rule == rule }) {
        case .notDesignated: t("Pas de désignation pour le séjour.")
        case .denied: t("La patiente ou le patient a refusé l’envoi électronique.")
        case .notCommunicant: t("Ce type de document n’est pas transmissible.")
        case .withheldType: t("Ce type de document n’est pas adressé à cette profession.")
        case .unknownRecipient: t("Le destinataire n’était pas connu du portail.")
        case .unavailableRecipient: t("Le compte ne pouvait pas recevoir de documents.")
        case .otherIdentity: t("Le numéro de patient est connu pour une autre personne.")
        case .unknownPatient: t("Le portail ne connaissait pas le numéro de la patiente ou du patient.")
        case .otherContent: t("L’identifiant du document désigne déjà un autre contenu.")
        case .alreadyReplaced, .replacesUnknown, .replacesOtherPatient:
            t("La version à remplacer n’a pas pu l’être.")
        default: t("Le fichier n’a pas passé le contrôle.")
        }
    }
}
