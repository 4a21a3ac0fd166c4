import CCurl
import Curl

/// The hospital's SMTP relay, spoken to through libcurl.
public struct MailRelay: Sendable {
    public enum Security: Sendable, Equatable {
        /// STARTTLS or nothing, with the certificate checked.
        case startTLS
        /// In the clear, to a relay on this very machine; refused for any other host.
        case plainLoopbackOnly
    }

    let host: String
    let port: Int
    let security: Security
    let user: String?
    let password: String?
    let authority: String?
    /// For the whole sending; connecting has a third of it at most.
    let seconds: Int

    /// - Parameters:
    ///   - authority: PEM file of the authority that signed the relay's certificate, nil for the system's.
    ///   - seconds: how long one sending may take.
    /// - Throws: `MailFailure.invalidField` with the name of the setting.
    public init(
        host: String, port: Int = 587, security: Security = .startTLS, user: String? = nil,
        password: String? = nil, authority: String? = nil, seconds: Int = 60
    ) throws {
        guard HostName.isPlain(host) else { throw MailFailure.invalidField("host") }
        guard (1...65535).contains(port) else { throw MailFailure.invalidField("port") }
        guard security == .startTLS || HostName.isLoopback(host) else {
            throw MailFailure.invalidField("security")
        }
        guard (user == nil) == (password == nil) else { throw MailFailure.invalidField("password") }
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.authority = authority
        self.seconds = seconds
    }

    /// Sends one mail. Blocks, at most `seconds`: call it on a queue of its own.
    /// - Parameter now: for the Date header, in seconds since 1970.
    /// - Throws: `MailFailure`.
    public func send(_ mail: Mail, at now: Int) throws {
        let message = try mail.message(at: now)
        guard let curl = CurlHandle() else { throw MailFailure.unavailable(status: 0, "out of memory") }
        let bracketed = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        curl.set(CURLOPT_URL, "smtp://\(bracketed):\(port)")
        curl.set(CURLOPT_PROTOCOLS_STR, "smtp")
        curl.set(
            CURLOPT_USE_SSL,
            security == .startTLS ? Int(CURLUSESSL_ALL.rawValue) : Int(CURLUSESSL_NONE.rawValue))
        if let authority { curl.set(CURLOPT_CAINFO, authority) }
        if let user, let password {
            curl.set(CURLOPT_USERNAME, user)
            curl.set(CURLOPT_PASSWORD, password)
        }
        curl.set(CURLOPT_MAIL_FROM, "<\(mail.returnTo ?? mail.from)>")
        curl.set(CURLOPT_MAIL_RCPT, list: ["<\(mail.to)>"])
        curl.set(CURLOPT_CONNECTTIMEOUT, max(seconds / 3, 1))
        curl.set(CURLOPT_TIMEOUT, seconds)
        curl.set(CURLOPT_UPLOAD, 1)
        let outcome = curl.perform(sending: message, answerLimit: 64 << 10)
        guard outcome.code != CURLE_OK else { return }
        switch outcome.status {
        case 530, 534, 535, 538: throw MailFailure.misconfigured(status: outcome.status, outcome.reason)
        case 500..<600: throw MailFailure.refused(status: outcome.status, outcome.reason)
        default: throw MailFailure.unavailable(status: outcome.status, outcome.reason)
        }
    }
}
