import HummingbirdCore
import NIOCore

/// Accepts connections as they come, as many as the server may have.
///
/// The server takes them from a sequence that asks for ten at a time, in a task that stands in one queue with the work for
/// all requests. On a busy node a thousand clients who came at once waited for seconds, and were not even told to
/// come back: who is not accepted cannot be refused. So the next ones are accepted whether or not those before were
/// taken; `MaximumAvailableConnections` stays the bound.
final class PromptAcceptHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// Connections that are accepted in one turn of the event loop, so that those who are there are heard, too. The bound is
    /// looked at before each turn: it may be passed by fewer than these.
    private static let perTurn: UInt = 64

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        context.read()
    }

    /// Puts it where what it reads is still bounded.
    /// - Parameter listener: the channel of a server with `MaximumAvailableConnections`.
    static func add(to listener: any Channel) async throws {
        try await listener.setOption(.maxMessagesPerRead, value: perTurn).get()
        try await listener.eventLoop.submit {
            let handlers = listener.pipeline.syncOperations
            let bound = try handlers.context(
                handlerType: AvailableConnectionsChannelHandler<MaximumAvailableConnections>.self)
            try handlers.addHandler(PromptAcceptHandler(), position: .after(bound.handler))
        }.get()
    }
}
