import Access
import HTML

/// `/connexion/code` (P3): what the second factor asks for. Posts `code`, `retour` and the form token to itself; a
/// recovery code to `/connexion/code/secours`.
struct CodePage: Sendable {
    enum Problem: Sendable, Equatable {
        case wrongLength
        case wrong(triesLeft: Int)
        /// No code is valid any more, and a new one is on its way.
        case expired
        /// No code is valid any more, and a new one may be asked for from then on (UTC milliseconds).
        case expiredUntil(Int64)
        /// Too many failures over several sign-ins (UTC milliseconds).
        case wait(Int64)
        /// So many that only people can help.
        case newProofNeeded
        case formExpired
    }

    let shell: PublicShell
    let formToken: String
    let factor: SecondFactor
    /// «+41 79 ••• •• 34»; empty where nothing is sent.
    let maskedTarget: String
    var returnTo = ""
    var problem: Problem?
    /// True after a new code was asked for.
    var wasResent = false
    /// Only in the demo: where the message can be read.
    var captureLink: Path?

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(factor.heading, section: t("Connexion"), isError: problem != nil)
        ) {
            if let problem {
                ErrorSummary(
                    mistakes: [FieldMistake(field: "code", text: problem.text(for: factor))])
            }
            if problem == .newProofNeeded { ContactSentence(brand: shell.brand) }
            if wasResent && problem == nil { ResultBox(text: t("Un nouveau code vient d’être envoyé.")) }
            div {
                h1 { factor.heading }
                p(.class("lead")) { factor.sentence(target: maskedTarget) }
            }
            codeForm
            p { link(.href(otherWay.path)) { otherWay.text } }
            StartAgainForm(formToken: formToken, returnTo: returnTo)
            if let captureLink, factor.channel != nil {
                p(.class("new")) {
                    t(
                        "Démonstration : le message se trouve dans la {page}.",
                        ["page": link(.href(captureLink)) { t("boîte des messages") }])
                }
            }
        }
    }

    @Markup private var codeForm: Node {
        switch factor {
        case .sms, .email, .authenticator:
            form(.class("stack"), .method(.post), .action(Path("/connexion/code"))) {
                fields(inputMode: "numeric", autocomplete: "one-time-code", maxLength: 20, boot: "code")
            }
        case .recoveryCode:
            form(.class("stack"), .method(.post), .action(Path("/connexion/code/secours"))) {
                fields(inputMode: "text", autocomplete: "off", maxLength: 40, boot: nil)
            }
        }
    }

    @Markup private func fields(
        inputMode: StaticString, autocomplete: StaticString, maxLength: Int, boot: StaticString?
    ) -> Node {
        FormToken(formToken)
        ReturnField(address: returnTo)
        Field(
            id: "code", name: "code", label: factor.field.label, hint: factor.field.hint,
            autocomplete: autocomplete, inputMode: inputMode, maxLength: maxLength, hasFocus: problem == nil,
            mistake: problem?.text(for: factor), boot: boot)
        button(.class("btn btn--p btn--lg btn--full")) { t("Continuer") }
    }

    private var otherWay: (path: Path, text: String) {
        let other = OtherWayPage.path(returnTo: returnTo)
        return switch factor {
        case .sms, .email: (other, t("Vous n’avez pas reçu le code ?"))
        case .authenticator, .recoveryCode: (other, t("Utiliser une autre méthode"))
        }
    }
}

/// The way out for who is here by mistake or as somebody else: the sign-in that waits ends.
struct StartAgainForm: Component {
    let formToken: String
    let returnTo: String

    var body: Node {
        form(.method(.post), .action(Path("/connexion/recommencer"))) {
            FormToken(formToken)
            ReturnField(address: returnTo)
            button(.class("btn btn--s btn--sm")) { t("Recommencer la connexion") }
        }
    }
}

/// `/deconnecte` (P16).
struct SignedOutPage: Sendable {
    let shell: PublicShell
    /// The provider of identities that may know him still.
    var way: IdentityWay?

    var html: [UInt8] {
        shell.signInPage(PageTitle(t("Vous êtes déconnecté"))) {
            div {
                h1 { t("Vous êtes déconnecté") }
                p(.class("lead")) { t("Votre session est terminée sur cet appareil.") }
            }
            NoteBox(.info) {
                p { t("Sur un poste partagé, fermez aussi la fenêtre du navigateur.") }
            }
            if let way {
                NoteBox(.info) {
                    p {
                        t(
                            "Votre session chez {provider} est peut-être encore ouverte.",
                            ["provider": way.label])
                    }
                    p {
                        link(.href(Path("/connexion", segments: [way.slug, "sortie"], query: []))) {
                            t("Terminer aussi la session chez {provider}", ["provider": way.label])
                        }
                    }
                }
            }
            link(.class("btn btn--p btn--caps btn--lg btn--full"), .href(Path("/connexion"))) {
                t("Connexion")
            }
        }
    }
}
