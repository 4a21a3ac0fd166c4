import HTTPTypes
import Hummingbird

/// The cookies of the portal. `__Host-`: only over a secure connection, only this host, never read by
/// scripts.
enum SessionCookies {
    static let session = "__Host-session"
    /// Binds a form to this browser before there is a session.
    static let form = "__Host-formulaire"
    /// Binds a sign-in with a provider of identities to this browser; opens nothing without it.
    static let identity = "__Host-identite"
    /// Tells a browser in which one has signed in before (Access/SignIn/Guard/KnownBrowser); opens nothing.
    static let browser = "__Host-navigateur"
    /// The link of the request for an account that this browser has just sent.
    static let request = "__Host-demande"
    /// Opens what was typed when the session ended, together with the same account.
    static let kept = "__Host-saisie"
    /// The colours this browser has chosen; says nothing about a person.
    static let theme = "__Host-apparence"
    /// The language this browser has chosen.
    static let language = "__Host-langue"
    /// «non» where letters of the keyboard do not act on lists.
    static let shortcuts = "__Host-raccourcis"

    /// - Parameter days: how long the browser keeps it; nil: until it is closed.
    static func set(
        _ token: String, on response: inout Response, name: String = session, days: Int? = nil
    ) {
        response.setCookie(
            Cookie(
                name: name, value: token, maxAge: days.map { $0 * 86_400 }, path: "/", secure: true,
                httpOnly: true, sameSite: .lax))
    }

    static func clear(_ name: String, on response: inout Response) {
        response.setCookie(
            Cookie(name: name, value: "", maxAge: 0, path: "/", secure: true, httpOnly: true, sameSite: .lax))
    }
}
