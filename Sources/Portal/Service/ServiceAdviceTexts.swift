import Access
import Directory
import Dispatches
import HTML

/// The hospital's side of the diagnosis in words.
struct ServiceAdviceTexts: Sendable {
    let now: Int64
    let answer: DeliveryAnswer

    private var person: String { answer.recipient.displayName }

    private var isFeminine: Bool { Agreement.isFeminine(person) }

    private func moment(_ at: Timestamp) -> String { DateTexts.sentence(at.rawValue, now: now) }

    func text(_ advice: Diagnosis.ServiceAdvice) -> AdviceText {
        switch advice {
        case .delivered(.queued): onItsWay
        case .delivered: delivered
        case .sendAgain:
            AdviceText(
                kind: .danger, title: t("Le document n’est pas parvenu"),
                text: known + " " + t("La cause se lit dans « Envois », et il s’y renvoie."),
                way: (Path("/service/envois"), t("Voir les envois")))
        case .takenBack:
            AdviceText(
                kind: .warn, title: t("Le document a été retiré par l’hôpital"),
                text: t(
                    "Il ne peut plus être ouvert. Publiez une nouvelle version si {person} doit le recevoir.",
                    ["person": person]))
        case .lifeOver: lifeOver
        case .respectRefusal:
            AdviceText(
                kind: .danger, title: t("La patiente ou le patient a refusé l’envoi électronique"),
                text: t(
                    "Rien ne sera envoyé tant que ce refus vaut. Il se modifie dans le dossier patient intégré."
                ))
        case .recordDesignation:
            AdviceText(
                kind: .warn, title: t("Enregistrez la désignation dans le dossier patient intégré"),
                text: isFeminine
                    ? t(
                        """
                        {person} n’est pas désignée pour ce séjour. Avec l’accord explicite de la patiente ou du \
                        patient, vous pouvez aussi envoyer le document à la main.
                        """, ["person": person])
                    : t(
                        """
                        {person} n’est pas désigné pour ce séjour. Avec l’accord explicite de la patiente ou du patient, \
                        vous pouvez aussi envoyer le document à la main.
                        """, ["person": person]),
                way: (Path("/service/envois/nouveau"), t("Envoyer un document")))
        case .askPatient:
            AdviceText(
                kind: .warn, title: t("La désignation a été retirée"),
                text: isFeminine
                    ? t(
                        "Demandez à la patiente ou au patient si {person} doit être désignée à nouveau.",
                        ["person": person])
                    : t(
                        "Demandez à la patiente ou au patient si {person} doit être désigné à nouveau.",
                        ["person": person]))
        case .classNotShared:
            AdviceText(
                kind: .warn, title: t("Ce type de document n’est pas transmis"),
                text: t(
                    "Il n’est pas transmissible, ou pas à cette profession. Choisissez le bon type à la source."
                ))
        case .correctInRecord(let rule):
            AdviceText(
                kind: .warn, title: t("Corrigez l’envoi dans le dossier patient intégré"),
                text: RefusalTexts.reason(rule))
        case .sendByPost:
            AdviceText(
                kind: .warn, title: t("Envoyez le document par courrier"),
                text: t(
                    "{person} ne peut pas recevoir de documents par le portail : voyez pourquoi ci-dessous.",
                    ["person": person]),
                way: (Path("/service/envois/nouveau"), t("Envoyer un document")))
        case .goesByPost:
            AdviceText(
                kind: .info, title: t("Les documents partent par courrier"),
                text: t(
                    """
                    {person} ne veut pas de documents par voie électronique, ou ne peut pas se connecter : ce que vous \
                    envoyez part par courrier, si son adresse postale est connue.
                    """, ["person": person]))
        case .noWay:
            AdviceText(
                kind: .warn, title: t("Le portail ne peut rien lui transmettre"),
                text: t(
                    """
                    {person} ne peut pas recevoir de documents par le portail, qui n’envoie pas de courrier : voyez \
                    pourquoi ci-dessous, et transmettez le document par une autre voie.
                    """, ["person": person]))
        case .tellRecipient(let own): recipients(own)
        case .publish:
            AdviceText(
                kind: .ok, title: t("Rien ne s’y oppose : le document n’a pas encore été envoyé"),
                text: t("Vérifiez dans le dossier patient qu’il est finalisé, ou envoyez-le à la main."),
                way: (Path("/service/envois/nouveau"), t("Envoyer un document")))
        }
    }

