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
        var fields = [
            ("username", user), ("password", password), ("to", message.to), ("text", message.text),
            ("charset", "UTF-8"), ("coding", message.isGSM ? "0" : "2"),
        ]
        if let sender { fields.append(("from", sender)) }
        return fields.map { "\($0.0)=\(Self.percentEncoded($0.1))" }.joined(separator: "&")
    }

    /// Everything but the unreserved characters of RFC 3986, byte by byte.
    static func percentEncoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
