import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection on which an answer began before the request was read whole: a body that was refused is not
/// read on to its end, and nobody can keep a connection busy with one.
///
/// The answer says `Connection: close`. What still arrives is thrown away for a moment, because a connection
/// closed on unread bytes is reset, and the reset could overtake the answer.
final class EarlyAnswerHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let silence = TimeAmount.seconds(1)
    private static let longest = TimeAmount.seconds(10)

    /// Requests whose answer has not gone out whole; more than one when a client pipelines.
    private var unanswered = 0
    private var isReadingRequest = false
    private var isAnsweringEarly = false
    private var isDiscarding = false
    private var lastArrival = NIODeadline.now()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastArrival = .now()
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            isReadingRequest = true
        case .body: break
        case .end:
            isReadingRequest = false
            if isDiscarding { context.close(promise: nil) }
        }
        if !isDiscarding { context.fireChannelRead(data) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational && isReadingRequest && unanswered == 1:
            isAnsweringEarly = true
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unanswered -= 1
            guard isAnsweringEarly else { return context.write(data, promise: promise) }
            isDiscarding = true
            lastArrival = .now()
            context.writeAndFlush(data).assumeIsolated().whenComplete { _ in
                self.finish(context, latest: .now() + Self.longest)
            }
            promise?.succeed()
        default: context.write(data, promise: promise)
        }
    }

    /// Closes when the request has come to its end, when nothing has come for a second, or too much for ten.
    private func finish(_ context: ChannelHandlerContext, latest: NIODeadline) {
        let next = min(lastArrival + Self.silence, latest)
        guard isReadingRequest, next > .now() else { return context.close(promise: nil) }
        context.eventLoop.assumeIsolated().scheduleTask(deadline: next) {
            if context.channel.isActive { self.finish(context, latest: latest) }
        }
    }
}
