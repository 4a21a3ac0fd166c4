import Access
import Directory
import Dispatches
import HTML

/// What was checked at this moment for the space in which one reads: the one thing to do first, then each rule.
struct LiveDiagnosis: Component {
    let facts: DeliveryFacts
    let now: Int64
    /// Under a delegation, for whom.
    var principal: String?

    var body: Node {
        div(.class("prose")) {
            AdviceBox(advice: DiagnosisTexts(now: now, principal: principal).advice(Diagnosis.advise(shown)))
            h2(.id("verifie")) { t("Ce que nous venons de vérifier") }
            VerdictList(facts: shown, now: now, isOwn: principal == nil)
            p(.class("hint")) {
                t(
                    "Le compte est vérifié au moment où vous ouvrez cette page. Cette consultation est enregistrée."
                )
            }
        }
    }

    /// Who reads for somebody else does not see how that person is told (D30).
    private var shown: DeliveryFacts { principal == nil ? facts : facts.withoutNotices }
}

extension DeliveryFacts {
    /// The same, as if everything were in order with the mails.
    var withoutNotices: DeliveryFacts {
        var facts = self
        facts.policy = .sinceLastSignIn
        facts.hasNoticeAddress = true
        facts.notice = .none
        return facts
    }
}

/// The one thing to do first.
struct AdviceBox: Component {
    let advice: AdviceText

    var body: Node {
        Node {
            NoteBox(advice.kind) {
                h2 { advice.title }
                p { advice.text }
            }
            if let way = advice.way {
                p { link(.class("btn btn--p"), .href(way.path)) { way.text } }
            }
        }
    }
}

/// Each rule with its verdict and what was found.
struct VerdictList: Component {
    let facts: DeliveryFacts
    let now: Int64
    /// Whether the one who looks may change the preferences.
    var isOwn = false
    /// Those that concern the deliveries only, for others than the professional himself.
    var leavesOut: Set<Diagnosis.Rule> = []

    var body: Node {
        let sentences = RuleSentences(facts: facts, now: now)
        return SummaryList(
            rows: Diagnosis.verdicts(facts).filter { !leavesOut.contains($0.rule) && isShown($0.rule) }.map {
                rule, verdict in
                (
                    rule.name,
                    Node {
                        verdict.chip
                        " "
                        sentences.sentence(rule)
                        if isOwn, verdict != .inOrder, let way = rule.way {
                            " "
                            link(.href(way)) { t("Modifier") }
                        }
                    }
                )
            }
        ).body
    }

    private func isShown(_ rule: Diagnosis.Rule) -> Bool {
        isOwn || ![.notices, .lastNotice].contains(rule)
    }
}

extension Diagnosis.Rule {
    /// Where the professional puts it right himself.
    var way: Path? {
        switch self {
        case .mode, .returnedMail, .typeFilter, .patientFilter, .notices, .lastNotice:
            Path("/profil/preferences")
        case .signIn: Path("/profil/securite")
        case .account, .profession, .designation, .shareable, .lifetime, .withdrawal: nil
        }
    }
}
