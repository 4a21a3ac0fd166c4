import Access
import Directory
import Enrolment
import HTML

/// The control SMS: sent on demand, and the code that the applicant reads out.
struct ControlCodeForm: Component {
    let request: AccountRequest
    let code: ControlCode?
    let formToken: String
    let now: Int64

    private func path(_ part: String) -> Path {
        Path("/admin/comptes/demandes", request.id.rawValue, part)
    }

    var body: Node {
        section(.class("stack"), .ariaLabelledBy("controle-titre")) {
            h2(.id("controle-titre")) { t("Contrôle du téléphone") }
            p {
                t(
                    "Envoyez un code au {number} et demandez à la personne de le lire, ou appelez ce numéro.",
                    ["number": request.declared.mobile.rawValue])
            }
            if let confirmed = code?.confirmedAt {
                p {
                    Chip(
                        t("Code confirmé {date}", ["date": DateTexts.sentence(confirmed.rawValue, now: now)]),
                        .ok)
                }
            } else {
                HTML.form(.method(.post), .action(path("code"))) {
                    FormToken(formToken)
                    button(.class("btn btn--s")) {
                        code == nil ? t("Envoyer le code de contrôle") : t("Envoyer un nouveau code")
                    }
                }
                if let code { answer(code) }
            }
        }
    }

    private func answer(_ code: ControlCode) -> Node {
        HTML.form(.class("stack form"), .method(.post), .action(path("reponse"))) {
            FormToken(formToken)
            Field(
                id: "code", name: "code", label: t("Code lu par la personne"),
                hint: t("Envoyé {date}.", ["date": DateTexts.sentence(code.sentAt.rawValue, now: now)]),
                inputMode: "numeric", maxLength: 12)
            div { button(.class("btn btn--s")) { t("Vérifier le code") } }
        }
    }
}

/// The checklist of an identity check (ADM-04 to ADM-07).
struct CheckForm: Component {
    let request: AccountRequest
    let register: RegisterResult
    let check: IdentityCheck
    let typedValidUntil: String
    let typedBirthDate: String
    let place: String
    let mistakes: [ProofMistake]
    /// Proved by HIN at its highest level: no document is asked for (D03).
    let isReduced: Bool
    let formToken: String

    private func mistake(_ field: String) -> String? { mistakes.first { $0.field == field }?.text }

    var body: Node {
        HTML.form(
            .class("stack"), .method(.post),
            .action(Path("/admin/comptes/demandes", request.id.rawValue, "preuve"))
        ) {
            FormToken(formToken)
            if !isReduced { document }
            h2 { t("Contrôle et registre") }
            RadioCards(
                name: "controle", legend: t("Contrôle du téléphone*"),
                choices: IdentityProof.Control.allCases.map { Choice(value: $0.rawValue, text: $0.text) },
                selected: check.control, mistake: mistake("controle"))
            NoteField(
                name: "appel", label: t("Réponse à l’appel de contrôle"), value: check.controlNote, rows: 2,
                maxLength: 500, mistake: mistake("appel"))
            if register == .differences || register == .absent {
                NoteField(
                    name: "registre", label: t("Pourquoi l’écart avec le registre est accepté*"),
                    value: check.registerNote, rows: 2, maxLength: 500, mistake: mistake("registre"))
            }
            Field(
                id: "lieu", name: "lieu", label: t("Lieu de la vérification*"), value: place, maxLength: 100,
                mistake: mistake("lieu"))
            NoteField(name: "note", label: t("Note interne (facultatif)"), value: check.note)
            p(.class("hint")) {
                t(
                    "Votre nom, la date et l’heure sont enregistrés. Une seconde personne active ensuite le compte."
                )
            }
            div(.class("form__b")) { button(.class("btn btn--p")) { t("Valider l’identité") } }
        }
    }

