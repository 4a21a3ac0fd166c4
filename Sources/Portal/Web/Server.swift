import HTTPTypes
public import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOSSL

/// The listener's limits. Hummingbird leaves the number of connections and the idle time open: all are set.
public struct ServerSettings: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    public var maximumConnections = 4096
    /// PEM files; nil behind a proxy on the same machine.
    public var certificate: (chain: String, key: String)?
    public init() {}
}

/// The server around a router, with every limit set.
/// - Throws: when the certificate or its key cannot be read.
public func portalApplication(
    _ router: Router<PortalContext>, _ settings: ServerSettings, logger: Logger
) throws -> Application<RouterResponder<PortalContext>> {
    let http1 = HTTP1Channel.Configuration(
        additionalChannelHandlers: [ExpectContinueHandler(), EarlyAnswerHandler()],
        idleTimeout: .seconds(60),
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
    var server = HTTPServerBuilder.http1(configuration: http1)
    if let certificate = settings.certificate {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.chain).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        // HTTP/2 is left to the proxy in front (security.md, class 38)
        server = try .tls(.http1(configuration: http1), tlsConfiguration: tls)
    }
    return Application(
        router: router,
        server: server,
        configuration: .init(
            address: .hostname(settings.host, port: settings.port), serverName: nil,
            // who finds the queue full is not told so: he tries again after one, three, seven… seconds
            backlog: settings.maximumConnections,
            availableConnectionsDelegate: MaximumAvailableConnections(settings.maximumConnections)),
        onServerRunning: { listener in
            do {
                try await PromptAcceptHandler.add(to: listener)
                try await AnswerRoomHandler.add(to: listener)
            } catch {
                logger.error("settings of the listener", metadata: ["error": "\(error)"])
            }
        },
        logger: logger)
}
