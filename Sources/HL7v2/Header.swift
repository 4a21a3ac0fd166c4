/// MSH: what is needed to answer a message, whatever else is wrong with it.
public struct Header: Sendable {
    public let sendingApplication: String
    public let sendingFacility: String
    public let receivingApplication: String
    public let receivingFacility: String
    /// Empty when missing: then the answer names nothing.
    public let controlID: String
    /// MDM
    public let type: String
    /// T02
    public let event: String
    public let processingID: String
    /// 2.5
    public let version: String
    public let acceptAcknowledgement: AcknowledgementWish?
    public let applicationAcknowledgement: AcknowledgementWish?
    /// As named in MSH-18; nil when empty.
    public let characterSetName: String?
    /// MSH-7 as it stands; empty when missing.
    public let sentAtText: String
    /// MSH-19; empty when missing.
    public let principalLanguage: String

    public init(_ message: Message) {
        let header = message.first("MSH")
        func text(_ field: Int, _ component: Int = 1) -> String {
            header?[field].component(component).text ?? ""
        }
        sendingApplication = text(3)
        sendingFacility = text(4)
        receivingApplication = text(5)
        receivingFacility = text(6)
        controlID = String(decoding: text(10).utf8.prefix(199), as: UTF8.self)
        type = text(9).uppercased()
        event = text(9, 2).uppercased()
        processingID = text(11).uppercased()
        version = text(12)
        acceptAcknowledgement = AcknowledgementWish(rawValue: text(15).uppercased())
        applicationAcknowledgement = AcknowledgementWish(rawValue: text(16).uppercased())
        sentAtText = text(7)
        principalLanguage = text(19)
        characterSetName = header?[18].first.text
    }
}

/// When a sender wants to be answered (table 0155).
public enum AcknowledgementWish: String, Sendable {
    case always = "AL"
    case never = "NE"
    case onError = "ER"
    case onSuccess = "SU"

    func wants(success: Bool) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .onError: !success
        case .onSuccess: success
        }
    }
}
