import Curl

/// Kannel's `sendsms` interface (Kannel 1.4 user guide, "Sending messages"): GET with everything in the
/// query.
public struct KannelGateway: SMSGateway {
    let address: GatewayAddress
    let user: String
    let password: String
    let sender: String?
    let limits: SMSLimits
    let authority: String?
    let seconds: Int

    /// - Parameters:
    ///   - address: for example `https://sms.hospital.example/cgi-bin/sendsms`.
    ///   - sender: what the telephone shows; nil leaves it to Kannel's `global-sender`.
    ///   - authority: PEM file of the authority that signed the gateway's certificate, nil for the system's.
    ///   - seconds: how long one sending may take.
    public init(
        address: GatewayAddress, user: String, password: String, sender: String? = nil,
        limits: SMSLimits = SMSLimits(), authority: String? = nil, seconds: Int = 30
    ) {
        self.address = address
        self.user = user
        self.password = password
        self.sender = sender
        self.limits = limits
        self.authority = authority
        self.seconds = seconds
    }

    /// "Accepted" and "queued" (202) both mean that Kannel keeps the message.
    public func send(_ text: SMS) throws {
        try limits.check(text)
        let request = GatewayRequest(
            url: address.text + "?" + query(for: text), authority: authority, seconds: seconds)
        try request.perform(for: text.maskedNumber)
    }

    func query(for message: SMS) -> String {
        FormBody.text([
            "username": user, "password": password, "to": message.to, "text": message.text,
            "charset": "UTF-8", "coding": message.isGSM ? "0" : "2",
        ]) + (sender.map { "&from=" + FormBody.escaped($0) } ?? "")
    }
}
