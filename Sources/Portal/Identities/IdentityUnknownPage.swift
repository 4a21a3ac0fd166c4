import Enrolment
import HTML

/// `/connexion/hin/compte`: the provider has confirmed somebody of whom the portal knows nothing.
struct IdentityUnknownPage: Sendable {
    /// What the provider says of him.
    struct Told: Sendable {
        let name: String
        let email: String
        let gln: String
        let level: Int
    }

    let shell: PublicShell
    let way: IdentityWay
    let told: Told
    let formToken: String
    /// What was typed before.
    var mobile = ""
    var mistakes: [RequestMistake] = []
    var problem: RequestAccountPage.Problem?

    var html: [UInt8] {
        let isWrong = !mistakes.isEmpty || problem != nil
        return shell.signInPage(
            PageTitle(t("Aucun compte avec cette identité"), section: t("Connexion"), isError: isWrong)
        ) {
            if !mistakes.isEmpty {
                ErrorSummary(mistakes: mistakes.map { FieldMistake(field: field($0), text: $0.text) })
            }
            if let problem { AlertBox(text: problem.text) }
            div {
                h1 { t("Aucun compte avec cette identité") }
                p(.class("lead")) {
                    t(
                        "{provider} a confirmé votre identité, mais le portail ne la connaît pas encore.",
                        ["provider": way.label])
                }
            }
            IdentityFacts(told: told)
            NoteBox(.info) {
                p {
                    t(
                        """
                        Vous avez déjà un compte ? Connectez-vous comme d’habitude, et demandez à l’équipe du portail \
                        d’y associer cette identité. Une même adresse e-mail ne suffit pas.
                        """)
                }
            }
            section(.class("stack"), .ariaLabelledBy("nouveau")) {
                h2(.id("nouveau")) { t("Vous n’avez pas encore de compte ?") }
                p {
                    t(
                        """
                        Demandez-en un avec ces données. L’équipe du portail le valide comme les autres comptes ; \
                        ensuite, cette identité l’ouvre.
                        """)
                }
                form(.class("stack"), .method(.post), .action(way.requestPath)) {
                    FormToken(formToken)
                    Field(
                        id: "telephone", name: "mobile", label: t("Numéro de téléphone*"),
                        hint: t("Portable : un code de contrôle y est envoyé pendant la vérification."),
                        value: mobile, type: "tel", autocomplete: "tel",
                        inputMode: "tel", maxLength: 40,
                        mistake: mistakes.first { field($0) == "telephone" }?.text)
                    button(.class("btn btn--p btn--lg btn--full")) {
                        t("Créer mon compte avec {provider}", ["provider": way.label])
                    }
                }
                ContactSentence(brand: shell.brand)
            }
            link(.class("btn btn--s btn--full"), .href(Path("/connexion"))) {
                t("Avec un mot de passe")
            }
        }
    }
}

extension IdentityUnknownPage {
    /// Only the telephone is typed here; what the provider does not tell is a mistake of the page.
    private func field(_ mistake: RequestMistake) -> String {
        mistake.field == "telephone" ? "telephone" : "nouveau"
    }
}

/// What a provider says of a person, for himself to read.
struct IdentityFacts: Component {
    let told: IdentityUnknownPage.Told

    var body: Node {
        ul(.class("facts"), .role("list")) {
            li { t("Nom : {name}", ["name": told.name]) }
            if !told.email.isEmpty { li { t("Adresse e-mail : {address}", ["address": told.email]) } }
            if !told.gln.isEmpty { li { t("Numéro GLN : {gln}", ["gln": told.gln]) } }
            li { t("Niveau de vérification : {level}", ["level": IdentityLevelTexts.name(told.level)]) }
        }
    }
}
