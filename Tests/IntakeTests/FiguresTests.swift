import HL7v2
import Intake
import Storage
import TestSupport
import Testing

/// What those hear who watch over the node.
@Suite struct FiguresTests {
    private func messages(_ listener: MLLPListener) -> [String] {
        listener.figures.messages.map { "\($0.label) \($0.count)" }
    }

    private func refused(_ listener: MLLPListener) -> [String] {
        listener.figures.refusedConnections.map { "\($0.label) \($0.count)" }
    }

    @Test func `Messages are counted by what was answered, connections while they are open`() async throws {
        let portal = try await TestPortal.inhabited()
        var settings = ListenerSettings.test
        (settings.maximumConnections, settings.maximumPerAddress) = (2, 1)
        try await portal.listening(settings) { (port, listener) async throws in
            #expect(messages(listener) == ["AA 0", "AE 0", "AR 0", "none 0"])
            #expect(listener.figures.connections == 0 && refused(listener) == ["full 0", "address 0"])
            try await MLLPClient.connected(to: port) { (engine) async throws in
                #expect(try await engine.exchange(HL7Letter().bytes)?.verdict == "AA")
                var unwanted = HL7Letter(control: "M2")
                unwanted.recipients = ["7601099000990"]
                #expect(try await engine.exchange(unwanted.bytes)?.verdict == "AE")
                // in enhanced mode it says CE, and counts for what it is
                (unwanted.control, unwanted.accept, unwanted.application) = ("M3", "AL", "NE")
                #expect(try await engine.exchange(unwanted.bytes)?.verdict == "CE")
                #expect(try await engine.exchange(HL7Letter("T12", control: "M4").bytes)?.verdict == "AR")
                #expect(messages(listener) == ["AA 1", "AE 2", "AR 1", "none 0"])
                #expect(listener.figures.connections == 1)
                try await MLLPClient.connected(to: port) { (other) async throws in
                    #expect(try await other.answer() == nil)
                }
                try await MLLPClient.connected(to: port, from: "127.0.0.2") { (second) async throws in
                    #expect(try await second.exchange(HL7Letter().bytes)?.verdict == "AA")
                    try await MLLPClient.connected(to: port, from: "127.0.0.3") { (third) async throws in
                        #expect(try await third.answer() == nil)
                    }
                }
                #expect(refused(listener) == ["full 1", "address 1"])
                await portal.database.close()
                #expect(try await engine.exchange(HL7Letter(control: "M5").bytes) == nil)
                #expect(messages(listener) == ["AA 2", "AE 2", "AR 1", "none 1"])
            }
        }
    }
}
