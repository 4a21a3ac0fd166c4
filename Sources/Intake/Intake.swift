/// The HL7 v2 interface of the hospital's systems: messages over MLLP. It speaks frames, segments and
/// acknowledgements: each message is decoded, the core is asked, and its answer or refusal becomes an ACK. The rules
/// are the core's, the same as those of FHIR. Nothing is decided here.
public import Access
import Crypto
public import Dispatches
import Foundation
import HL7v2
public import Logging
import PDF

/// One message in, its answers out. Knows no sockets: the listener calls it, and tests do.
public struct Intake: Sendable {
    let access: AccessActions
    let dispatches: DispatchActions
    let mapping: IntakeMapping
    let maximumDocumentBytes: Int
    let logger: Logger
    let counts = AnswerCounts()
    /// Letters made of texts: one at a time, as they are drawn.
    let drawing = BlockingWork(atOnce: 1, maximumWaiting: 20)

    public init(
        access: AccessActions, dispatches: DispatchActions, mapping: IntakeMapping,
        maximumDocumentBytes: Int = 25 << 20, logger: Logger
    ) {
        self.access = access
        self.dispatches = dispatches
        self.mapping = mapping
        self.maximumDocumentBytes = maximumDocumentBytes
        self.logger = logger
    }

    /// What is to be done with a connection after a message.
    public enum Answer: Sendable {
        /// Send these messages; none when the sender wants none.
        case acknowledge([[UInt8]])
        /// Something passing is in the way: no answer, so that the engine sends again.
        case close
    }

    /// Takes a message, and returns when its effect is on the disk or it is refused.
    public func answer(_ bytes: [UInt8], from peer: Peer) async -> Answer {
        do {
            let message: Message
            do { message = try Message(bytes) } catch {
                try await trace(error, peer)
                return acknowledge(Self.unreadable(error), Self.header(ofBroken: bytes), nil)
            }
            let header = Header(message)
            guard let sender = mapping.sender(header, peer),
                let viewer = try await access.sender(
                    sender.client, provedBy: peer.authentication, origin: origin(peer, header))
            else {
                try await access.recordRepeatedRefusal(
                    AuditEntry(.messageRefused, .refused, rule: "sender.notAllowed"), session: nil,
                    origin: origin(peer, header))
                return acknowledge(Self.notAllowed(header), header, nil)
            }
            let verdict = try await take(message, header, sender, viewer, bytes)
            return acknowledge(verdict, header, sender)
        } catch {
            // only what passes is thrown to here
            logger.warning("unavailable", metadata: ["error": "\(error)"])
            counts.count(nil)
            return .close
        }
    }

    /// - Throws: what passes without the sender's doing; everything else becomes a verdict.
    private func take(
        _ message: Message, _ header: Header, _ sender: IntakeMapping.Sender, _ viewer: MachineViewer,
        _ bytes: [UInt8]
    ) async throws -> Acknowledgement {
        do {
            let (readable, kind) = try Self.readable(message, header, sender, bytes)
            let numbered = NumberedMessage(
                application: header.sendingApplication, facility: header.sendingFacility,
                controlID: header.controlID, digest: Array(SHA256.hash(data: bytes)))
            if try await dispatches.wasProcessed(numbered, viewer) { return Self.alreadyProcessed }
            guard viewer.scopes.contains(kind.scope) else { throw Self.lacking(kind.scope) }
            let verdict = try await act(kind, MessageReading(readable, header, sender, mapping), viewer)
            if verdict.verdict == .accepted { try await dispatches.journal(numbered, viewer) }
            return verdict
        } catch let rejection as Rejection {
            try await access.recordRefusal(
                AuditEntry(.messageRefused, .refused, rule: rejection.rule, detail: header.kindOfMessage),
                by: .machine(viewer))
            return Acknowledgement(rejection.verdict, rejection.errors)
        } catch let refusal as any Refusal where refusal.kind == .unavailable {
            throw refusal
        } catch let refusal as any Refusal {
            return Acknowledgement(.error, [RefusalErrors.error(of: refusal)])
        } catch let refusal as PDFRefusal {
            return Acknowledgement(.error, [RefusalErrors.error(of: refusal)])
        } catch let busy as Turnstile.Busy {
            throw busy
        } catch let busy as BlockingWork.Busy {
            throw busy
        } catch let error where isTemporary(error) || error is CancellationError {
            throw error
        } catch {
            let incident = String(RandomText.identifier().prefix(8))
            logger.error("fault", metadata: ["incident": "\(incident)", "error": "\(error)"])
            return Acknowledgement(
                .error,
                [
                    MessageError(
                        .applicationFault, diagnostics: "Internal fault, incident \(incident)",
                        userMessage: "Erreur interne du portail, incident \(incident)")
                ])
        }
    }

