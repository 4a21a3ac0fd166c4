import Crypto
import HL7v2
import Logging
import NIOCore
import NIOSSL

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
