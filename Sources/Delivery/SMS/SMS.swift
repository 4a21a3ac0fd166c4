/// One short message to one telephone.
public struct SMS: Sendable, Equatable {
    /// The outbox row: the gateway gets it, so that a message sent twice can be recognised as one.
    public var id: String
    /// E.164: `+41791234567`.
    public var to: String
    public var text: String

    public init(id: String, to: String, text: String) {
        self.id = id
        self.to = to
        self.text = text
    }

    /// For logs and errors: the country, and the last two digits.
    var maskedNumber: String {
        let digits = Array(to.utf8)
        guard digits.count > 6 else { return "***" }
        return String(decoding: digits.prefix(3), as: UTF8.self) + "***"
            + String(decoding: digits.suffix(2), as: UTF8.self)
    }

    /// Whether every character is in the default alphabet of GSM 03.38; otherwise the message travels as
    /// UCS-2, at 70 characters per part in place of 160.
    var isGSM: Bool { text.unicodeScalars.allSatisfy { Self.alphabet.contains($0) } }

    private static let alphabet = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€").unicodeScalars)
}