    private var delivered: AdviceText {
        if let document = answer.document {
            return AdviceText(
                kind: .ok, title: t("Le document est bien arrivé"), text: sentence(document))
        }
        return AdviceText(
            kind: .ok, title: t("Un document de ce séjour est bien parti"), text: known)
    }

    /// It waits for the relay or the printers, and can be read nowhere yet.
    private var onItsWay: AdviceText {
        AdviceText(kind: .info, title: t("Le document est en route"), text: known)
    }

    /// What is known of the document, or of the newest of the stay.
    private var known: String {
        if let document = answer.document { return sentence(document) }
        let newest = answer.deliveredForStay.first { $0.state != .withdrawn }
        return newest.map { sentence(.delivered($0.state, $0.at)) } ?? ""
    }

    private var lifeOver: AdviceText {
        let newest = answer.deliveredForStay.first { $0.state == .expired }
        let word = answer.document ?? newest.map { DocumentWord.delivered($0.state, $0.at) }
        return AdviceText(
            kind: .warn, title: t("Le document a expiré"),
            text: (word.map { sentence($0) + " " } ?? "")
                + t(
                    """
                    Il n’est plus dans le portail. {person} peut demander une nouvelle mise à disposition ; vous \
                    pouvez aussi l’envoyer à nouveau.
                    """, ["person": person]))
    }

    /// What one may say of the other side without telling how somebody uses the portal.
    private func recipients(_ advice: Diagnosis.Advice) -> AdviceText {
        switch advice {
        case .askToBeDesignated: text(.recordDesignation)
        case .correctDocumentAddress:
            AdviceText(
                kind: .warn, title: t("Un mail sécurisé est revenu"),
                text: t(
                    """
                    Le document est alors dans le portail. Invitez {person} à l’y ouvrir, et à vérifier l’adresse \
                    de ses préférences.
                    """, ["person": person]))
        case .giveDocumentAddress, .lookIntoSecuredMail:
            AdviceText(
                kind: .info, title: t("Les documents partent par e-mail sécurisé"),
                text: t(
                    "Ils ne sont pas dans le portail. Demandez à {person} de regarder dans cette messagerie.",
                    ["person": person]))
        default:
            AdviceText(
                kind: .info, title: t("Rien ne s’y oppose de notre côté"),
                text: t(
                    """
                    Indiquez un patient et un séjour, ou l’identifiant du document. Sinon, invitez {person} à ouvrir \
                    la page « Je ne reçois pas un document » du portail.
                    """, ["person": person]))
        }
    }

    func sentence(_ word: StayWord) -> String {
        switch word {
        case .designated(let at):
            isFeminine
                ? t(
                    "{person} est désignée, décision prise {moment}.",
                    ["person": person, "moment": moment(at)])
                : t(
                    "{person} est désigné, décision prise {moment}.",
                    ["person": person, "moment": moment(at)])
        case .revoked: t("La désignation a été retirée.")
        case .denied: t("L’envoi électronique est refusé.")
        case .nothing: t("Aucune désignation de cette personne.")
        }
    }

    func sentence(_ word: DocumentWord) -> String {
        switch word {
        case .delivered(let state, let at):
            switch state {
            case .queued:
                t("En attente d’envoi depuis {moment}, pas encore disponible.", ["moment": moment(at)])
            case .failed: t("L’envoi a échoué {moment}.", ["moment": moment(at)])
            case .deposited: t("Disponible depuis {moment}.", ["moment": moment(at)])
            case .notified: t("Disponible, notification partie {moment}.", ["moment": moment(at)])
            case .opened: t("Ouvert {moment}.", ["moment": moment(at)])
            case .downloaded: t("Téléchargé {moment}.", ["moment": moment(at)])
            case .mailed: t("Envoyé par mail sécurisé {moment}.", ["moment": moment(at)])
            case .posted: t("Préparé pour un envoi par courrier {moment}.", ["moment": moment(at)])
            case .expired: t("Expiré {moment}.", ["moment": moment(at)])
            case .withdrawn: t("Annulé par l’hôpital.")
            }
        case .refused(let rule, let at, let tries):
            t(
                one: "Refusé une fois.", other: "Refusé {count} fois.", count: tries) + " "
                + RefusalTexts.reason(rule) + " " + t("La dernière fois {moment}.", ["moment": moment(at)])
        case .unknown: t("Aucun document de vos services n’a cet identifiant pour cette personne.")
        }
    }

    func sentence(_ refused: DeliveryFacts.Refused) -> String {
        RefusalTexts.reason(refused.rule) + " "
            + t("La dernière fois {moment}.", ["moment": moment(refused.newestAt)])
    }
}
