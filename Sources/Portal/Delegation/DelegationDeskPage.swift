import Access
import HTML

/// `/admin/delegations` (C6): those that wait for approval, and those in force. Names of professionals only.
struct DelegationDeskPage: Sendable {
    enum Problem: Sendable, Equatable {
        /// Whoever drew it up cannot approve it.
        case samePerson
        /// Of the delegation with this identifier.
        case reasonMissing(String)
    }

    struct Entry: Sendable {
        let id: String
        let principal: String
        let delegate: String
        let rights: Set<DelegationRight>
        let state: DelegationState
        /// UTC milliseconds
        let since: Int64
        let endsAt: Int64
        /// Who drew it up; nil when the principal offered it himself.
        let proposedBy: String?
        let evidence: String
        /// Drawn up by the reader of this page.
        let isMine: Bool
    }

    let shell: Shell
    let waiting: [Entry]
    let confirmed: [Entry]
    var problem: Problem?

    var html: [UInt8] {
        shell.page(PageTitle(t("Délégations"), isError: problem != nil), in: .delegations) {
            if let problem { ErrorSummary(mistakes: [mistake(problem)]) }
            div(.class("head head--act")) {
                h1 { t("Délégations") }
                link(.class("btn btn--p btn--sm"), .href(Path("/admin/delegations/nouvelle"))) {
                    t("Établir une délégation")
                }
            }
            part("attente", t("À activer"), waiting, empty: t("Aucune délégation n’attend."))
            part("actives", t("Actives"), confirmed, empty: t("Aucune délégation n’est active."))
        }
    }

    private func mistake(_ problem: Problem) -> FieldMistake {
        switch problem {
        case .samePerson:
            FieldMistake(
                field: "attente", text: t("Une autre personne de l’équipe doit activer cette délégation."))
        case .reasonMissing(let id):
            FieldMistake(field: "motif-\(id)", text: t("Indiquez le motif : les deux personnes le verront."))
        }
    }

    private func part(_ id: String, _ title: String, _ entries: [Entry], empty: String) -> Node {
        section(.class("card"), .ariaLabelledBy(id)) {
            div(.class("card__h")) { h2(.id(id)) { title } }
            if entries.isEmpty {
                EmptyState(text: empty)
            } else {
                ul(.class("sessions"), .role("list")) { for entry in entries { item(entry) } }
            }
        }
    }

    private func item(_ entry: Entry) -> Node {
        li {
            div {
                p {
                    t(
                        "{delegate} pour {principal}",
                        ["delegate": b { entry.delegate }, "principal": b { entry.principal }])
                    " "
                    Chip(entry.state.text, entry.state.kind)
                }
                p(.class("hint")) {
                    DelegationTexts.rights(entry.rights) + " · "
                        + t("demandée le {date}", ["date": DateTexts.date(entry.since)]) + " · "
                        + t("jusqu’au {date}", ["date": DelegationTexts.lastDay(entry.endsAt)])
                }
                p(.class("hint")) { origin(of: entry) }
            }
            div(.class("acts")) {
                if entry.state == .waiting, !entry.isMine { confirmForm(entry) }
                endForm(entry)
            }
        }
    }

    private func origin(of entry: Entry) -> String {
        guard let person = entry.proposedBy else {
            return t("Proposée par la personne responsable, acceptée par l’autre.")
        }
        return t("Établie par {person} : {evidence}", ["person": person, "evidence": entry.evidence])
    }

    private func confirmForm(_ entry: Entry) -> Node {
        form(.method(.post), .action(Path("/admin/delegations", entry.id, "activer"))) {
            FormToken(shell.formToken)
            button(.class("btn btn--p btn--sm"), .ariaLabel(name(t("Activer la délégation"), entry))) {
                t("Activer la délégation")
            }
        }
    }

    private func endForm(_ entry: Entry) -> Node {
        let action = Path("/admin/delegations", entry.id, "terminer")
        return KeptEntry.inForm(action) { _ in
            form(.class("inline"), .method(.post), .action(action)) {
                FormToken(shell.formToken)
                label(.class("vh"), .for("motif-\(entry.id)")) { t("Motif") }
                input(
                    .class("input"), .id("motif-\(entry.id)"), .name("motif"), .placeholder(t("Motif")),
                    .value(KeptEntry.value("motif") ?? ""), .maxLength(500), .autocomplete("off"),
                    .ariaInvalid(problem == .reasonMissing(entry.id)))
                button(.class("btn btn--s btn--sm"), .ariaLabel(name(endText(entry), entry))) {
                    endText(entry)
                }
            }
        }
    }

    private func endText(_ entry: Entry) -> String { entry.state == .waiting ? t("Refuser") : t("Terminer") }

    private func name(_ act: String, _ entry: Entry) -> String {
        t("{act} : {person}", ["act": act, "person": "\(entry.delegate), \(entry.principal)"])
    }
}

/// `/admin/delegations/nouvelle`: the team draws up a delegation on request. Posts `principal`, `justificatif` and
/// the fields of `DelegationFields`.
struct ProposeDelegationPage: Sendable {
    let shell: Shell
    let values: DelegationFields.Values
    var problems: [DelegationProblem] = []

    var html: [UInt8] {
        shell.page(
            PageTitle(t("Établir une délégation"), section: t("Délégations"), isError: !problems.isEmpty),
            in: .delegations
        ) {
            if !problems.isEmpty {
                ErrorSummary(mistakes: problems.map { FieldMistake(field: $0.field, text: $0.text) })
            }
            p(.class("crumb")) {
                link(.href(Path("/admin/delegations"))) {
                    Icon.left
                    t("Délégations")
                }
            }
            h1 { t("Établir une délégation") }
            section(.class("card card--pad")) {
                form(.class("stack form"), .method(.post), .action(Path("/admin/delegations/nouvelle"))) {
                    FormToken(shell.formToken)
                    Field(
                        id: "principal", name: "principal", label: t("E-mail de la personne responsable"),
                        value: values.principal, type: "email", inputMode: "email",
                        mistake: mistake("principal"))
                    DelegationFields(
                        values: values, problems: problems, emailLabel: t("E-mail de la personne qui agira"))
                    Field(
                        id: "justificatif", name: "justificatif", label: t("Justificatif"),
                        hint: t("Exemple : demande signée des deux personnes, reçue le 12.11.2026"),
                        value: values.evidence, maxLength: 500, mistake: mistake("justificatif"))
                    p(.class("hint")) { t("Une autre personne de l’équipe devra activer la délégation.") }
                    div(.class("form__b")) {
                        button(.class("btn btn--p btn--caps")) { t("Établir la délégation") }
                    }
                }
            }
        }
    }

    private func mistake(_ field: String) -> String? { problems.first { $0.field == field }?.text }
}
