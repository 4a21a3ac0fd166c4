import HTML

/// How one-time codes travel to a person.
enum CodeChannel: Sendable { case sms, email }

/// `/connexion/code` (P3): the six digits that were sent. Posts `code`, `retour` and the form token to
/// itself.
struct CodePage: Sendable {
    enum Problem: Sendable, Equatable {
        case wrongLength
        case wrong(triesLeft: Int)
        /// No code is valid any more, and a new one is on its way.
        case expired
        /// No code is valid any more, and a new one may be asked for from then on (UTC milliseconds).
        case expiredUntil(Int64)
        case formExpired
    }

    let shell: PublicShell
    let formToken: String
    let channel: CodeChannel
    /// «+41 79 ••• •• 34»
    let maskedTarget: String
    var returnTo = ""
    var problem: Problem?
    /// True after a new code was asked for.
    var wasResent = false
    /// Only in the demo: where the message can be read.
    var captureLink: Path?

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(t("Saisir le code reçu"), section: t("Connexion"), isError: problem != nil)
        ) {
            if let problem { ErrorSummary(mistakes: [FieldMistake(field: "code", text: problem.text)]) }
            if wasResent && problem == nil { ResultBox(text: t("Un nouveau code vient d’être envoyé.")) }
            div {
                h1 { t("Saisir le code reçu") }
                p(.class("lead")) { channel.sentence(target: maskedTarget) }
            }
            form(.class("stack"), .method(.post), .action(Path("/connexion/code"))) {
                FormToken(formToken)
                ReturnField(address: returnTo)
                Field(
                    id: "code", name: "code", label: t("Code à 6 chiffres"),
                    hint: t("Il est valable 10 minutes."), autocomplete: "one-time-code",
                    inputMode: "numeric", maxLength: 20, hasFocus: problem == nil, mistake: problem?.text,
                    boot: "code")
                button(.class("btn btn--p btn--lg btn--full")) { t("Continuer") }
            }
            p { link(.href(ResendPage.path(returnTo: returnTo))) { t("Vous n’avez pas reçu le code ?") } }
            StartAgainForm(formToken: formToken, returnTo: returnTo)
            if let captureLink {
                p(.class("new")) {
                    t(
                        "Démonstration : le message se trouve dans la {page}.",
                        ["page": link(.href(captureLink)) { t("boîte des messages") }])
                }
            }
        }
    }
}

/// `/connexion/code/renvoyer` (P4): asks for another code. Posts `retour` and the form token to itself.
struct ResendPage: Sendable {
    let shell: PublicShell
    let formToken: String
    let channel: CodeChannel
    let maskedTarget: String
    var returnTo = ""
    /// Not before then, UTC milliseconds; nil when a code can be sent now.
    var waitUntil: Int64?
    /// True when the button was pressed too early.
    var wasRefused = false

    /// The address of this page, keeping where to go afterwards.
    static func path(returnTo: String) -> Path {
        Path(
            "/connexion/code/renvoyer", segments: [],
            query: returnTo.isEmpty ? [] : [(key: "retour", value: returnTo)])
    }

    private var backPath: Path {
        Path(
            "/connexion/code", segments: [],
            query: returnTo.isEmpty ? [] : [(key: "retour", value: returnTo)])
    }

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(t("Vous n’avez pas reçu le code"), section: t("Connexion"), isError: wasRefused)
        ) {
            div {
                h1 { t("Vous n’avez pas reçu le code") }
                p(.class("lead")) { channel.sentence(target: maskedTarget) }
            }
            if let waitUntil { waitBox(waitUntil) }
            p { channel.delay }
            form(.class("stack"), .method(.post), .action(Path("/connexion/code/renvoyer"))) {
                FormToken(formToken)
                ReturnField(address: returnTo)
                button(.class("btn btn--p btn--lg btn--full")) { t("Renvoyer le code") }
            }
            p { link(.href(backPath)) { t("Revenir à la saisie du code") } }
            StartAgainForm(formToken: formToken, returnTo: returnTo)
            section(.class("new")) {
                h2 { t("Votre numéro ou votre adresse a changé ?") }
                ContactSentence(brand: shell.brand)
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

    var html: [UInt8] {
        shell.signInPage(PageTitle(t("Vous êtes déconnecté"))) {
            div {
                h1 { t("Vous êtes déconnecté") }
                p(.class("lead")) { t("Votre session est terminée sur cet appareil.") }
            }
            NoteBox(.info) {
                p { t("Sur un poste partagé, fermez aussi la fenêtre du navigateur.") }
            }
            link(.class("btn btn--p btn--caps btn--lg btn--full"), .href(Path("/connexion"))) {
                t("Connexion")
            }
        }
    }
}
