import Access
import Directory
import Dispatches
import Documents
import HTML

/// `/service/pourquoi`: why a professional has received nothing, rule by rule. What is asked travels in the body of the
/// form, never in an address.
struct WhyPage: Sendable {
    let shell: Shell
    var words = ""
    var patientNumber = ""
    var stayNumber = ""
    /// The sender's identifier.
    var document = ""
    /// Those whom the words found, to choose from.
    var found: [FoundRecipient] = []
    var answer: DeliveryAnswer?
    var mistakes: [FieldMistake] = []

    private var now: Int64 { shell.presentation.now }

    var html: [UInt8] {
        shell.page(PageTitle(t("Pourquoi rien reçu ?"), isError: !mistakes.isEmpty), in: .why) {
            if !mistakes.isEmpty { ErrorSummary(mistakes: mistakes) }
            div(.class("head")) {
                h1 { t("Pourquoi cette personne n’a-t-elle rien reçu ?") }
                p(.class("lead")) { t("Chaque règle d’une transmission, vérifiée à l’instant.") }
            }
            if let answer { verdict(answer) }
            form(.class("card card--pad stack"), .method(.post), .action(Path("/service/pourquoi"))) {
                FormToken(shell.formToken)
                Field(
                    id: "cherche", name: "cherche", label: t("Nom, lieu, spécialité ou GLN"), value: words,
                    maxLength: 100, mistake: mistake("cherche"))
                chooser
                div(.class("grid")) {
                    Field(
                        id: "numero", name: "numero", label: t("Numéro de patient (facultatif)"),
                        value: patientNumber, maxLength: 50, isRequired: false, mistake: mistake("numero"))
                    Field(
                        id: "sejour", name: "sejour", label: t("Numéro de séjour (facultatif)"),
                        value: stayNumber, maxLength: 50, isRequired: false, mistake: mistake("sejour"))
                }
                Field(
                    id: "document", name: "document", label: t("Identifiant du document (facultatif)"),
                    hint: t("Celui du dossier patient intégré, par exemple urn:oid:2.16.756…"),
                    value: document,
                    maxLength: 200, isRequired: false)
                div(.class("form__b")) { button(.class("btn btn--p")) { t("Vérifier") } }
            }
            p(.class("hint")) { t("Chaque vérification est enregistrée.") }
        }
    }

    @Markup private var chooser: Node {
        if !found.isEmpty {
            RadioCards(
                name: "gln", legend: t("De qui s’agit-il ?"),
                choices: found.map {
                    Choice(
                        value: $0.gln.rawValue, text: $0.displayName,
                        explanation: [$0.speciality, $0.locality, $0.gln.rawValue].filter { !$0.isEmpty }
                            .joined(separator: " · "))
                }, selected: found.count == 1 ? found[0].gln.rawValue : "")
        }
    }

    private func mistake(_ field: String) -> String? { mistakes.first { $0.field == field }?.text }

    @Markup private func verdict(_ answer: DeliveryAnswer) -> Node {
        AdviceBox(advice: ServiceAdviceTexts(now: now, answer: answer).text(Diagnosis.advise(answer)))
        section(.class("card card--pad stack"), .ariaLabelledBy("constat")) {
            h2(.id("constat")) { answer.recipient.line }
            SummaryList(rows: asked(answer))
            VerdictList(
                facts: answer.facts.forHospital, now: now,
                leavesOut: [
                    .typeFilter, .patientFilter, .lifetime, .withdrawal, .notices, .lastNotice,
                ])
        }
    }

    /// What was asked besides the person.
    private func asked(_ answer: DeliveryAnswer) -> [(term: String, value: Node)] {
        let texts = ServiceAdviceTexts(now: now, answer: answer)
        var rows: [(term: String, value: Node)] = []
        if let stay = answer.stay { rows.append((t("Ce séjour"), Node(texts.sentence(stay)))) }
        for one in answer.deliveredForStay {
            rows.append((t("Envoyé pour ce séjour"), delivered(one, texts)))
        }
        for one in answer.refusedForStay {
            rows.append((t("Refusé pour ce séjour"), Node(texts.sentence(one))))
        }
        if let document = answer.document { rows.append((t("Ce document"), Node(texts.sentence(document)))) }
        return rows
    }
}

extension WhyPage {
    private func delivered(_ one: DeliveredForStay, _ texts: ServiceAdviceTexts) -> Node {
        Node {
            link(.href(Path("/service/envois", one.documentID.rawValue))) {
                DocumentTypeTexts.name(code: one.typeCode)
            }
            " – " + texts.sentence(.delivered(one.state, one.at))
        }
    }
}

extension DeliveryFacts {
    /// What the hospital's staff learn: how somebody sorts and reads his own list is his affair (D30), and what other
    /// services sent him is theirs.
    var forHospital: DeliveryFacts {
        var facts = withoutNotices
        facts.hiddenByType = 0
        facts.hiddenByPatient = 0
        (facts.expiredUnread, facts.withdrawnUnread) = (nil, nil)
        return facts
    }
}