    private func act(_ kind: MessageKind, _ reading: MessageReading, _ viewer: MachineViewer) async throws
        -> Acknowledgement
    {
        switch kind {
        case .document: try await document(reading, viewer)
        case .stay: try await stay(reading, viewer)
        case .merge: try await merge(reading, viewer)
        }
    }

    private func acknowledge(
        _ verdict: Acknowledgement, _ header: Header, _ sender: IntakeMapping.Sender?
    ) -> Answer {
        counts.count(verdict.verdict)
        let set =
            header.characterSetName.flatMap(CharacterSet.init(name:)) ?? sender?.characterSet ?? .utf8
        let now = access.clock.now().rawValue
        let origin = AnswerOrigin(
            time: TimeStamp.text(now, offset: SwissTime.offsetMinutes(at: now)), characterSet: set)
        return .acknowledge(verdict.answers(to: header, mode: sender?.mode ?? .automatic, origin))
    }

    func origin(_ peer: Peer, _ header: Header?) -> RequestOrigin {
        RequestOrigin(
            address: peer.address, userAgent: header.map { "MLLP \($0.sendingApplication)" } ?? "MLLP",
            requestID: header.map { String(decoding: $0.controlID.utf8.prefix(64), as: UTF8.self) } ?? "",
            node: access.nodeName)
    }

    private func trace(_ fault: Message.Fault, _ peer: Peer) async throws {
        try await access.recordRepeatedRefusal(
            AuditEntry(.messageRefused, .refused, rule: "hl7.structure"), session: nil,
            origin: origin(peer, nil))
    }
}

/// Who is at the other end of a connection.
public struct Peer: Sendable {
    public let address: String
    /// SHA-256 of the client certificate in DER, hexadecimal; nil without TLS, which is on this machine only.
    public let certificate: String?

    public init(address: String, certificate: String? = nil) {
        self.address = address
        self.certificate = certificate
    }

    var authentication: MachineViewer.Authentication { certificate == nil ? .loopback : .clientCertificate }
}

/// Clocks in Switzerland.
enum SwissTime {
    private static let zone =
        TimeZone(identifier: "Europe/Zurich") ?? TimeZone(secondsFromGMT: 3600) ?? .current

    static func offsetMinutes(at moment: Int64) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment) / 1000)) / 60
    }

    /// The day there, ISO 8601.
    static func day(of moment: Timestamp) -> String {
        let text = TimeStamp.text(moment.rawValue, offset: offsetMinutes(at: moment.rawValue))
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6).prefix(2))"
    }

    /// A time of a message; without an offset it is that of Switzerland.
    static func moment(_ time: TimeStamp) -> Timestamp { moment(time, plus: 0) }

    /// The same so many days later.
    static func moment(_ time: TimeStamp, plus days: Int) -> Timestamp {
        let local = time.asIfUTC + Int64(days) * 86_400_000
        if let offset = time.offset { return Timestamp(rawValue: local - Int64(offset) * 60_000) }
        let guess = local - Int64(offsetMinutes(at: local)) * 60_000
        return Timestamp(rawValue: local - Int64(offsetMinutes(at: guess)) * 60_000)
    }
}
