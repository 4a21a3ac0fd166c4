public import NIOSSL

/// Where messages are awaited, and how much of them.
public struct ListenerSettings: Sendable {
    public var host: String
    /// 0: any free one, for tests.
    public var port: Int
    /// Nil on this machine only.
    public var tls: TLSConfiguration?
    /// Bytes of one message: a document of 25 MiB is 34 MB in base64.
    public var maximumFrameBytes = 50 << 20
    /// From the last answer to the next message: engines keep their connections open.
    public var idleSeconds = 600
    /// From the first byte of a message to its last, and for an answer to be taken.
    public var frameSeconds = 60
    /// From the connection to the end of the TLS handshake.
    public var handshakeMilliseconds = 10_000
    public var maximumConnections = 100
    /// Of these for one address; nil: `usualPerAddress`.
    public var maximumPerAddress: Int?
    /// Messages of more than `smallFrameBytes` in memory at once, over all connections.
    public var largeFramesAtOnce = 4
    public var smallFrameBytes = 1 << 20

    public init(host: String, port: Int, tls: TLSConfiguration? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }

    /// A quarter, yet at least eight, so that one engine alone has as many channels as it wants also where there are few
    /// places. Without TLS all of them: then everybody is on this machine, mostly one engine or the wrapper through which
    /// all engines come.
    var usualPerAddress: Int { tls == nil ? maximumConnections : max(8, (maximumConnections + 3) / 4) }
    var perAddress: Int { min(maximumConnections, maximumPerAddress ?? usualPerAddress) }

    /// TLS 1.2 or later, for clients with a certificate of this authority.
    /// - Throws: when a file cannot be read.
    public static func tls(certificate: String, key: String, clientAuthority: String) throws
        -> TLSConfiguration
    {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(clientAuthority))
        // a client's name is its certificate, which the mapping names; not the place it calls from
        tls.certificateVerification = .noHostnameVerification
        return tls
    }
}
