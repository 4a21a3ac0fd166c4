import HTML

/// `/connexion/hin` and its like (P5): what one reads when the way through a provider of identities does not lead in,
/// each cause with its reason and its way on.
struct IdentityProblemPage: Sendable {
    /// Why one is here; the words are in `IdentityTexts.swift`.
    enum Cause: Sendable, Equatable, CaseIterable {
        /// Another site has led here: one goes on by one's own click.
        case start
        /// The person turned back, or the provider did not let him in: no active client.
        case declined
        /// What came back does not prove anything.
        case rejected
        /// Begun in another browser, too long ago, or finished already.
        case stale
        case unavailable, switchedOff, tooMany
        case team, device
        case requested, waiting, refused
        case notActive, suspended, closed
        case roleNotAllowed, noFactor
    }

    let shell: PublicShell
    let cause: Cause
    let way: IdentityWay
    /// Where to go after the sign-in, kept for the next try.
    var returnTo = ""

    var html: [UInt8] {
        shell.signInPage(
            PageTitle(t("Connexion avec {provider}", ["provider": way.label]), isError: cause != .start)
        ) {
            div { h1 { t("Connexion avec {provider}", ["provider": way.label]) } }
            if cause == .start {
                p(.class("lead")) { cause.reason(way.label) }
            } else {
                div(.class("errsum"), .role("alert"), .tabindex(-1), .autofocus(true)) {
                    p(.class("errsum__t")) {
                        Icon.alert
                        span { cause.reason(way.label) }
                    }
                }
            }
            for sentence in cause.explanation(way.label) { p { sentence } }
            if cause.canTryAgain { tryAgain }
            if cause != .start { passwordWay }
            if cause.needsTeam { ContactSentence(brand: shell.brand) }
        }
    }

    private var tryAgain: Node {
        link(.class("btn btn--p btn--lg btn--full"), .href(way.path(returnTo: returnTo))) {
            cause == .start
                ? t("Continuer avec {provider}", ["provider": way.label])
                : t("Réessayer avec {provider}", ["provider": way.label])
        }
    }

    private var passwordWay: Node {
        link(
            .class("btn btn--s btn--full"),
            .href(
                Path(
                    "/connexion", segments: [],
                    query: returnTo.isEmpty ? [] : [(key: "retour", value: returnTo)]))
        ) { t("Avec un mot de passe") }
    }
}

/// A provider as the pages name it.
struct IdentityWay: Sendable, Equatable {
    /// The part of the address: `hin`.
    let slug: String
    /// What users call it: «HIN».
    let label: String

    /// Where an account is asked for with what the provider told.
    var requestPath: Path { Path("/connexion", slug, "compte") }

    func path(returnTo: String) -> Path {
        Path(
            "/connexion", segments: [slug], query: returnTo.isEmpty ? [] : [(key: "retour", value: returnTo)])
    }
}

/// The ways in beside the password, on the sign-in page.
struct IdentityWays: Component {
    let ways: [IdentityWay]
    let returnTo: String

    var body: Node {
        if ways.isEmpty {
            Node()
        } else {
            div(.class("stack ways")) {
                p(.class("ways__or")) { t("ou") }
                for way in ways {
                    link(.class("btn btn--s btn--lg btn--full"), .href(way.path(returnTo: returnTo))) {
                        way.slug == "hin"
                            ? t("Identité HIN") : t("Se connecter avec {provider}", ["provider": way.label])
                    }
                }
            }
        }
    }
}
