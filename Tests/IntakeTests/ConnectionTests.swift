import HL7v2
import NIOCore
import NIOEmbedded
import NIOTLS
import Storage
import TestSupport
import Testing

@testable import Intake

/// What happens on the wire. No verdict depends on time: who is too slow is closed, and the test waits for that.
@Suite struct ConnectionTests {
    @Test func `One connection carries many messages, and rubbish between them harms nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                try await engine.write(Array("GET / HTTP/1.1\r\n\r\n".utf8))
                for number in 1...3 {
                    var letter = HL7Letter("T02", control: "M\(number)")
                    letter.document = "\(number)^DPI^2.16.756.5.30.1.999.3^ISO"
                    #expect(try await engine.exchange(letter.bytes)?.verdict == "AA")
                }
                try await engine.write([0x0B] + Array("MSH|^~".utf8))
                #expect(try await engine.exchange(HL7Letter("T12", control: "M9").bytes)?.verdict == "AR")
            }
        }
    }

    @Test func `In enhanced mode two answers come`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                var letter = HL7Letter()
                (letter.accept, letter.application) = ("AL", "AL")
                #expect(try await engine.exchange(letter.bytes)?.verdict == "CA")
                #expect(try await engine.answer()?.verdict == "AA")
            }
        }
    }

    @Test func `A giant is cut off without an answer, and others go on`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening(.test(\.maximumFrameBytes, 1 << 20)) { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                try? await engine.write([0x0B] + [UInt8](repeating: 0x41, count: 2 << 20))
                #expect(try await engine.answer() == nil)
            }
            try await MLLPClient.connected(to: port) { (engine) async throws in
                #expect(try await engine.exchange(HL7Letter().bytes)?.verdict == "AA")
            }
        }
    }

    @Test func `Who does not end a message in time is closed`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening(.test(\.frameSeconds, 1)) { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                try await engine.write([0x0B] + Array("MSH|^~".utf8))
                #expect(try await engine.answer() == nil)
            }
        }
    }

    @Test func `Who says nothing is closed`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening(.test(\.idleSeconds, 1)) { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                #expect(try await engine.answer() == nil)
            }
        }
    }

    /// Nothing at all, and the beginning of a greeting whose rest never comes.
    @Test(.timeLimit(.minutes(1)), arguments: [[], [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]] as [[UInt8]])
    func `Who never ends his handshake is let go`(_ greeting: [UInt8]) async throws {
        let portal = try await TestPortal.inhabited()
        let files = portal.folder + "/ca"
        try TestServer.run("/bin/sh", [TestServer.root + "/Tests/infra/ca.sh", files])
        var settings = ListenerSettings.test
        settings.tls = try ListenerSettings.tls(
            certificate: files + "/srv.crt", key: files + "/srv.key", clientAuthority: files + "/ca.crt")
        settings.handshakeMilliseconds = 100
        try await portal.listening(settings) { (port) async throws in
            try await MLLPClient.connected(to: port) { (engine) async throws in
                if !greeting.isEmpty { try await engine.write(greeting) }
                #expect(try await engine.answer() == nil)
            }
        }
    }

    @Test func `The handshake has ten seconds, and a connection that is secured all the time it wants`()
        throws
    {
        for isSecured in [false, true] {
            let channel = EmbeddedChannel(handler: HandshakeWatch(limit: .seconds(10)))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            channel.embeddedEventLoop.advanceTime(by: .seconds(9))
            #expect(channel.isActive)
            if isSecured {
                channel.pipeline.fireUserInboundEventTriggered(
                    TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
            }
            channel.embeddedEventLoop.advanceTime(by: .hours(1))
            #expect(channel.isActive == isSecured)
        }
    }

    @Test func `Beyond the limit of connections nobody is let in`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening(.test(\.maximumConnections, 1)) { (port) async throws in
            try await MLLPClient.connected(to: port) { (first) async throws in
                #expect(try await first.exchange(HL7Letter().bytes)?.verdict == "AA")
                try await MLLPClient.connected(to: port) { (engine) async throws in
                    #expect(try await engine.answer() == nil)
                }
                #expect(try await first.exchange(HL7Letter().bytes)?.verdict == "AA")
            }
        }
    }

    @Test func `Many large messages at once take turns`() async throws {
        let portal = try await TestPortal.inhabited()
        var settings = ListenerSettings.test
        (settings.largeFramesAtOnce, settings.smallFrameBytes) = (1, 1 << 10)
        try await portal.listening(settings) { (port) async throws in
            try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 1...6 {
                    group.addTask {
                        try await MLLPClient.connected(to: port) { (engine) async throws in
                            var letter = HL7Letter("T02", control: "M\(number)")
                            letter.document = "\(number)^DPI^2.16.756.5.30.1.999.3^ISO"
                            letter.pdf = Letter.pdf(String(repeating: "Lettre ", count: 9_000))
                            return try await engine.exchange(letter.bytes)?.verdict
                        }
                    }
                }
                for try await verdict in group { #expect(verdict == "AA") }
            }
        }
    }

    @Test func `While the database is away there is no answer: the engine sends again`() async throws {
        let portal = try await TestPortal.inhabited()
        try await portal.listening { (port) async throws in
            await portal.database.close()
            try await MLLPClient.connected(to: port) { (engine) async throws in
                #expect(try await engine.exchange(HL7Letter().bytes) == nil)
            }
        }
    }
}
