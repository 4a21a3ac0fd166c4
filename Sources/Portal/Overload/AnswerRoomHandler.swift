import NIOCore

/// Gives each connection that is accepted room for one small content, so that the answer goes to the system in one piece.
///
/// NIO holds a connection for full at 64 KiB: a letter of 100 KB made it full and empty again, and each change went
/// through all handlers to a writer that had nothing more to write.
final class AnswerRoomHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// A content that is sent whole has at most 128 KiB (`DocumentLimits.readyBytes`). Of a larger one, this is how much a
    /// slow reader makes us hold.
    static let room = ChannelOptions.Types.WriteBufferWaterMark(low: 64 << 10, high: 192 << 10)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // fails for one that has gone already
        _ = unwrapInboundIn(data).setOption(.writeBufferWaterMark, value: Self.room)
        context.fireChannelRead(data)
    }

    /// - Parameter listener: the channel of a server.
    static func add(to listener: any Channel) async throws {
        try await listener.eventLoop.submit {
            try listener.pipeline.syncOperations.addHandler(AnswerRoomHandler(), position: .first)
        }.get()
    }
}