    @Markup private var document: Node {
        h2 { t("Pièce d’identité") }
        SelectField(
            name: "piece", label: t("Type de pièce*"),
            choices: [Choice(value: "", text: t("Choisissez"))]
                + IdentityProof.DocumentKind.shown.map { Choice(value: $0.rawValue, text: $0.text) },
            selected: check.documentKind, mistake: mistake("piece"))
        div(.class("grid")) {
            Field(
                id: "numero", name: "numero", label: t("Numéro de la pièce*"),
                value: check.documentNumber,
                maxLength: 40, mistake: mistake("numero"))
            Field(
                id: "valable", name: "valable", label: t("Valable jusqu’au*"),
                hint: t("Par exemple 31.12.2030"),
                value: typedValidUntil, inputMode: "numeric", maxLength: 10, mistake: mistake("valable"))
            Field(
                id: "naissance", name: "naissance", label: t("Date de naissance*"),
                hint: t("Par exemple 14.03.1978"), value: typedBirthDate, inputMode: "numeric",
                maxLength: 10,
                mistake: mistake("naissance"))
            SelectField(
                name: "sexe", label: t("Sexe selon la pièce*"),
                choices: [Choice(value: "", text: t("Choisissez"))]
                    + IdentityProof.Sex.written.map { Choice(value: $0.rawValue, text: $0.text) },
                selected: check.sex, mistake: mistake("sexe"))
        }
        CheckField(
            name: "photo", label: t("La photo correspond à la personne"), isChecked: check.photoMatches,
            mistake: mistake("photo"))
    }
}

/// The decision of the second person.
struct ApprovalSection: Component {
    let reviewed: ReviewedRequest
    let mayApprove: Bool
    let formToken: String
    let now: Int64

    private var id: String { reviewed.request.id.rawValue }

    var body: Node {
        section(.class("card card--pad four"), .ariaLabelledBy("activation")) {
            h2(.id("activation")) { t("Activation par une seconde personne") }
            if let proposal = reviewed.proposal, !reviewed.isProposalStale {
                p {
                    t(
                        "Proposée par {name} {date}. Elle peut être approuvée jusqu’au {end}.",
                        [
                            "name": reviewed.proposerName,
                            "date": DateTexts.sentence(proposal.proposedAt.rawValue, now: now),
                            "end": DateTexts.dateAndTime(proposal.expiresAt.rawValue),
                        ])
                }
                if mayApprove {
                    p { t("Vous approuvez exactement ce qui est écrit sur cette page.") }
                    HTML.form(.method(.post), .action(Path("/admin/comptes/demandes", id, "approuver"))) {
                        FormToken(formToken)
                        input(.type("hidden"), .name("empreinte"), .value(proposal.seal))
                        button(.class("btn btn--p")) { t("Activer le compte") }
                    }
                } else {
                    p { t("L’équipe du portail doit l’approuver.") }
                }
            } else {
                p { t("La proposition a pris fin ou la demande a changé. Proposez-la à nouveau.") }
                HTML.form(.method(.post), .action(Path("/admin/comptes/demandes", id, "proposer"))) {
                    FormToken(formToken)
                    button(.class("btn btn--s")) { t("Proposer à nouveau l’activation") }
                }
            }
        }
    }
}

/// Asking for more, or saying no.
struct RefusalSection: Component {
    let request: AccountRequest
    let formToken: String

    var body: Node {
        div(.class("duo")) {
            if request.state == .requested {
                fold(
                    t("Demander un complément"), "complement", t("Ce que la personne doit compléter*"),
                    t("Demander de compléter"), value: request.complement)
            }
            fold(
                t("Refuser la demande"), "refuser", t("Motif, montré à la personne*"), t("Refuser la demande")
            )
        }
    }

    private func fold(
        _ title: String, _ part: String, _ label: String, _ button: String, value: String = ""
    ) -> Node {
        let action = Path("/admin/comptes/demandes", request.id.rawValue, part)
        return KeptEntry.inForm(action) { isKept in
            details(.class("fold"), .open(isKept)) {
                HTML.summary(.class("fold__s")) {
                    span { title }
                    Icon.chevronDown
                }
                HTML.form(.class("fold__p stack"), .method(.post), .action(action)) {
                    FormToken(formToken)
                    NoteField(
                        name: part == "refuser" ? "motif" : "complement", label: label, value: value,
                        isRequired: true)
                    div { HTML.button(.class("btn btn--s")) { button } }
                }
            }
        }
    }
}
