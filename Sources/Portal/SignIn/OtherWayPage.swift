import Access
import HTML

/// `/connexion/code/renvoyer` (P4): another code, or another way. Posts `retour` and the form token to itself, and
/// `methode` to `/connexion/code/methode`.
struct OtherWayPage: Sendable {
    let shell: PublicShell
    let formToken: String
    let factor: SecondFactor
    let maskedTarget: String
    /// What else the account has.
    var others: [SecondFactor] = []
    var hasPasskey = false
    var returnTo = ""
    /// Not before then, UTC milliseconds; nil when a code can be sent now.
    var waitUntil: Int64?
    /// True when the button was pressed too early.
    var wasRefused = false

    /// The address of this page, keeping where to go afterwards.
    static func path(returnTo: String) -> Path { Self.path("/connexion/code/renvoyer", returnTo) }

    private static func path(_ root: StaticString, _ returnTo: String) -> Path {
        Path(root, segments: [], query: returnTo.isEmpty ? [] : [(key: "retour", value: returnTo)])
    }

    private var heading: String {
        factor.channel == nil ? t("Utiliser une autre méthode") : t("Vous n’avez pas reçu le code")
    }

    var html: [UInt8] {
        shell.signInPage(PageTitle(heading, section: t("Connexion"), isError: wasRefused)) {
            div {
                h1 { heading }
                p(.class("lead")) { factor.sentence(target: maskedTarget) }
            }
            if let waitUntil { waitBox(waitUntil) }
            if let delay = factor.delay {
                p { delay }
                form(.class("stack"), .method(.post), .action(Path("/connexion/code/renvoyer"))) {
                    FormToken(formToken)
                    ReturnField(address: returnTo)
                    button(.class("btn btn--p btn--lg btn--full")) { t("Renvoyer le code") }
                }
            }
            p { link(.href(Self.path("/connexion/code", returnTo))) { t("Revenir à la saisie du code") } }
            if !others.isEmpty || hasPasskey { otherWays }
            StartAgainForm(formToken: formToken, returnTo: returnTo)
            section(.class("new")) {
                h2 { t("Téléphone perdu, numéro ou adresse changés ?") }
                p { t("Une nouvelle vérification de votre identité est nécessaire, par vidéo ou sur place.") }
                ContactSentence(brand: shell.brand)
            }
        }
    }

    private var otherWays: Node {
        section(.class("stack"), .ariaLabelledBy("autre")) {
            h2(.id("autre")) { t("Autres méthodes") }
            for other in others {
                switch other {
                case .sms, .email, .authenticator:
                    form(.method(.post), .action(Path("/connexion/code/methode"))) {
                        FormToken(formToken)
                        ReturnField(address: returnTo)
                        input(.type("hidden"), .name("methode"), .value(other.rawValue))
                        button(.class("btn btn--s btn--full")) { other.choice }
                    }
                case .recoveryCode:
                    link(
                        .class("btn btn--s btn--full"),
                        .href(Self.path("/connexion/code/secours", returnTo))
                    ) { other.choice }
                }
            }
            if hasPasskey {
                link(.class("btn btn--s btn--full"), .href(Self.path("/connexion", returnTo))) {
                    t("Utiliser une clé d’accès")
                }
            }
        }
    }

    private func waitBox(_ until: Int64) -> Node {
        div(.class("note note--warn"), .role(wasRefused ? "alert" : "status")) {
            Icon.clock
            p {
                t(
                    "Un code vient d’être envoyé. Un autre peut être demandé dès {time}.",
                    ["time": DateTexts.time(until)])
            }
        }
    }
}
