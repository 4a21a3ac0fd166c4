import Access
import Demo
package import HL7v2
package import Intake
import Logging
import NIOCore
import NIOPosix

extension TestPortal {
    /// Takes messages without a socket.
    package func intake(_ mapping: IntakeMapping = DemoHospital.mapping) -> Intake {
        Intake(
            access: access, dispatches: dispatches, mapping: mapping, maximumDocumentBytes: 2 << 20,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Sends a message, and reads its answer.
    package func told(_ message: [UInt8], _ mapping: IntakeMapping = DemoHospital.mapping) async throws
        -> Message
    {
        let answer = await intake(mapping).answer(message, from: Peer(address: "127.0.0.1"))
        guard case .acknowledge(let messages) = answer, let first = messages.first else {
            throw TestFailure("no answer")
        }
        return try Message(first)
    }

    /// A mapping with a second sender, ADM of HUL, a client of its own, and how a message of the first becomes one of the
    /// second.
    package func twoSenders() async throws -> (IntakeMapping, @Sendable ([UInt8]) -> [UInt8]) {
        let client = Client(
            id: Client.ID(rawValue: "adm"), name: "Admissions", jwks: "{\"keys\":[]}",
            scopes: Scope.parse("system/DocumentReference.cru system/Encounter.u system/Patient.u"))
        try await access.registerClient(client)
        var mapping = DemoHospital.mapping
        mapping.senders.append(
            IntakeMapping.Sender(application: "ADM", facility: "HUL", client: client.id))
        return (
            mapping, { Array(String(decoding: $0, as: UTF8.self).replacing("|DPI|", with: "|ADM|").utf8) }
        )
    }

    /// The portal listens on a port of this machine as long as the work goes on.
    package func listening<Result: Sendable>(
        _ settings: ListenerSettings = .test, _ mapping: IntakeMapping = DemoHospital.mapping,
        _ work: @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        try await listening(settings, mapping) { (port, _) async throws in try await work(port) }
    }

    /// The same, with the listener to look at.
    package func listening<Result: Sendable>(
        _ settings: ListenerSettings = .test, _ mapping: IntakeMapping = DemoHospital.mapping,
        _ work: @Sendable (Int, MLLPListener) async throws -> Result
    ) async throws -> Result {
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        let listener = try MLLPListener(
            intake(mapping), settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { bound.yield($0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { bound.finish() }
                try? await listener.run()
            }
            defer { group.cancelAll() }
            guard let port = await ports.first(where: { _ in true }) else { throw TestFailure("not bound") }
            return try await work(port, listener)
        }
    }
}

extension ListenerSettings {
    /// Any free port of this machine.
    package static var test: ListenerSettings {
        var settings = ListenerSettings(host: "127.0.0.1", port: 0)
        settings.maximumFrameBytes = 6 << 20
        return settings
    }

    /// The same with another limit.
    package static func test<Value>(_ limit: WritableKeyPath<ListenerSettings, Value>, _ value: Value)
        -> ListenerSettings
    {
        var settings = test
        settings[keyPath: limit] = value
        return settings
    }
}

/// An interface engine's end of a connection.
package final class MLLPClient {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var decoder = FrameDecoder(limit: 1 << 20)
    private var answers: [[UInt8]] = []

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// - Parameter address: where it calls from; all of 127.0.0.0/8 is this machine.
    package static func connected<Result>(
        to port: Int, from address: String = "127.0.0.1", _ work: (MLLPClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(to: try SocketAddress(ipAddress: address, port: 0))
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { try await work(MLLPClient($0, $1)) }
    }

    package func write(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    /// The next answer; nil when the portal closes the connection.
    package func answer() async throws -> Message? {
        while answers.isEmpty {
            guard let buffer = try? await inbound.next() else { return nil }
            for case .message(let bytes) in decoder.receive(Array(buffer.readableBytesView)) {
                answers.append(bytes)
            }
        }
        return try Message(answers.removeFirst())
    }

    /// One message, one answer.
    package func exchange(_ message: [UInt8]) async throws -> Message? {
        try await write(FrameDecoder.frame(message))
        return try await answer()
    }
}

extension Message {
    /// AA, AE …
    package var verdict: String { first("MSA")?[1].text ?? "" }
    /// MSA-3
    package var words: String { first("MSA")?[3].text ?? "" }
    /// Of each ERR: code, severity and our own code.
    package var mistakes: [String] {
        all("ERR").map {
            [$0[3].component(1).text, $0[4].text, $0[5].component(1).text].compactMap { $0 }
                .joined(separator: " ")
        }
    }
    /// Of the first ERR: what it says to who integrates.
    package var diagnostics: String { first("ERR")?[7].text ?? "" }
    /// Of the first ERR: `TXA^1^12`.
    package var place: String { String(decoding: first("ERR")?[2].bytes ?? [], as: UTF8.self) }
}
