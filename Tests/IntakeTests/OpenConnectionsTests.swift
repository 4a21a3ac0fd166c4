import Access
import HL7v2
import NIOEmbedded
import NIOSSL
import TestSupport
import Testing

@testable import Intake

/// Who may hold how many connections.
@Suite struct OpenConnectionsTests {
    @Test func `An address that has its share gets no more, and the others go on`() async throws {
        let portal = try await TestPortal.inhabited()
        var settings = ListenerSettings.test
        (settings.maximumConnections, settings.maximumPerAddress) = (4, 1)
        try await portal.listening(settings) { (port) async throws in
            try await MLLPClient.connected(to: port) { (first) async throws in
                #expect(try await first.exchange(HL7Letter().bytes)?.verdict == "AA")
                try await MLLPClient.connected(to: port) { (second) async throws in
                    #expect(try await second.answer() == nil)
                }
                try await MLLPClient.connected(to: port, from: "127.0.0.2") { (engine) async throws in
                    #expect(try await engine.exchange(HL7Letter().bytes)?.verdict == "AA")
                }
                #expect(try await first.exchange(HL7Letter().bytes)?.verdict == "AA")
            }
        }
    }

    @Test func `A place that is given back is the address's again`() {
        let open = OpenConnections(maximum: 5, perAddress: 2)
        let channels = (0..<6).map { _ in EmbeddedChannel() }
        let now = Timestamp(rawValue: 0)
        func knock(_ number: Int, _ address: String) -> Bool {
            open.admit(channels[number], from: address, at: now) == .admitted
        }
        #expect(knock(0, "192.0.2.1") && knock(1, "192.0.2.1") && !knock(2, "192.0.2.1"))
        // a network of IPv6 has more addresses than there are places; ::ffff: is the same engine by IPv4
        #expect(knock(3, "2001:620:1:2::1") && knock(4, "2001:620:1:2::2") && !knock(5, "2001:620:1:2::3"))
        #expect(!knock(2, "::ffff:192.0.2.1"))
        #expect(knock(2, "192.0.2.2") && !knock(5, "192.0.2.3"), "there are five places in all")
        #expect(open.figures.open == 5 && open.figures.refused == [.address: 3, .full: 1])
        open.remove(channels[0])
        open.remove(channels[0])
        #expect(knock(0, "192.0.2.1") && open.figures.open == 5)
        open.leave()
        open.remove(channels[0])
        #expect(open.admit(channels[0], from: "192.0.2.1", at: now) == .leaving)
    }

    @Test func `However many are refused, the log has one line a minute, with their number`() {
        let open = OpenConnections(maximum: 9, perAddress: 1)
        let (held, other) = (EmbeddedChannel(), EmbeddedChannel())
        let start = Timestamp(rawValue: 0)
        #expect(open.admit(held, from: "192.0.2.1", at: start) == .admitted)
        func refused(_ seconds: Int) -> OpenConnections.Admission {
            open.admit(other, from: "192.0.2.1", at: start.adding(seconds: seconds))
        }
        #expect(refused(1) == .refused(.address, toTell: 1))
        for second in 2...60 { #expect(refused(second) == .refused(.address, toTell: nil)) }
        #expect(refused(61) == .refused(.address, toTell: 60))
        #expect(refused(62) == .refused(.address, toTell: nil))
    }

    @Test func `One engine alone has enough, and over TLS nobody has all`() throws {
        var settings = ListenerSettings(host: "127.0.0.1", port: 0)
        #expect(settings.perAddress == 100, "without TLS all come from this machine")
        settings.tls = .makeClientConfiguration()
        for (all, share) in [(100, 25), (1000, 250), (30, 8), (8, 8), (3, 3), (50, 13)] {
            settings.maximumConnections = all
            #expect(settings.perAddress == share, "\(all)")
        }
        settings.maximumPerAddress = 40
        #expect(settings.perAddress == 40)
    }
}
