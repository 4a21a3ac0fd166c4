import Access
import Documents
import HTML

/// `/documents/{id}` of what can no longer be read (M3, state X): taken back by the hospital, or past its life. It
/// never names the title, and the patient only to who knows him from it: it may have been addressed by mistake.
struct GonePage: Sendable {
    enum Cause: Sendable {
        /// The hospital's words, if it gave any. UTC milliseconds.
        case withdrawn(reason: String?, at: Int64)
        case expired(at: Int64)
    }

    /// Whether a new release can be asked for.
    enum Asking: Sendable {
        /// Of what was taken back there is none.
        case no
        /// For the document with this identifier.
        case possible(id: String)
        /// The person may not speak for the space.
        case withoutRight
        /// UTC milliseconds
        case asked(at: Int64)
        /// Not before this moment, UTC milliseconds.
        case later(from: Int64)
    }

    /// What the service answered to the last wish.
    struct Answer: Sendable {
        /// UTC milliseconds
        let at: Int64
        /// Nil where only that it was settled is known.
        let answer: RenewalAnswer?
        let reason: String?
    }

    let shell: Shell
    /// From `DocumentTypeTexts.name(code:)`.
    let typeName: String
    let service: String
    /// UTC milliseconds
    let receivedAt: Int64
    let cause: Cause
    /// About whom it was; nil where that is not told.
    var patient: PatientIdentity?
    /// The version that takes its place, if it can be read here.
    var replacementID: String?
    /// For the way to its accesses, which stay readable.
    var documentID = ""
    /// A newer version exists, for whomever it is.
    var isReplaced = false
    var asking = Asking.no
    var answer: Answer?
    /// A scanner found something in it.
    var isMalware = false
    /// How the service is reached, where the portal knows it.
    var contact: ServiceContact?
    /// Whether somebody of the service sees in the portal what is asked for.
    var isFollowed = true
    /// Asked for too many today.
    var isTooOften = false

    var html: [UInt8] {
        shell.page(PageTitle(title, section: t("Mes documents")), in: .documents) {
            p(.class("crumb")) {
                link(.href(Path("/documents"))) {
                    Icon.left
                    t("Mes documents")
                }
            }
            h1 { title }
            div {
                if let patient {
                    p(.class("lead")) {
                        b { patient.name }
                        " · " + patient.details(now: shell.presentation.now)
                    }
                }
                p(.class("lead")) { [typeName, service].filter { !$0.isEmpty }.joined(separator: ", ") }
                p(.class("lead")) { t("Reçu le {date}", ["date": DateTexts.dateAndTime(receivedAt)]) }
            }
            note
            if let answer { answered(answer) }
            askAgain
            if let replacementID {
                p {
                    link(.class("btn btn--p"), .href(Path("/documents", replacementID))) {
                        t("Ouvrir la nouvelle version")
                    }
                }
            }
            if !documentID.isEmpty {
                p { link(.href(Path("/documents", documentID, "acces"))) { t("Accès à ce document") } }
            }
            if service.isEmpty {
                ContactSentence(brand: shell.brand)
            } else {
                ServiceContactSection(service: service, contact: contact, brand: shell.brand)
            }
        }
    }

    private var title: String {
        switch cause {
        case .withdrawn: t("Document retiré")
        case .expired: t("Document expiré")
        }
    }

    @Markup private var note: Node {
        switch cause {
        case .withdrawn(let reason, let moment):
            NoteBox(.danger) {
                p {
                    t(
                        "Ce document a été retiré par l’hôpital le {date}. Il ne peut plus être lu.",
                        ["date": DateTexts.dateAndTime(moment)])
                }
                if let reason { p { t("Motif indiqué : {reason}", ["reason": reason]) } }
                if isMalware {
                    p {
                        t(
                            """
                            L’analyse a trouvé un logiciel malveillant dans ce fichier. Si vous l’avez téléchargé, ne l’ouvrez \
                            pas et prévenez la personne qui s’occupe de votre informatique.
                            """)
                    }
                }
                p {
                    t("Si vous en avez conservé une copie, détruisez-la ou contactez le service.")
                }
            }
        case .expired(let moment):
            NoteBox(.warn) {
                p { t("Ce document a expiré le {date}.", ["date": DateTexts.date(moment)]) }
                p {
                    t(
                        "Son contenu ne peut plus être lu ni restauré dans le portail. La trace de sa transmission est conservée."
                    )
                }
                if isReplaced, replacementID == nil { p { ReplacedNote.notHereText } }
            }
        }
    }

