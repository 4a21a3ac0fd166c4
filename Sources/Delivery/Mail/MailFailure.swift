/// Why a mail did not go out. The reasons are the relay's or libcurl's words: for the log, never for a page.
public enum MailFailure: DeliveryFailure, Equatable {
    /// A control character in a header, an address that is not `local@domain` in ASCII, or a setting that
    /// cannot be right.
    case invalidField(String)
    /// 5xx: the relay will never take this mail.
    case refused(status: Int, String)
    /// The relay does not accept our user or password: the operator has to act, the mail can wait.
    case misconfigured(status: Int, String)
    /// 4xx, a time-out, no connection, a certificate of a foreign authority: try later.
    case unavailable(status: Int, String)

    public var isPermanent: Bool {
        switch self {
        case .invalidField, .refused: true
        case .misconfigured, .unavailable: false
        }
    }
}
