import Access
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
        connections = OpenConnections(
            maximum: settings.maximumConnections, perAddress: settings.perAddress)
        places = FramePlaces(settings.largeFramesAtOnce)
    }

    /// What it did so far.
    public var figures: IntakeFigures {
        let (open, refused) = connections.figures
        return IntakeFigures(
            messages: intake.counts.all, connections: open,
            refusedConnections: OpenConnections.Refusal.allCases.map {
                .init(label: $0.rawValue, count: refused[$0] ?? 0)
            })
    }

    /// Until the program is asked to stop: then it accepts no more, and what is in hand is answered.
    /// - Throws: when it cannot listen at all. What goes wrong later, such as too many open files, must not end the
    ///   portal: it listens again after a while.
    public func run() async throws {
        var server = try await bind()
        hasBound(server.channel.localAddress?.port ?? 0)
        while true {
            do {
                return try await accept(server)
            } catch {
                if Task.isCancelled || Task.isShuttingDownGracefully { return }
                logger.error("mllp listener", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .seconds(1))
                server = try await bind()
            }
        }
    }

    private func bind() async throws -> NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never> {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: settings.host, port: settings.port) { [context, settings] channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(NIOSSLServerHandler(context: context))
                        try pipeline.addHandler(
                            HandshakeWatch(limit: .milliseconds(Int64(settings.handshakeMilliseconds))))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        logger.info("mllp listens", metadata: ["port": "\(server.channel.localAddress?.port ?? 0)"])
        return server
    }

    private func accept(_ server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>)
        async throws
    {
        try await withGracefulShutdownHandler {
            try await server.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in accepted {
                        if admits(connection.channel) {
                            // before pages, as what comes through FHIR: ADR 0033
                            group.addTask(priority: .high) { await serve(connection) }
                        } else {
                            connection.channel.close(promise: nil)
                            // it must be begun to be ended
                            group.addTask { try? await connection.executeThenClose { _, _ in } }
                        }
                    }
                }
            }
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
            connections.leave()
        }
    }

    private func admits(_ channel: any Channel) -> Bool {
        let address = channel.remoteAddress?.ipAddress ?? ""
        let admission = connections.admit(channel, from: address, at: intake.access.clock.now())
        if case .refused(let why, let count?) = admission {
            logger.warning(
                "mllp: too many connections",
                metadata: ["limit": "\(why.rawValue)", "address": "\(address)", "refused": "\(count)"])
        }
        return admission == .admitted
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
