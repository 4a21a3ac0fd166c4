import HTML

/// `/connexion` (P2): address and password. Posts `email`, `password`, `retour` and the form token to itself.
struct SignInPage: Sendable {
    /// Why one has to try again; the words are in `SignInTexts.swift`.
    enum Problem: Sendable, Equatable {
        case emailMissing, passwordMissing
        /// Wrong password or no such account: nobody learns which.
        case wrongPair
        /// UTC milliseconds.
        case tooManyTries(until: Int64)
        /// The pair is right, the account is not validated yet.
        case notActive
        /// The same, while the request for it waits.
        /// - Parameters:
        ///   - link: of the applicant's own page.
        ///   - startsAt: of the appointment, UTC milliseconds, if one is chosen.
        case requestPending(link: String, startsAt: Int64?)
        case suspended
        /// Closed, or past its validity.
        case closed
        /// The form was too old or came from elsewhere.
        case formExpired
        /// The pair is right, but nothing is left to prove the rest.
        case noFactor
        /// The passkey's question was too old, or answered already.
        case passkeyStale
        case passkeyRefused
    }

    /// Why one is here, when it was not one's own wish.
    enum Notice: Sendable, Equatable {
        /// A page was asked for that needs a session, or the session has ended.
        case sessionEnded
        /// The same, and what was typed is kept.
        case entryKept
        /// The same, and what was sent was not done.
        case nothingDone
        /// The right password was given, but no code in time.
        case signInExpired
        /// Five wrong codes in one sign-in.
        case triesUsedUp
        /// A new password was chosen by a link.
        case passwordReset
    }

    /// A person of the demo, to sign in with one click. Never passed in by a real installation.
    struct Persona: Sendable {
        let name: String
        let role: String
        let email: String
        let password: String
    }

    let shell: PublicShell
    let formToken: String
    /// What was typed before.
    var email = ""
    /// Where to go afterwards: a local address, or empty.
    var returnTo = ""
    var problem: Problem?
    var notice: Notice?
    var personas: [Persona] = []
    /// What a passkey is asked, in JSON; empty where none is expected.
    var passkeyOptions = ""
    /// The providers of identities one may come through.
    var ways: [IdentityWay] = []