    private func answered(_ answer: Answer) -> Node {
        let moment = DateTexts.sentence(answer.at, now: shell.presentation.now)
        return NoteBox(.info) {
            p {
                switch answer.answer {
                case .released:
                    t(
                        "Le service a répondu {moment} : le document a été remis à disposition, comme nouveau document.",
                        ["moment": moment])
                case .refused:
                    t(
                        "Le service a répondu {moment} : la nouvelle mise à disposition est refusée.",
                        ["moment": moment])
                case nil: t("Le service a traité la demande {moment}.", ["moment": moment])
                }
            }
            if let reason = answer.reason { p { t("Motif indiqué : {reason}", ["reason": reason]) } }
        }.body
    }

    @Markup private var askAgain: Node {
        if isTooOften {
            NoteBox(.warn) {
                p {
                    t(
                        "Vous avez fait beaucoup de demandes aujourd’hui. Réessayez demain, ou appelez le service."
                    )
                }
            }
        }
        switch asking {
        case .no: Node()
        case .possible(let id):
            if !isFollowed {
                p {
                    t(
                        "Personne de ce service ne suit encore les demandes dans le portail. La vôtre figurera parmi les tâches de l’équipe du portail ; s’il vous faut ce document, appelez."
                    )
                }
            }
            form(.method(.post), .action(Path("/documents", id, "demander"))) {
                FormToken(shell.formToken)
                button(.class("btn btn--p btn--wrap"), .type("submit")) {
                    t("Demander une nouvelle mise à disposition")
                }
            }
        case .withoutRight:
            p {
                t(
                    "Une nouvelle mise à disposition est demandée par une personne qui peut envoyer dans cet espace."
                )
            }
        case .later(let moment):
            p {
                t(
                    "Une nouvelle demande est possible dès le {date}.",
                    ["date": DateTexts.dateAndTime(moment)])
            }
        case .asked(let moment):
            NoteBox(isFollowed ? .info : .warn) {
                p {
                    isFollowed
                        ? t(
                            "Nouvelle mise à disposition demandée {moment}. Le service décide s’il envoie à nouveau le document.",
                            ["moment": DateTexts.sentence(moment, now: shell.presentation.now)])
                        : t(
                            "Nouvelle mise à disposition demandée {moment}. Personne de ce service ne suit encore les demandes dans le portail : elle figure parmi les tâches de l’équipe du portail. S’il vous faut ce document, appelez.",
                            ["moment": DateTexts.sentence(moment, now: shell.presentation.now)])
                }
            }
        }
    }
}

/// On «Accueil»: what the hospital took back in the last days.
struct WithdrawnList: Component {
    struct Entry: Sendable {
        let id: String
        let typeName: String
        let service: String
        /// UTC milliseconds
        let at: Int64
        /// About whom it was; nil where that is not told.
        var patient: PatientIdentity?
    }

    let entries: [Entry]

    @Markup var body: Node {
        if !entries.isEmpty {
            section(.class("card"), .ariaLabelledBy("retires")) {
                div(.class("card__h")) { h2(.id("retires")) { t("Retirés par l’hôpital") } }
                ul(.role("list")) {
                    for entry in entries {
                        li(.class("row")) {
                            p(.class("row__p")) {
                                link(.href(Path("/documents", entry.id))) {
                                    if let patient = entry.patient { patient.name + ", " }
                                    entry.typeName
                                }
                                if let patient = entry.patient {
                                    " "
                                    span { DateTexts.date(iso: patient.birthDate) }
                                }
                            }
                            HTML.time(.datetime(DateTexts.machine(entry.at))) { DateTexts.date(entry.at) }
                            p(.class("row__m")) { entry.service }
                        }
                    }
                }
            }
        }
    }
}
