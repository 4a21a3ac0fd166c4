import HTML

/// `/documents/{id}` of what can no longer be read (M3, state X): taken back by the hospital, or past its life. It names
/// neither the patient nor the title: the document may have been addressed by mistake.
struct GonePage: Sendable {
    enum Cause: Sendable {
        /// The hospital's words, if it gave any. UTC milliseconds.
        case withdrawn(reason: String?, at: Int64)
        case expired(at: Int64)
    }

    let shell: Shell
    /// From `DocumentTypeTexts.name(code:)`.
    let typeName: String
    let service: String
    /// UTC milliseconds
    let receivedAt: Int64
    let cause: Cause
    /// The version that takes its place, if it can be read here.
    var replacementID: String?

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
                p(.class("lead")) { [typeName, service].filter { !$0.isEmpty }.joined(separator: ", ") }
                p(.class("lead")) { t("Reçu le {date}", ["date": DateTexts.dateAndTime(receivedAt)]) }
            }
            note
            if let replacementID {
                p {
                    link(.class("btn btn--p"), .href(Path("/documents", replacementID))) {
                        t("Ouvrir la nouvelle version")
                    }
                }
            }
            ContactSentence(brand: shell.brand)
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
                p {
                    t("Si vous en avez conservé une copie, détruisez-la ou contactez le service.")
                }
            }
        case .expired(let moment):
            NoteBox(.warn) {
                p {
                    t(
                        """
                        Ce document a expiré le {date}. Demandez une nouvelle mise à disposition au \
                        service.
                        """,
                        ["date": DateTexts.date(moment)])
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
                                link(.href(Path("/documents", entry.id))) { entry.typeName }
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
