/// Where a request came from, as far as it is known; goes into the audit trail.
public struct RequestOrigin: Sendable {
    /// The client's network address, after the trusted proxy.
    public let address: String
    /// At most 200 bytes are kept.
    public let userAgent: String
    public let requestID: String
    /// W3C trace identifier of `traceparent`, 32 hex digits.
    public let traceID: String?
    /// The node that answered.
    public let node: String

    public init(address: String, userAgent: String, requestID: String, traceID: String? = nil, node: String) {
        self.address = address
        self.userAgent = String(decoding: userAgent.utf8.prefix(200), as: UTF8.self)
        self.requestID = requestID
        self.traceID = traceID
        self.node = node
    }

    /// Work of the portal itself: jobs, commands.
    public static func system(node: String) -> RequestOrigin {
        RequestOrigin(address: "", userAgent: "", requestID: "", node: node)
    }
}
