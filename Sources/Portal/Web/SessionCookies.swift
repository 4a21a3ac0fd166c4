import HTTPTypes
import Hummingbird

/// The cookies of the portal. `__Host-`: only over a secure connection, only this host, never read by
/// scripts.
enum SessionCookies {
    static let session = "__Host-session"
    /// Binds a form to this browser before there is a session.
    static let form = "__Host-formulaire"
    /// The colours this browser has chosen; says nothing about a person.
    static let theme = "__Host-apparence"

    static func set(_ token: String, on response: inout Response, name: String = session) {
        response.setCookie(
            Cookie(name: name, value: token, path: "/", secure: true, httpOnly: true, sameSite: .lax))
    }

    static func clear(_ name: String, on response: inout Response) {
        response.setCookie(
            Cookie(name: name, value: "", maxAge: 0, path: "/", secure: true, httpOnly: true, sameSite: .lax))
    }
}
