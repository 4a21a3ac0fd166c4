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

    var html: [UInt8] {
        shell.signInPage(PageTitle(t("Aucun compte avec cette identité"), section: t("Connexion"))) {
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
            section(.class("new")) {
                h2 { t("Vous n’avez pas encore de compte ?") }
                ContactSentence(brand: shell.brand)
            }
            link(.class("btn btn--s btn--full"), .href(Path("/connexion"))) {
                t("Avec un mot de passe")
            }
        }
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
