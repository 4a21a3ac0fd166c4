import Crypto
import HL7v2
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
public import ServiceLifecycle

/// Awaits connections, takes message after message from each, strictly one at a time, and sends its answers back.
public struct MLLPListener: Service {
    private let intake: Intake
    private let settings: ListenerSettings
    private let logger: Logger
    private let context: NIOSSLContext?
    private let connections: OpenConnections
    private let places: FramePlaces
    private let hasBound: @Sendable (Int) -> Void

    /// - Parameter hasBound: hears the port once it listens.
    /// - Throws: when the TLS settings are of no use.
    public init(
        _ intake: Intake, _ settings: ListenerSettings, logger: Logger,
        hasBound: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        self.intake = intake
        self.settings = settings
        self.logger = logger
        self.hasBound = hasBound
        context = try settings.tls.map { try NIOSSLContext(configuration: $0) }
        connections = OpenConnections(maximum: settings.maximumConnections)
        places = FramePlaces(settings.largeFramesAtOnce)
    }

    /// Until the program is asked to stop: then it accepts no more, and what is in hand is answered.
    public func run() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: settings.host, port: settings.port) { [context] channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        hasBound(server.channel.localAddress?.port ?? 0)
        logger.info("mllp listens", metadata: ["port": "\(server.channel.localAddress?.port ?? 0)"])
        try await withGracefulShutdownHandler {
            try await server.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in accepted {
                        guard connections.admit(connection.channel) else {
                            logger.warning("mllp: too many connections")
                            connection.channel.close(promise: nil)
                            // it must be begun to be ended
                            group.addTask { try? await connection.executeThenClose { _, _ in } }
                            continue
                        }
                        group.addTask { await serve(connection) }
                    }
                }
            }
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
            connections.leave()
        }
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        let channel = connection.channel
        defer { connections.remove(channel) }
        do {
            try await connection.executeThenClose { inbound, outbound in
                var session = MLLPSession(
                    intake: intake, settings: settings, places: places, connections: connections,
                    channel: channel, outbound: outbound, logger: logger)
                do { try await session.run(inbound) } catch {
                    await session.end()
                    throw error
                }
                await session.end()
            }
        } catch {
            // a client that is not who it should be, or one that is gone: nothing to tell it
            logger.info("mllp connection ended", metadata: ["error": "\(error)"])
        }
    }
}

/// One connection at work.
struct MLLPSession {
    let intake: Intake
    let settings: ListenerSettings
    let places: FramePlaces
    let connections: OpenConnections
    let channel: any Channel
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    let logger: Logger
    private var decoder: FrameDecoder
    private var watch: ConnectionWatch
    private var peer: Peer?
    private var hasPlace = false
    private var hasComplained = false

    init(
        intake: Intake, settings: ListenerSettings, places: FramePlaces, connections: OpenConnections,
        channel: any Channel, outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, logger: Logger
    ) {
        self.intake = intake
        self.settings = settings
        self.places = places
        self.connections = connections
        self.channel = channel
        self.outbound = outbound
        self.logger = logger
        decoder = FrameDecoder(limit: settings.maximumFrameBytes)
        watch = ConnectionWatch(channel)
    }

    mutating func run(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws {
        watch.allow(seconds: settings.idleSeconds)
        for try await buffer in inbound {
            let peer = try await knownPeer()
            for event in decoder.receive(Array(buffer.readableBytesView)) {
                guard try await handle(event, peer) else { return }
            }
            if decoder.held > settings.smallFrameBytes, !hasPlace {
                await places.take()
                hasPlace = true
            }
        }
    }

    /// Gives back what the connection held.
    mutating func end() async {
        watch.stop()
        await leavePlace()
    }

    /// - Returns: false when the connection is to be closed.
    private mutating func handle(_ event: FrameDecoder.Event, _ peer: Peer) async throws -> Bool {
        switch event {
        case .began: watch.allow(seconds: settings.frameSeconds)
        case .noise(let count): complain("bytes outside a frame", count, peer)
        case .brokenOff(let count): complain("a frame was broken off", count, peer)
        case .tooLong:
            complain("a message is too long", settings.maximumFrameBytes, peer)
            return false
        case .message(let message):
            watch.stop()
            guard connections.mark(channel, isBusy: true) else { return false }
            let answer = await intake.answer(message, from: peer)
            await leavePlace()
            guard case .acknowledge(let messages) = answer else { return false }
            watch.allow(seconds: settings.frameSeconds)
            for message in messages {
                try await outbound.write(ByteBuffer(bytes: FrameDecoder.frame(message)))
            }
            watch.allow(seconds: settings.idleSeconds)
            return connections.mark(channel, isBusy: false)
        }
        return true
    }

    /// The certificate is known once the handshake is over, that is when the first bytes have come.
    private mutating func knownPeer() async throws -> Peer {
        if let peer { return peer }
        var certificate: String?
        if settings.tls != nil {
            // nobody comes in without one: see `ListenerSettings.tls`
            guard let shown = try await channel.nioSSL_peerCertificate().get() else {
                throw ChannelError.eof
            }
            certificate = SHA256.hash(data: try shown.toDERBytes())
                .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
        let known = Peer(address: channel.remoteAddress?.ipAddress ?? "", certificate: certificate)
        peer = known
        return known
    }

    private mutating func leavePlace() async {
        guard hasPlace else { return }
        hasPlace = false
        await places.giveBack()
    }

    /// Once a connection: who sends rubbish must not fill the log.
    private mutating func complain(_ what: String, _ bytes: Int, _ peer: Peer) {
        guard !hasComplained else { return }
        hasComplained = true
        logger.warning("mllp: \(what)", metadata: ["address": "\(peer.address)", "bytes": "\(bytes)"])
    }
}
