import HummingbirdCore
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import Portal

/// Who connects is accepted, also while nobody has time for him: he can be refused then, and does not wait in the
/// system's queue.
@Suite struct PromptAcceptTests {
    private static let most = 40

    @Test func `Connections are accepted though nobody takes them, up to the bound`() async throws {
        let accepted = NIOLockedValueBox(0)
        let group = MultiThreadedEventLoopGroup.singleton
        let server = try await ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AvailableConnectionsChannelHandler(maxConnections: Self.most))
                }
            }
            .bind(host: "127.0.0.1", port: 0, serverBackPressureStrategy: nil) { channel in
                accepted.withLockedValue { $0 += 1 }
                return channel.eventLoop.makeSucceededFuture(channel)
            }
        try await PromptAcceptHandler.add(to: server.channel)
        let address = try #require(server.channel.localAddress)
        try await server.executeThenClose { _ in
            var clients: [any Channel] = []
            for _ in 0..<Self.most + 20 {
                clients.append(try await ClientBootstrap(group: group).connect(to: address).get())
            }
            #expect(await reaches(Self.most, accepted))
            try await Task.sleep(for: .milliseconds(50))
            #expect(accepted.withLockedValue { $0 } == Self.most, "the bound holds")

            try await clients.removeFirst().close()
            #expect(await reaches(Self.most + 1, accepted), "who leaves makes room")
            for client in clients { try await client.close() }
        }
    }

    private func reaches(_ number: Int, _ accepted: NIOLockedValueBox<Int>) async -> Bool {
        for _ in 0..<500 {
            if accepted.withLockedValue({ $0 }) >= number { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
