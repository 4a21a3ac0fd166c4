import HTML

/// `/profil/logiciels`: the programs that read one's documents without a person signing in, such as the software of
/// one's practice. Posts `nom` and `cle` to itself, and nothing to `/profil/logiciels/{id}/retirer` and
/// `/profil/logiciels/{subscription}/relancer`.
struct SoftwarePage: Sendable {
    /// One program.
    struct Program: Sendable {
        let id: String
        let name: String
        /// UTC milliseconds
        let createdAt: Int64
        let endedAt: Int64?
        /// Where it wants to be called, the newest first.
        var calls: [Call] = []
    }

    /// An address that is called when something changes (Subscription).
    struct Call: Sendable {
        let id: String
        /// Without what may stand behind a question mark.
        let address: String
        /// It did not answer for days, or refused: it is not called any more.
        let isFailed: Bool
        /// UTC milliseconds
        let endsAt: Int64
    }

    let shell: Shell
    /// Newest first.
    let programs: [Program]
    /// Where programs get their tokens, and where they read.
    let addresses: (token: String, base: String)
    var name = ""
    var key = ""
    var mistakes: [FieldMistake] = []
    /// The identifier of the program that was just registered.
    var registered: String?

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Logiciels du cabinet"), section: t("Sécurité"), isError: !mistakes.isEmpty),
            in: .account
        ) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
            SecurityCrumb()
            h1 { t("Logiciels du cabinet") }
            if let registered {
                NoteBox(.ok) {
                    p { t("Logiciel enregistré. Son identifiant, à saisir dans le logiciel :") }
                    p(.class("secret")) { code { registered } }
                }
            }
            p {
                t(
                    "Un logiciel enregistré ici lit vos documents sans que personne se connecte : tout ce que vous pouvez lire, rien d’autre. Chaque lecture est tracée."
                )
            }
            list
            registration
        }
    }

    private var list: Node {
        section(.class("card"), .ariaLabelledBy("logiciels")) {
            div(.class("card__h")) { h2(.id("logiciels")) { t("Logiciels enregistrés") } }
            if programs.isEmpty {
                div(.class("card--pad")) { p { t("Aucun logiciel n’est enregistré.") } }
            } else {
                ul(.class("sessions"), .role("list")) {
                    for program in programs { item(program) }
                }
            }
        }
    }

    private func item(_ program: Program) -> Node {
        li {
            div {
                p {
                    b { program.name }
                    " "
                    if program.endedAt == nil { Chip(t("Actif"), .ok) } else { Chip(t("Retiré"), .neutral) }
                }
                p(.class("hint")) {
                    t(
                        "Identifiant {id}, enregistré {date}",
                        ["id": program.id, "date": DateTexts.sentence(program.createdAt, now: now)])
                }
                if program.endedAt == nil { for call in program.calls { line(call, of: program) } }
            }
            if program.endedAt == nil {
                form(.method(.post), .action(Path("/profil/logiciels", program.id, "retirer"))) {
                    FormToken(shell.formToken)
                    button(
                        .class("btn btn--s btn--sm"),
                        .ariaLabel(t("Retirer le logiciel {name}", ["name": program.name]))
                    ) { t("Retirer") }
                }
            }
        }
    }

    private func line(_ call: Call, of program: Program) -> Node {
        Node {
            p {
                if call.isFailed { Chip(t("Ne répond pas"), .danger) } else { Chip(t("Averti"), .ok) }
                " "
                call.isFailed
                    ? t("{address} n’est plus averti de ce qui change.", ["address": call.address])
                    : t(
                        "{address} est averti de ce qui change, jusqu’au {date}.",
                        ["address": call.address, "date": DateTexts.date(call.endsAt)])
            }
            if call.isFailed {
                form(.method(.post), .action(Path("/profil/logiciels", call.id, "relancer"))) {
                    FormToken(shell.formToken)
                    button(
                        .class("btn btn--s btn--sm"),
                        .ariaLabel(
                            t(
                                "Relancer {address} de {name}",
                                ["address": call.address, "name": program.name]))
                    ) { t("Relancer") }
                }
            }
        }
    }

    private var registration: Node {
        section(.class("card card--pad"), .ariaLabelledBy("nouveau")) {
            h2(.id("nouveau")) { t("Enregistrer un logiciel") }
            form(.class("stack form"), .method(.post), .action(Path("/profil/logiciels"))) {
                FormToken(shell.formToken)
                Field(
                    id: "nom", name: "nom", label: t("Nom du logiciel"), value: name, maxLength: 80,
                    mistake: mistakes.first { $0.field == "nom" }?.text)
                NoteField(
                    name: "cle", label: t("Clé publique du logiciel"),
                    hint: t(
                        "Fournie par le logiciel : un JSON Web Key Set, ou une clé P-384 au format PEM. Jamais la clé privée."
                    ),
                    value: key, rows: 8, maxLength: 16384, isRequired: true,
                    mistake: mistakes.first { $0.field == "cle" }?.text)
                dl(.class("sum")) {
                    div {
                        dt { t("Adresse des jetons") }
                        dd { addresses.token }
                    }
                    div {
                        dt { t("Nom (kid) d’une clé PEM") }
                        dd { "1" }
                    }
                    div {
                        dt { t("Adresse FHIR") }
                        dd { addresses.base }
                    }
                }
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Enregistrer le logiciel") } }
            }
        }
    }
}
