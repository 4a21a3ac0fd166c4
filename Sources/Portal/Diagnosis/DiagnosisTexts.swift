import Access
import Directory
import Dispatches
import Documents
import HTML

/// The one thing to do, as the page says it.
struct AdviceText: Sendable {
    let kind: NoteBox.Kind
    let title: String
    let text: String
    var way: (path: Path, text: String)?
}

/// The diagnosis in words, for the professional himself or for who reads in his space.
struct DiagnosisTexts: Sendable {
    let now: Int64
    /// «Dre Claire Favre», under a delegation: what only she can change has no link.
    var principal: String?

    private var isOwn: Bool { principal == nil }

    func advice(_ advice: Diagnosis.Advice) -> AdviceText {
        switch advice {
        case .accountInactive, .noWayToSignIn, .professionExcluded, .numberMissing: contact(advice)
        case .acceptDocuments, .giveDocumentAddress, .turnNoticesOn, .giveNoticeAddress,
            .correctNoticeAddress, .correctDocumentAddress:
            preference(advice)
        case .lookIntoSecuredMail:
            AdviceText(
                kind: .info, title: t("Cherchez dans votre messagerie sécurisée"),
                text: t(
                    """
                    Les documents vous sont envoyés par e-mail sécurisé, et non dans ce portail. Regardez aussi \
                    le dossier des indésirables.
                    """))
        case .openUnread(let count):
            AdviceText(
                kind: .ok,
                title: t(
                    one: "{count} document vous attend", other: "{count} documents vous attendent",
                    count: count, upTo: DocumentLimits.countedRows),
                text: t(
                    one: "Il est arrivé et n’a pas encore été ouvert.",
                    other: "Ils sont arrivés et n’ont pas encore été ouverts.", count: count),
                way: (Path("/documents", query: ["vue": "nonlus"]), t("Ouvrir les documents non lus")))
        case .showHidden(let count):
            AdviceText(
                kind: .warn,
                title: t(
                    one: "{count} document est caché par un filtre",
                    other: "{count} documents sont cachés par un filtre", count: count,
                    upTo: DocumentLimits.countedRows),
                text: t("Tout est arrivé ; les préférences d’affichage ne montrent pas tout dans la liste."),
                way: (Path("/documents", query: ["affichage": "tout"]), t("Voir tous les documents")))
        case .askAgain(let expired): askAgain(expired)
        case .askAboutWithdrawal(let withdrawn): askAboutWithdrawal(withdrawn)
        case .askToBeDesignated:
            AdviceText(
                kind: .info, title: t("Demandez à votre patiente ou patient de vous désigner"),
                text: t(
                    """
                    La désignation se donne à l’admission, pour chaque séjour ou suivi. Sans elle, l’hôpital \
                    n’envoie rien, même si vous êtes le médecin traitant.
                    """))
        case .askHospital:
            AdviceText(
                kind: .info, title: t("Appelez le service de l’hôpital"),
                text: t(
                    """
                    L’hôpital a voulu vous envoyer un document, et une de ses règles l’a empêché : voyez la \
                    raison ci-dessous. Seul le service peut y remédier.
                    """))
        case .waitForNotice(let due):
            AdviceText(
                kind: .ok, title: t("La notification n’est pas encore partie"),
                text: t(
                    "Elle part {moment}. Les documents, eux, sont déjà là.",
                    ["moment": DateTexts.sentence(due.rawValue, now: now)]),
                way: (Path("/documents"), t("Mes documents")))
        case .lookIntoSpam(let at):
            AdviceText(
                kind: .info, title: t("Regardez dans vos courriers indésirables"),
                text: t(
                    """
                    Notre dernière notification est partie {moment}, et nous ne savons pas ce qu’en a fait votre \
                    messagerie. Vérifiez aussi l’adresse de vos préférences, et ajoutez la nôtre à vos contacts.
                    """, ["moment": DateTexts.sentence(at.rawValue, now: now)]))
        case .askService:
            AdviceText(
                kind: .ok, title: t("Tout est en ordre : demandez au service s’il a envoyé le document"),
                text: t(
                    """
                    Rien de ce que nous pouvons vérifier n’empêche un document d’arriver. Il n’est peut-être \
                    pas finalisé, ou pas d’un type transmissible.
                    """))
        }
    }

