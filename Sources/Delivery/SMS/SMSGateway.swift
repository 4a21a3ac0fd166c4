/// Sends one short message.
public protocol SMSGateway: Sendable {
    /// Blocks until the gateway has taken the message over: call it on a queue of its own.
    /// - Throws: `SMSFailure`.
    func send(_ text: SMS) throws
}

/// Why a message did not go out. Telephone numbers appear masked.
public enum SMSFailure: DeliveryFailure, Equatable {
    /// Not E.164, or a country that is not allowed.
    case invalidNumber(String)
    /// The text is empty, too long, or the id cannot stand in a header.
    case invalidField(String)
    /// 4xx: the gateway will never take this message.
    case refused(status: Int, number: String)
    /// The gateway does not accept our password or token: the operator has to act, the message can wait.
    case misconfigured(status: Int)
    /// 5xx, 408, 429, a time-out, no connection: try later. The words are libcurl's.
    case unavailable(status: Int, String)

    public var isPermanent: Bool {
        switch self {
        case .invalidNumber, .invalidField, .refused: true
        case .misconfigured, .unavailable: false
        }
    }
}

/// Where messages may go and how long they may be: a bound on costs and on abuse (security S11).
public struct SMSLimits: Sendable, Equatable {
    public var countryPrefixes = ["+41", "+33", "+49", "+39", "+43", "+423"]
    /// In characters; 480 is at most three parts in the GSM alphabet.
    public var characters = 480
    public init() {}

    /// - Throws: `SMSFailure.invalidNumber` or `.invalidField`.
    func check(_ message: SMS) throws {
        let number = Array(message.to.utf8)
        guard number.first == UInt8(ascii: "+"), (9...16).contains(number.count),
            number.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
            countryPrefixes.contains(where: { number.starts(with: $0.utf8) })
        else { throw SMSFailure.invalidNumber(message.maskedNumber) }
        guard !message.text.isEmpty, message.text.unicodeScalars.count <= characters,
            message.text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0A })
        else { throw SMSFailure.invalidField("text") }
        guard (1...128).contains(message.id.utf8.count),
            message.id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw SMSFailure.invalidField("id") }
    }
}
