import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import PDF

/// Only `stream: OK` is clean. Everything else a scanner can do means: not scanned.
@Suite(.timeLimit(.minutes(1))) struct ClamAVTests {
    @Test(arguments: [
        ("stream: OK", MalwareVerdict.clean), ("stream: Eicar-Test FOUND", .infected("Eicar-Test")),
        ("stream: a b\u{7} FOUND", .infected("a_b_")),
    ])
    func `Two forms of words are verdicts`(_ words: String, _ verdict: MalwareVerdict) throws {
        #expect(try ClamAV.verdict(words) == verdict)
    }

    @Test(arguments: [
        "", "OK", "stream: ok", "stream: OK ", "xstream: OK", "stream: OK\n", "stream: FOUND",
        "stream:  FOUND",
        "INSTREAM size limit exceeded. ERROR", "stream: Can't allocate memory ERROR", "UNKNOWN COMMAND",
    ])
    func `All other words mean that nothing was scanned`(_ words: String) {
        #expect(throws: NotScanned.self) { try ClamAV.verdict(words) }
    }

    @Test(arguments: [
        ("/run/clamav/clamd.ctl", ClamAV.Place?.some(.socket(path: "/run/clamav/clamd.ctl"))),
        ("127.0.0.1:3310", .network(host: "127.0.0.1", port: 3310)), ("clamd", nil), ("clamd:0", nil),
        (":3310", nil), ("", nil), ("/" + String(repeating: "x", count: 120), nil),
    ])
    func `Its place is a path or host and port`(_ text: String, _ place: ClamAV.Place?) {
        #expect(ClamAV.Place(text) == place)
    }

    @Test func `The whole file goes over in pieces, and the verdict comes back`() async throws {
        let daemon = try await Daemon { $0.isComplete ? "stream: OK\0" : nil }
        let bytes = [UInt8](repeating: 7, count: 200_000)
        #expect(try await ClamAV(daemon.place).scan(bytes) == .clean)
        #expect(try await ClamAV(daemon.place).scan([]) == .clean)
        try await daemon.stop()
    }

    @Test func `Who answers before all is sent is heard`() async throws {
        let daemon = try await Daemon { $0.count > 100_000 ? "INSTREAM size limit exceeded. ERROR\0" : nil }
        await #expect(throws: NotScanned.self) {
            _ = try await ClamAV(daemon.place).scan([UInt8](repeating: 7, count: 4 << 20))
        }
        try await daemon.stop()
    }

    @Test func `A scanner that is silent, hangs up, babbles or is away has not scanned`() async throws {
        let silent = try await Daemon { _ in nil }
        let rude = try await Daemon { _ in "" }
        let babbling = try await Daemon { _ in String(repeating: "stream: OK", count: 1000) }
        for daemon in [silent, rude, babbling] {
            await #expect(throws: NotScanned.self) {
                _ = try await ClamAV(daemon.place, seconds: 1).scan([1, 2, 3])
            }
            try await daemon.stop()
        }
        await #expect(throws: NotScanned.self) {
            _ = try await ClamAV(silent.place, seconds: 1).scan([1, 2, 3])
        }
        await #expect(throws: NotScanned.self) {
            _ = try await ClamAV(.socket(path: "/nonexistent/clamd.ctl"), seconds: 1).scan([1])
        }
    }

    @Test func `An infected file is refused, one without a verdict is not accepted`() async throws {
        struct Fixed: MalwareScanner {
            let verdict: MalwareVerdict?
            func scan(_ bytes: [UInt8]) async throws -> MalwareVerdict {
                guard let verdict else { throw NotScanned("away") }
                return verdict
            }
        }
        let letter = try SamplePDF.letter()
        await #expect(throws: PDFRefusal.malware) {
            _ = try await PDFInspection(scanner: Fixed(verdict: .infected("X"))).inspect(letter)
        }
        await #expect(throws: NotScanned.self) {
            _ = try await PDFInspection(scanner: Fixed(verdict: nil)).inspect(letter)
        }
        #expect(try await PDFInspection(scanner: Fixed(verdict: .clean)).inspect(letter).pages >= 1)
    }
}

/// A clamd that answers as a test wants: nil for nothing yet, nothing for hanging up.
private final class Daemon: Sendable {
    struct Received: Sendable {
        var count = 0
        var isComplete = false
    }

    private let channel: any Channel
    var place: ClamAV.Place {
        .network(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
    }

    init(_ answer: @escaping @Sendable (Received) -> String?) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandler(Handler(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func stop() async throws { try await channel.close() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: @Sendable (Received) -> String?
        private var received = Received()

        init(_ answer: @escaping @Sendable (Received) -> String?) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            received.count += buffer.readableBytes
            received.isComplete = buffer.readableBytesView.suffix(4).elementsEqual([0, 0, 0, 0])
            guard let words = answer(received) else { return }
            if words.isEmpty { return context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: words)), promise: nil)
        }
    }
}
