import Access
import Directory
import Enrolment
import HTML

/// `/admin/equipe`: the portal team, external validators and people of services; each new one is decided by two.
struct TeamPage: Sendable {
    /// What was refused just before.
    enum Problem: Sendable, Equatable {
        case form([StaffMistake])
        case addressTaken, samePerson, personUnknown, noProposal, changed
    }

    let shell: Shell
    let team: Team
    var form = StaffForm()
    var problem: Problem?

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Équipe"), isError: problem != nil), in: .accounts) {
            if let problem { problem.box }
            p(.class("crumb")) {
                link(.href(Path("/admin/comptes"))) {
                    Icon.left
                    t("Comptes")
                }
            }
            h1 { t("Équipe") }
            if !team.proposed.isEmpty { proposals }
            members
            proposalForm
        }
    }

    private var proposals: Node {
        section(.class("card card--pad four"), .ariaLabelledBy("attente")) {
            h2(.id("attente")) { t("Attend une seconde personne") }
            for one in team.proposed {
                SummaryList(rows: [
                    (t("Personne"), Node("\(one.draft.displayName), \(one.draft.email)")),
                    (t("Rôle"), Node(one.draft.role.text)),
                    (t("Téléphone"), Node(one.draft.mobile.rawValue)),
                    (t("Numéro de personne"), Node("\(one.draft.personNumber), \(one.draft.organisation)")),
                    (
                        t("Proposé par"),
                        Node(
                            "\(one.proposerName), \(DateTexts.sentence(one.act.proposedAt.rawValue, now: now))"
                        )
                    ),
                ])
                div(.class("acts")) {
                    if !one.isOwn {
                        act("approuver", t("Approuver l’accès"), one, style: "btn btn--p")
                    }
                    act("retirer", t("Retirer la proposition"), one, style: "btn btn--s")
                }
                if one.isOwn { p(.class("hint")) { t("Une autre personne de l’équipe doit l’approuver.") } }
            }
        }
    }

    private func act(_ part: String, _ text: String, _ one: ProposedMember, style: String) -> Node {
        HTML.form(.method(.post), .action(Path("/admin/equipe", one.draft.id.rawValue, part))) {
            FormToken(shell.formToken)
            input(.type("hidden"), .name("empreinte"), .value(one.act.seal))
            button(.class(style)) { text }
        }
    }

    private var members: Node {
        HTML.table(.class("table")) {
            caption(.class("vh")) { t("Équipe") }
            thead {
                tr {
                    th(.scope("col")) { t("Personne") }
                    th(.scope("col")) { t("Rôle") }
                    th(.scope("col")) { t("Organisation") }
                    th(.scope("col")) { t("État") }
                }
            }
            tbody {
                for member in team.members {
                    tr {
                        td(.dataLabel(t("Personne"))) {
                            link(.href(Path("/admin/comptes", member.accountID.rawValue))) {
                                b { member.displayName }
                            }
                        }
                        td(.dataLabel(t("Rôle"))) { member.role.text }
                        td(.dataLabel(t("Organisation"))) {
                            member.organisation.isEmpty ? "–" : member.organisation
                        }
                        td(.dataLabel(t("État"))) { member.state.chip }
                    }
                }
            }
        }
    }

    private func mistake(_ field: String) -> String? {
        guard case .form(let all) = problem else { return nil }
        return all.first { $0.field == field }?.text
    }

    private var proposalForm: Node {
        let isWrong = if case .form = problem { true } else { false }
        return details(
            .class("fold"), .open(isWrong || KeptEntry.isOf(Path("/admin/equipe")))
        ) {
            HTML.summary(.class("fold__s")) {
                span { t("Proposer un accès") }
                Icon.chevronDown
            }
            HTML.form(.class("fold__p stack"), .method(.post), .action(Path("/admin/equipe"))) {
                FormToken(shell.formToken)
                SelectField(
                    name: "role", label: t("Rôle*"),
                    choices: [Account.Role.registrar, .portalAdmin, .serviceMember].map {
                        Choice(value: $0.rawValue, text: $0.text)
                    }, selected: form.role.isEmpty ? "registrar" : form.role, mistake: mistake("role"))
                div(.class("grid")) {
                    field("titre", t("Titre"), form.honorific, isRequired: false)
                    field("nom", t("Nom*"), form.familyName)
                    field("prenom", t("Prénom*"), form.givenName)
                    field("email", t("Adresse e-mail*"), form.email)
                    field("telephone", t("Numéro de portable*"), form.mobile)
                    field("numero", t("Numéro de personne*"), form.personNumber)
                    field("organisation", t("Organisation*"), form.organisation)
                }
                p(.class("hint")) {
                    t(
                        """
                        Le numéro de personne est celui de l’employeur : deux comptes d’une même personne portent le \
                        même, et ne peuvent pas décider à deux.
                        """
                    )
                }
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Proposer l’accès") } }
            }
        }
    }

    private func field(_ id: String, _ label: String, _ value: String, isRequired: Bool = true) -> Node {
        Field(
            id: id, name: id, label: label, value: value, maxLength: 200, isRequired: isRequired,
            mistake: mistake(id)
        ).body
    }
}

extension StaffMistake {
    var field: String {
        switch self {
        case .role: "role"
        case .email: "email"
        case .familyName: "nom"
        case .givenName: "prenom"
        case .personNumber: "numero"
        case .organisation: "organisation"
        case .mobile, .landline: "telephone"
        }
    }

    var text: String {
        switch self {
        case .role: t("Choisissez un rôle.")
        case .email: t("Saisissez une adresse e-mail, par exemple prenom.nom@cabinet.ch.")
        case .familyName: t("Saisissez le nom.")
        case .givenName: t("Saisissez le prénom.")
        case .personNumber: t("Saisissez le numéro de personne, en 50 caractères au plus.")
        case .organisation: t("Saisissez l’organisation.")
        case .mobile(let mistake): mistake.text
        case .landline: t("Ce numéro ne reçoit pas de SMS.")
        }
    }
}

extension TeamPage.Problem {
    var box: Node {
        switch self {
        case .form(let all):
            ErrorSummary(mistakes: all.map { FieldMistake(field: $0.field, text: $0.text) }).body
        case .addressTaken: AlertBox(text: t("Cette adresse e-mail a déjà un compte.")).body
        case .samePerson:
            AlertBox(text: t("Une autre personne doit approuver ce que vous avez proposé.")).body
        case .personUnknown:
            AlertBox(
                text: t(
                    "Votre compte n’a pas de numéro de personne : une décision à deux ne peut pas être enregistrée."
                )
            ).body
        case .noProposal: AlertBox(text: t("La proposition a pris fin. Proposez-la à nouveau.")).body
        case .changed: AlertBox(text: t("La demande a changé depuis que vous l’avez lue. Relisez-la.")).body
        }
    }

    init?(_ refusal: EnrolmentRefusal) {
        switch refusal {
        case .addressTaken: self = .addressTaken
        case .samePerson: self = .samePerson
        case .personUnknown: self = .personUnknown
        case .noProposal, .alreadyDecided, .proposerGone: self = .noProposal
        case .changedMeanwhile: self = .changed
        default: return nil
        }
    }
}
