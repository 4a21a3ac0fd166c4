import Access
import HL7v2

/// What is wrong with a message itself, before the core is asked.
struct Rejection: Error {
    let verdict: Acknowledgement.Verdict
    let errors: [MessageError]

    init(_ verdict: Acknowledgement.Verdict, _ errors: [MessageError]) {
        self.verdict = verdict
        self.errors = errors
    }

    /// Codes only, nothing of the message.
    var rule: String {
        let first = errors.first
        return "hl7.\(first?.code.rawValue ?? 0)" + (first?.location.map { " \($0.name)" } ?? "")
    }
}

/// What a message is about, and the scope that opens it.
enum MessageKind: Sendable {
    case document, stay, merge

    static let events: [String: [String: MessageKind]] = [
        "MDM": Dictionary(
            uniqueKeysWithValues: (1...11).map { ($0 < 10 ? "T0\($0)" : "T\($0)", MessageKind.document) }),
        "ADT": ["A01": .stay, "A04": .stay, "A08": .stay, "A03": .stay, "A40": .merge],
    ]

    var scope: Scope {
        switch self {
        case .document: Scope("DocumentReference", "c")
        case .stay: Scope("Encounter", "u")
        case .merge: Scope("Patient", "u")
        }
    }
}

extension Header {
    /// «MDM^T02», when that is what it looks like.
    var kindOfMessage: String? {
        let text = "\(type)^\(event)"
        return text.utf8.count <= 20 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? text : nil
    }
}

extension Intake {
    static let alreadyProcessed = Acknowledgement(.accepted, text: "already processed")

    /// The message with its texts readable, and what it is about.
    /// - Throws: `Rejection` for what its header says.
    static func readable(
        _ message: Message, _ header: Header, _ sender: IntakeMapping.Sender, _ bytes: [UInt8]
    ) throws -> (Message, MessageKind) {
        func reject(_ code: MessageError.Code, _ field: Int, _ component: Int? = nil, _ words: String)
            -> Rejection
        {
            let place = Location(segment: "MSH", field: field, component: component)
            return Rejection(.rejected, [MessageError(code, at: place, diagnostics: words)])
        }
        guard let events = MessageKind.events[header.type] else {
            throw reject(.unsupportedType, 9, 1, "Type \(header.type) is not supported: MDM and ADT are")
        }
        guard let kind = events[header.event] else {
            let known = events.keys.sorted().joined(separator: ", ")
            throw reject(
                .unsupportedEvent, 9, 2,
                "Event \(header.event) is not supported: of \(header.type) are \(known)")
        }
        guard sender.processingIDs.contains(header.processingID) else {
            throw reject(
                .unsupportedProcessingID, 11, nil,
                "Processing id \(header.processingID) is not accepted here")
        }
        guard ["2.3", "2.4", "2.5", "2.6", "2.7", "2.8"].contains(String(header.version.prefix(3))) else {
            throw reject(.unsupportedVersion, 12, nil, "Version \(header.version) is not 2.3 to 2.8")
        }
        guard !header.controlID.isEmpty else {
            throw reject(.requiredFieldMissing, 10, nil, "The message has no control id")
        }
        var set = sender.characterSet
        if let name = header.characterSetName {
            guard let named = CharacterSet(name: name) else {
                throw Rejection(
                    .error,
                    [
                        MessageError(
                            .tableValue, at: Location(segment: "MSH", field: 18),
                            diagnostics: "This character set is not read here")
                    ])
            }
            set = named
        }
        if let place = set.firstForeignByte(in: bytes[...]) {
            throw Rejection(
                .error,
                [
                    MessageError(
                        .dataType, at: message.location(ofByte: place, in: bytes),
                        diagnostics: "Byte \(place) is not \(set.rawValue)",
                        userMessage: "Le message contient un caractère illisible")
                ])
        }
        return (message.read(in: set), kind)
    }

    static func lacking(_ scope: Scope) -> Rejection {
        Rejection(
            .rejected,
            [
                MessageError(
                    .applicationFault, "SENDER_NOT_ALLOWED",
                    diagnostics: "The client lacks \(Scope.text([scope]))",
                    userMessage: "Ce système n’est pas autorisé à transmettre ce type de message")
            ])
    }

    static func notAllowed(_ header: Header) -> Acknowledgement {
        Acknowledgement(
            .rejected,
            [
                MessageError(
                    .applicationFault, at: Location(segment: "MSH", field: 3), "SENDER_NOT_ALLOWED",
                    diagnostics: "No sender of this application and facility is allowed on this connection",
                    userMessage: "Ce système n’est pas autorisé à transmettre des messages au portail")
            ])
    }

    static func unreadable(_ fault: Message.Fault) -> Acknowledgement {
        let error =
            switch fault {
            case .noHeader:
                MessageError(.segmentSequence, at: Location(segment: "MSH"), diagnostics: "No MSH segment")
            case .separators:
                MessageError(
                    .segmentSequence, at: Location(segment: "MSH", field: 2),
                    diagnostics: "MSH-1 and MSH-2 name no five separators")
            case .segmentName(let line):
                MessageError(
                    .segmentSequence, diagnostics: "Line \(line) does not begin with a segment's name")
            case .tooMany: MessageError(.applicationFault, diagnostics: "Too many segments or fields")
            case .zeroByte: MessageError(.dataType, diagnostics: "A NUL byte")
            }
        return Acknowledgement(.rejected, [error])
    }

    /// What can be told of the header of a message that is broken further on.
    static func header(ofBroken bytes: [UInt8]) -> Header {
        let end = bytes.firstIndex { $0 == 0x0D || $0 == 0x0A || $0 == 0 } ?? bytes.endIndex
        let line = Array(bytes[..<end].prefix(4096))
        let empty = Array("MSH|^~\\&".utf8)
        let message = (try? Message(line)) ?? (try? Message(empty))
        return Header(message ?? Message.empty)
    }
}
