import NIOCore
import NIOPosix
import Testing

@testable import Portal

/// A small content goes out without the connection being held for full.
@Suite struct AnswerRoomTests {
    @Test func `Who connects has room for one small content, and not for two`() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let (accepted, continuation) = AsyncStream<any Channel>.makeStream()
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                continuation.yield(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try await AnswerRoomHandler.add(to: server)
        let client = try await ClientBootstrap(group: group).connect(to: #require(server.localAddress)).get()
        let connection = try #require(await accepted.first { _ in true })

        let content = ByteBuffer(repeating: 1, count: 128 << 10)
        connection.write(content, promise: nil)
        #expect(try await isWritable(connection))
        connection.write(content, promise: nil)
        #expect(try await !isWritable(connection))
        try await client.close()
        try await server.close()
    }

    private func isWritable(_ channel: any Channel) async throws -> Bool {
        try await channel.eventLoop.submit { channel.isWritable }.get()
    }
}
