import Access
import Directory
import Enrolment
import HTML

/// `/admin/comptes/demandes/{id}` (C3): what was declared beside what the registers say, the check of the identity, and
/// the decision of two people (flow 4.3).
struct RequestCasePage: Sendable {
    /// What was refused just before.
    enum Problem: Sendable, Equatable {
        case proof([ProofMistake])
        case documentUsed
        case codeWrong, codeExpired, codeLimit, landline
        case reasonMissing, complementMissing
        case copy(CopyMistake)
        case copiesFull, copiesNotKept
        case samePerson, personUnknown, noProposal, changed, alreadyDecided, proposerGone
        case mailNotSecured, addressTaken, identifierTaken
        case stateChanged
    }

    let shell: Shell
    let reviewed: ReviewedRequest
    /// Whether the reader may approve: the portal team only.
    let mayApprove: Bool
    /// The check as it was filled in.
    var check = IdentityCheck()
    /// Dates as they were typed.
    var typedValidUntil = ""
    var typedBirthDate = ""
    var problem: Problem?

    private var request: AccountRequest { reviewed.request }
    private var person: DeclaredPerson { request.declared }
    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Demande de compte"), isError: problem != nil), in: .requests) {
            if let problem { problem.box }
            p(.class("crumb")) {
                link(.href(Path("/admin/comptes/demandes"))) {
                    Icon.left
                    t("Demandes de compte")
                }
            }
            div(.class("head")) {
                h1 { person.displayName }
                p(.class("chips")) {
                    request.state.chip
                    if reviewed.holdsAddress { Chip(t("Cette adresse a déjà un compte"), .warn) }
                    if reviewed.holdsIdentifier { Chip(t("Cet identifiant a déjà un compte"), .warn) }
                }
            }
            if !reviewed.siblings.isEmpty { siblings }
            div(.class("duo")) {
                DeclaredSection(
                    person: person, mailDoubt: reviewed.mailDoubt, createdAt: request.createdAt.rawValue)
                RegisterSection(comparison: reviewed.register)
            }
            if let identity = reviewed.identity { IdentitySection(identity: identity) }
            appointment
            CopiesSection(
                request: request, copies: reviewed.copies, formToken: shell.formToken, now: now,
                hasMistake: { if case .copy = problem { true } else { false } }())
            if let proof = reviewed.proof { ProofSection(proof: proof, by: reviewed.provedBy, now: now) }
            if request.state == .identityVerified {
                ApprovalSection(
                    reviewed: reviewed, mayApprove: mayApprove, formToken: shell.formToken, now: now)
            }
            if request.state.isOpen { checkSection }
            if request.state.isOpen { RefusalSection(request: request, formToken: shell.formToken) }
            if request.state == .refused {
                NoteBox(.danger) { p { t("Refusée : {reason}", ["reason": request.refusal]) } }
            }
            if !reviewed.approverName.isEmpty {
                p(.class("hint")) {
                    t(
                        "Activation proposée par {first} et approuvée par {second}.",
                        ["first": reviewed.proposerName, "second": reviewed.approverName])
                }
            }
        }
    }

    private var siblings: Node {
        NoteBox(.warn) {
            p { t("D’autres demandes ouvertes portent la même adresse ou le même identifiant :") }
            for other in reviewed.siblings {
                p {
                    link(.href(Path("/admin/comptes/demandes", other.id.rawValue))) {
                        t(
                            "{name}, reçue {date}",
                            [
                                "name": other.declared.displayName,
                                "date": DateTexts.sentence(other.createdAt.rawValue, now: now),
                            ])
                    }
                }
            }
        }.body
    }

    @Markup private var appointment: Node {
        if let chosen = reviewed.appointment, chosen.missedAt == nil {
            NoteBox(.info) {
                p {
                    b { chosen.site.name }
                    if let start = chosen.startsAt { " · " + SlotTexts.text(start.rawValue, now: now) }
                }
                if let call = ExternalLink(chosen.site.address), chosen.site.mode == .video {
                    p { link(.href(call), .rel("noreferrer")) { t("Ouvrir la visioconférence") } }
                }
            }
        } else if request.state == .requested {
            NoteBox(.info) { p { t("Aucun rendez-vous n’est choisi.") } }
        }
    }

    private var checkSection: Node {
        let proof = Path("/admin/comptes/demandes", request.id.rawValue, "preuve")
        return details(.class("fold"), .open(request.state == .requested || KeptEntry.isOf(proof))) {
            HTML.summary(.class("fold__s")) {
                span {
                    request.state == .requested
                        ? t("Vérification d’identité") : t("Recommencer la vérification d’identité")
                }
                Icon.chevronDown
            }
            div(.class("fold__p stack")) {
                ControlCodeForm(
                    request: request, code: reviewed.controlCode, formToken: shell.formToken, now: now)
                CheckForm(
                    request: request, register: reviewed.register.result, check: check,
                    typedValidUntil: typedValidUntil, typedBirthDate: typedBirthDate,
                    place: check.place.isEmpty ? reviewed.appointment?.site.name ?? "" : check.place,
                    mistakes: { if case .proof(let all) = problem { all } else { [] } }(),
                    isReduced: reviewed.identity?.provesPerson ?? false,
                    formToken: shell.formToken)
            }
        }
    }
}