    private func askAgain(_ expired: DeliveryFacts.Lately) -> AdviceText {
        AdviceText(
            kind: .warn,
            title: t(
                one: "{count} document a expiré sans avoir été ouvert",
                other: "{count} documents ont expiré sans avoir été ouverts", count: expired.count),
            text: t(
                """
                Le dernier n’est plus dans le portail depuis {moment}. Sur sa page, vous pouvez demander à \
                l’hôpital de le mettre à disposition une nouvelle fois.
                """, ["moment": DateTexts.sentence(expired.newestAt.rawValue, now: now)]),
            way: (Path("/documents", expired.newest.rawValue), t("Le demander à nouveau")))
    }

    private func askAboutWithdrawal(_ withdrawn: DeliveryFacts.Lately) -> AdviceText {
        AdviceText(
            kind: .warn,
            title: t(
                one: "L’hôpital a retiré {count} document que vous n’aviez pas ouvert",
                other: "L’hôpital a retiré {count} documents que vous n’aviez pas ouverts",
                count: withdrawn.count),
            text: t(
                "Le dernier a été retiré {moment}. Le service peut dire s’il sera remplacé.",
                ["moment": DateTexts.sentence(withdrawn.newestAt.rawValue, now: now)]),
            way: (Path("/documents", withdrawn.newest.rawValue), t("Voir le motif")))
    }

    private func contact(_ advice: Diagnosis.Advice) -> AdviceText {
        let title =
            switch advice {
            case .noWayToSignIn: t("Il manque un moyen de connexion")
            case .professionExcluded: t("Les documents ne sont pas ouverts à cette profession")
            case .numberMissing: t("Il manque votre identifiant professionnel")
            default: t("Le compte n’est pas actif")
            }
        return AdviceText(
            kind: .danger, title: title,
            text: t("L’équipe du portail peut le corriger : ses coordonnées sont au bas de cette page."))
    }

    private func preference(_ advice: Diagnosis.Advice) -> AdviceText {
        let title: String
        let text: String
        switch advice {
        case .acceptDocuments:
            title = t("Les envois sont désactivés")
            text = t(
                "Le mode « Ne pas envoyer les documents » est choisi : l’hôpital n’envoie rien par voie électronique."
            )
        case .giveDocumentAddress:
            title = t("Il manque une adresse sécurisée pour les documents")
            text = t(
                "L’envoi par e-mail sécurisé est choisi, sans adresse sécurisée : les documents vont au portail."
            )
        case .turnNoticesOn:
            title = t("Les notifications sont désactivées")
            text = t("Les documents arrivent, et aucun e-mail ne l’annonce.")
        case .correctNoticeAddress:
            title = t("La notification n’a pas pu être remise")
            text = t("Vérifiez l’adresse à laquelle nous écrivons. Les documents, eux, sont dans le portail.")
        case .correctDocumentAddress:
            title = t("Un mail sécurisé nous est revenu")
            text = t(
                "Votre messagerie n’a pas pris un document ; il est dans le portail. Vérifiez l’adresse pour les documents."
            )
        default:
            title = t("Il manque l’adresse pour les notifications")
            text = t("Les documents arrivent, et aucun e-mail ne peut l’annoncer.")
        }
        guard let principal else {
            return AdviceText(
                kind: .warn, title: title, text: text,
                way: (Path("/profil/preferences"), t("Modifier les préférences")))
        }
        return AdviceText(
            kind: .warn, title: title,
            text: text + " " + t("{person} peut le changer dans son profil.", ["person": principal]))
    }
}

extension Diagnosis.Rule {
    var name: String {
        switch self {
        case .account: t("Compte")
        case .signIn: t("Connexion")
        case .profession: t("Profession et identifiant")
        case .designation: t("Désignation")
        case .shareable: t("Document transmissible et finalisé")
        case .mode: t("Mode d’envoi")
        case .returnedMail: t("Mail sécurisé revenu")
        case .lifetime: t("Durée de vie")
        case .withdrawal: t("Retirés par l’hôpital")
        case .typeFilter: t("Types affichés")
        case .patientFilter: t("Patients affichés")
        case .notices: t("Notifications")
        case .lastNotice: t("Dernière notification")
        }
    }
}

extension Diagnosis.Verdict {
    var chip: Chip {
        switch self {
        case .inOrder: Chip(t("En ordre"), .ok)
        case .attention: Chip(t("À voir"), .warn)
        case .obstacle: Chip(t("Bloque"), .danger)
        }
    }
}
