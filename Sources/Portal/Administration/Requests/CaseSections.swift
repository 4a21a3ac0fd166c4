import Access
import Directory
import Enrolment
import HTML

/// What the applicant has declared.
struct DeclaredSection: Component {
    let person: DeclaredPerson
    let mailDoubt: MailDoubt?
    let createdAt: Int64

    var body: Node {
        section(.class("card card--pad"), .ariaLabelledBy("declare")) {
            h2(.id("declare")) { t("Données déclarées") }
            SummaryList(rows: rows)
            for warning in person.identifier.warnings { p(.class("hint")) { warning.text } }
            if let mailDoubt {
                NoteBox(.warn) {
                    p {
                        mailDoubt == .notSecured
                            ? t(
                                "Code par e-mail demandé, mais le domaine n’est pas sécurisé : l’activation est bloquée."
                            )
                            : t(
                                "Code par e-mail demandé, et le domaine est inconnu : l’activation est bloquée."
                            )
                    }
                    p { link(.href(Path("/admin/domaines"))) { t("Domaines e-mail") } }
                }
            }
        }
    }

    private var rows: [(term: String, value: Node)] {
        var rows: [(term: String, value: Node)] = [
            (t("Nom"), Node(person.displayName)), (t("Adresse e-mail"), Node(person.email)),
            (t("Téléphone"), Node(person.mobile.rawValue)),
            (t("Code de connexion"), Node(person.codeChannel == .sms ? t("Par SMS") : t("Par e-mail"))),
            (t("Identifiant"), Node(IdentifierTexts.text(person.identifier))),
            (t("Profession"), Node(person.profession.text)),
        ]
        let optional = [
            (t("Spécialités"), person.specialities), (t("Cabinet"), person.practice),
            (t("Responsable"), person.responsible),
        ]
        rows += optional.filter { !$0.1.isEmpty }.map { (term: $0.0, value: Node($0.1)) }
        if person.wantsScreening { rows.append((t("Accès MC-SIS"), Node(t("Demandé")))) }
        rows.append((t("Demande reçue"), Node(DateTexts.dateAndTime(createdAt))))
        return rows
    }
}

/// What the registers say, with the differences marked.
struct RegisterSection: Component {
    let comparison: RegisterComparison

    var body: Node {
        section(.class("card card--pad"), .ariaLabelledBy("registre-titre")) {
            div(.class("row-b")) {
                h2(.id("registre-titre")) { t("Registre") }
                comparison.result.chip
            }
            switch comparison.result {
            case .notApplicable: p { t("Sans GLN, il n’y a rien à comparer.") }
            case .absent:
                p { t("Ce GLN n’est dans aucun extrait de registre. Notez comment vous l’avez vérifié.") }
            case .match, .differences:
                SummaryList(rows: comparison.lines.map { ($0.field.text, value($0)) })
                for entry in comparison.entries {
                    p(.class("hint")) {
                        t(
                            "{register}, GLN {number}",
                            ["register": entry.register.name, "number": entry.gln.rawValue])
                    }
                }
            }
        }
    }

    private func value(_ line: RegisterLine) -> Node {
        let words =
            line.field == .licence
            ? RegisterEntry.Licence(rawValue: line.registered)?.text ?? line.registered : line.registered
        return Node {
            words.isEmpty ? t("non indiqué") : words
            " "
            switch line.isSame {
            case .some(true): Chip(t("identique"), .ok)
            case .some(false): Chip(t("à vérifier"), .warn)
            case .none: Node()
            }
        }
    }
}

extension RegisterLine.Field {
    var text: String {
        switch self {
        case .name: t("Nom")
        case .profession: t("Profession")
        case .specialities: t("Spécialités")
        case .licence: t("Autorisation")
        case .address: t("Adresse")
        }
    }
}

extension RegisterEntry.Licence {
    var text: String {
        switch self {
        case .valid: t("valable")
        case .withdrawn: t("retirée")
        case .none: t("aucune")
        }
    }
}

/// The copies of the identity document; each look at one is traced.
struct CopiesSection: Component {
    let request: AccountRequest
    let copies: [IdentityCopy]
    let formToken: String
    let now: Int64
    let hasMistake: Bool