    private var productName: String { shell.brand.productName }

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(t("Connexion"), isError: problem != nil),
            skip: SkipLink(anchor: "main", text: t("Aller au formulaire de connexion"))
        ) {
            if let problem { SignInProblemBox(problem: problem, brand: shell.brand) }
            if let notice { ReasonBox(text: notice.text) }
            div {
                h1 { t("Connexion à {product}", ["product": productName]) }
                p(.class("lead")) { t("Réservé aux professionnelles et professionnels de santé.") }
            }
            signInForm
            if !passkeyOptions.isEmpty { passkeyForm }
            IdentityWays(ways: ways, returnTo: returnTo)
            if !personas.isEmpty { personaBox }
            newcomerBox
            p(.class("urg")) {
                Icon.info
                span { EmergencySentence(number: shell.brand.emergencyNumber) }
            }
        }
    }

    private var signInForm: Node {
        form(.class("stack"), .method(.post), .action(Path("/connexion"))) {
            FormToken(formToken)
            ReturnField(address: returnTo)
            Field(
                id: "email", name: "email", label: t("Adresse e-mail"), value: email, type: "email",
                autocomplete: "username", inputMode: "email",
                mistake: problem == .emailMissing ? problem?.text : nil)
            Field(
                id: "password", name: "password", label: t("Mot de passe"), type: "password",
                autocomplete: "current-password", maxLength: 1000,
                labelEnd: link(.href(Path("/mot-de-passe-oublie"))) { t("Mot de passe oublié ?") },
                mistake: problem == .passwordMissing ? problem?.text : nil)
            button(.class("btn btn--p btn--caps btn--lg btn--full")) { t("Connexion") }
        }
    }

    /// Revealed by the script that makes it work; its fields are filled in by the browser's answer.
    private var passkeyForm: Node {
        Node {
            form(
                .class("stack"), .method(.post), .action(Path("/connexion/cle")), .hidden(true),
                .dataBoot("passkey"), .dataOptions(passkeyOptions)
            ) {
                FormToken(formToken)
                ReturnField(address: returnTo)
                for name in ["id", "clientData", "authenticatorData", "signature", "handle"] {
                    input(.type("hidden"), .name(name), .value(""))
                }
                button(.class("btn btn--s btn--lg btn--full")) { t("Utiliser une clé d’accès") }
                p(
                    .class("hint"), .role("status"),
                    .dataOther(
                        t("La clé d’accès n’a pas été utilisée. Réessayez, ou saisissez votre mot de passe."))
                ) {}
            }
            noscript {
                p(.class("hint")) {
                    t("Les clés d’accès ont besoin de JavaScript. Sans lui, utilisez votre mot de passe.")
                }
            }
        }
    }

    private var newcomerBox: Node {
        p(.class("new")) {
            t("Nouvel utilisateur ?") + " "
            link(.href(Path("/creer-un-compte"))) { t("Créer un compte") }
        }
    }

    private var personaBox: Node {
        section(.class("demo"), .ariaLabelledBy("demo")) {
            h2(.id("demo")) { t("Démonstration") }
            p(.class("hint")) { t("Personnes et documents fictifs. Choisissez sous quel nom continuer.") }
            for persona in personas {
                form(.method(.post), .action(Path("/connexion"))) {
                    FormToken(formToken)
                    ReturnField(address: returnTo)
                    input(.type("hidden"), .name("email"), .value(persona.email))
                    input(.type("hidden"), .name("password"), .value(persona.password))
                    button(.class("btn btn--s btn--full way")) {
                        span {
                            persona.name
                            small { persona.role }
                        }
                        Icon.right
                    }
                }
            }
        }
    }
}

/// Where to go after the sign-in, carried through its forms.
struct ReturnField: Component {
    let address: String

    var body: Node {
        if address.isEmpty { Node() } else { input(.type("hidden"), .name("retour"), .value(address)) }
    }
}

/// Why somebody finds himself on this page: read out, not alarming.
struct ReasonBox: Component {
    let text: String

    var body: Node {
        div(.class("note note--info"), .role("status")) {
            Icon.info
            p { text }
        }
    }
}

/// A refusal of the sign-in with its way on (ui.md 4.1).
struct SignInProblemBox: Component {
    let problem: SignInPage.Problem
    let brand: Brand

    var body: Node {
        switch problem {
        case .emailMissing: ErrorSummary(mistakes: [FieldMistake(field: "email", text: problem.text)])
        case .passwordMissing: ErrorSummary(mistakes: [FieldMistake(field: "password", text: problem.text)])
        case .wrongPair, .formExpired, .passkeyStale, .passkeyRefused: alert { Node() }
        case .tooManyTries:
            alert {
                p {
                    link(.href(Path("/mot-de-passe-oublie"))) { t("Mot de passe oublié ?") }
                }
            }
        case .requestPending(let link, _):
            alert {
                p { HTML.link(.href(Path("/creer-un-compte/suivi", link))) { t("Suivi de la demande") } }
            }
        case .notActive, .suspended, .closed, .noFactor:
            alert { ContactSentence(brand: brand) }
        }
    }

    private func alert(@Markup way: () -> Node) -> Node {
        div(.class("errsum"), .role("alert"), .tabindex(-1), .autofocus(true)) {
            p(.class("errsum__t")) {
                Icon.alert
                span { problem.text }
            }
            way()
        }
    }
}

/// How to reach the people behind the portal.
struct ContactSentence: Component {
    let brand: Brand

    var body: Node {
        p {
            t(
                "Appelez le {phone} ou écrivez à {email}.",
                [
                    "phone": link(.href(ContactLink(telephone: brand.supportPhone))) { brand.supportPhone },
                    "email": link(.href(ContactLink(email: brand.supportEmail))) { brand.supportEmail },
                ])
        }
    }
}
