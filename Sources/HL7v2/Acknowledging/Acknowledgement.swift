/// What became of a message: the answers that its sender asked for.
public struct Acknowledgement: Sendable {
    /// In original mode; the enhanced mode derives its own.
    public enum Verdict: String, Sendable {
        /// Processed and committed.
        case accepted = "AA"
        /// Its content is refused: a person must look at it, and it must not be sent again unchanged.
        case error = "AE"
        /// Refused for its header: type, event, version, processing id, sender.
        case rejected = "AR"
    }

    /// Which answers a sender expects.
    public enum Mode: String, Sendable {
        /// By MSH-15 and MSH-16 of each message.
        case automatic = "auto"
        case original, enhanced
    }

    public let verdict: Verdict
    /// MSA-3, which is all that senders of v2.3 read.
    public let text: String?
    /// ERR segments; under `accepted` they are warnings.
    public let errors: [MessageError]

    public init(_ verdict: Verdict, text: String? = nil, errors: [MessageError] = []) {
        self.verdict = verdict
        self.text = text
        self.errors = errors
    }

    /// A refusal for these reasons. The first gives the text.
    public init(_ verdict: Verdict, _ errors: [MessageError]) {
        let first = errors.first
        var text = first?.application ?? first?.diagnostics
        if first?.code == .requiredFieldMissing, let place = first?.location?.name {
            text = "\(place) is missing"
        }
        self.init(verdict, text: text, errors: errors)
    }

    /// The answers to a message, in the order in which they are sent; none when its sender wants none.
    ///
    /// In enhanced mode the accept acknowledgement says CA once the message is stored, which here is when it is
    /// processed; CR and CE say that it is not. Who wants no application acknowledgement would not learn that a
    /// document was refused: then the accept acknowledgement says CE instead of CA.
    public func answers(to header: Header, mode: Mode, _ origin: AnswerOrigin) -> [[UInt8]] {
        let isEnhanced =
            switch mode {
            case .original: false
            case .enhanced: true
            case .automatic: header.acceptAcknowledgement != nil || header.applicationAcknowledgement != nil
            }
        guard isEnhanced else { return [message(verdict.rawValue, header, origin, suffix: "")] }
        let isGood = verdict == .accepted
        let wantsApplication = header.applicationAcknowledgement?.wants(success: isGood) ?? false
        let accept =
            isGood || (verdict == .error && wantsApplication) ? "CA" : verdict == .error ? "CE" : "CR"
        var answers: [[UInt8]] = []
        if (header.acceptAcknowledgement ?? .always).wants(success: accept == "CA") {
            answers.append(message(accept, header, origin, suffix: wantsApplication ? "C" : ""))
        }
        if wantsApplication, accept == "CA" {
            answers.append(message(verdict.rawValue, header, origin, suffix: ""))
        }
        return answers
    }

    private func message(_ code: String, _ header: Header, _ origin: AnswerOrigin, suffix: String) -> [UInt8]
    {
        var writer = MessageWriter(characterSet: origin.characterSet)
        writer.header([
            3: [header.receivingApplication], 4: [header.receivingFacility], 5: [header.sendingApplication],
            6: [header.sendingFacility], 7: [origin.time],
            9: header.event.isEmpty ? ["ACK"] : ["ACK", header.event, "ACK"],
            10: ["P" + header.controlID + suffix],
            11: [header.processingID.isEmpty ? "P" : header.processingID],
            12: [header.version.isEmpty ? "2.5" : header.version], 18: [origin.characterSet.rawValue],
        ])
        let isShort = code == "CA"
        writer.segment("MSA", [1: [code], 2: [header.controlID], 3: [isShort ? "" : text ?? ""]])
        for error in isShort ? [] : errors.prefix(50) {
            writer.segment(
                "ERR",
                [
                    2: error.location?.components ?? [],
                    3: ["\(error.code.rawValue)", error.code.text, "HL70357"], 4: [error.severity.rawValue],
                    5: error.application.map { [$0, error.userMessage ?? $0, "L"] } ?? [],
                    7: [error.diagnostics ?? ""], 8: [error.userMessage ?? ""],
                ])
        }
        return writer.bytes
    }
}

/// What an answer takes from where it is made.
public struct AnswerOrigin: Sendable {
    /// `20261120091201+0100`
    public let time: String
    /// The sender's own, which he can read.
    public let characterSet: CharacterSet

    public init(time: String, characterSet: CharacterSet) {
        self.time = time
        self.characterSet = characterSet
    }
}