    var body: Node {
        section(.class("card card--pad"), .ariaLabelledBy("copies")) {
            h2(.id("copies")) { t("Copie de la pièce d’identité") }
            if copies.isEmpty { p { t("Aucune copie n’est déposée.") } }
            ul(.class("stack stack--s"), .role("list")) {
                for copy in copies { li { item(copy) } }
            }
            if request.state.isOpen {
                details(.class("fold")) {
                    HTML.summary(.class("fold__s")) {
                        span { t("Déposer une copie faite au guichet") }
                        Icon.chevronDown
                    }
                    div(.class("fold__p")) {
                        UploadForm(
                            formToken: formToken,
                            action: Path("/admin/comptes/demandes", request.id.rawValue, "piece"),
                            hasMistake: hasMistake)
                    }
                }
            }
        }
    }

    @Markup private func item(_ copy: IdentityCopy) -> Node {
        if let destroyed = copy.destroyedAt {
            p(.class("hint")) { t("Copie détruite le {date}.", ["date": DateTexts.date(destroyed.rawValue)]) }
        } else {
            p {
                link(
                    .class("btn btn--s btn--sm"),
                    .href(Path("/admin/comptes/demandes", request.id.rawValue, "piece", copy.id.rawValue))
                ) {
                    Icon.download
                    t("Télécharger la copie")
                }
            }
            p(.class("hint")) {
                t(
                    "{type}, déposée {date}. Chaque consultation est tracée.",
                    [
                        "type": copy.mediaType.text,
                        "date": DateTexts.sentence(copy.addedAt.rawValue, now: now),
                    ])
            }
        }
    }
}

extension IdentityCopy.MediaType {
    var text: String {
        switch self {
        case .pdf: t("PDF")
        case .jpeg: t("JPEG")
        case .png: t("PNG")
        }
    }
}

/// What was recorded of the check.
struct ProofSection: Component {
    let proof: IdentityProof
    let by: String
    let now: Int64

    var body: Node {
        section(.class("card card--pad"), .ariaLabelledBy("preuve")) {
            h2(.id("preuve")) { t("Identité vérifiée") }
            SummaryList(rows: rows)
        }
    }

    private var rows: [(term: String, value: Node)] {
        var rows: [(term: String, value: Node)] = [
            (t("Validation par"), Node(by)),
            (
                t("Lieu et date"),
                Node("\(proof.place), \(DateTexts.dateAndTime(proof.recordedAt.rawValue))")
            ),
        ]
        if proof.documentKind == .outsideIdentity {
            rows.append((t("Pièce d’identité"), Node(proof.documentKind.text)))
        } else {
            let document = t(
                "{kind}, valable jusqu’au {date}",
                ["kind": proof.documentKind.text, "date": DateTexts.date(iso: proof.validUntil)])
            rows += [
                (t("Pièce d’identité"), Node(document)),
                (t("Date de naissance"), Node(DateTexts.date(iso: proof.birthDate))),
                (t("Sexe"), Node(proof.sex.text)),
            ]
        }
        rows += [
            (t("Contrôle du téléphone"), Node(proof.control.text)),
            (t("Registre"), proof.registerResult.chip.body),
        ]
        let notes = [
            (t("Réponse au contrôle"), proof.controlNote),
            (t("Remarque sur le registre"), proof.registerNote),
            (t("Note interne"), proof.note),
        ]
        rows += notes.filter { !$0.1.isEmpty }.map { (term: $0.0, value: Node($0.1)) }
        return rows
    }
}

extension IdentityProof.DocumentKind {
    var text: String {
        switch self {
        case .passport: t("Passeport")
        case .identityCard: t("Carte d’identité")
        case .residencePermit: t("Titre de séjour")
        case .outsideIdentity: t("Vérifiée par HIN, niveau DEP")
        }
    }
}

extension IdentityProof.Sex {
    var text: String {
        switch self {
        case .female: t("Féminin")
        case .male: t("Masculin")
        case .other: t("Autre")
        case .unknown: t("Non relevé")
        }
    }
}

extension IdentityProof.Control {
    var text: String {
        switch self {
        case .sms: t("SMS de contrôle, code lu par la personne")
        case .call: t("Appel de contrôle")
        }
    }
}
