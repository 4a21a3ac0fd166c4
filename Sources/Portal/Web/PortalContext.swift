public import Access
public import Hummingbird
public import NIOCore

/// What travels with a request. A value: middleware changes its copy and hands it on.
public struct PortalContext: RequestContext, RemoteAddressRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let remoteAddress: SocketAddress?
    /// Who is there, as the cookie says; nil for strangers.
    public var found: FoundSession?
    public var origin: RequestOrigin
    /// Read once for all who ask for one of them.
    var cookies: SentCookies?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        origin = RequestOrigin(
            address: source.channel.remoteAddress?.ipAddress ?? "", userAgent: "", requestID: "", node: "")
    }

    /// Bytes of a decoded form. Streamed bodies are counted by their handlers.
    public var maxUploadSize: Int { 64 << 10 }
}
