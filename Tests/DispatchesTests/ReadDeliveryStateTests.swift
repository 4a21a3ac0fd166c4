import Access
import Demo
import Dispatches
import Documents
import TestSupport
import Testing

/// What the hospital learns of what it sent (DPI-07).
@Suite struct ReadDeliveryStateTests {
    @Test func `A delivery goes from deposited to notified, opened and downloaded`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        let id = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), machine)
            .document.id
        let start = portal.time.now
        #expect(try await state(of: id, machine, portal) == State(.deposited, start))

        portal.time.advance(minutes: 1)
        let notified = portal.time.now
        try await portal.deliver()
        portal.time.advance(minutes: 1)
        #expect(try await state(of: id, machine, portal) == State(.notified, notified))

        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(id, for: .reading, favre)
        #expect(try await state(of: id, machine, portal) == State(.opened, portal.time.now))
        portal.time.advance(minutes: 1)
        _ = try await portal.documents.download(id, favre)
        #expect(try await state(of: id, machine, portal) == State(.downloaded, portal.time.now))

        portal.time.advance(days: 101)
        #expect(try await state(of: id, machine, portal).state == .expired)
        #expect(try await portal.events().filter { $0 == "documentStateRead" }.count == 5)
    }

    @Test func `Another system's document is as unknown as one that does not exist, and both are traced`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), try await portal.recordSystem()
        ).document.id
        let other = try await portal.machine("radiologie")
        for unknown in [id, Document.ID(rawValue: "0123456789abcdef0123456789abcdef")] {
            await #expect(throws: DispatchRefusal.notFound) {
                _ = try await portal.dispatches.deliveryState(of: unknown, other)
            }
        }
        #expect(try await portal.refusals() == ["dispatch.notFound", "dispatch.notFound"])
    }

    private struct State: Equatable {
        let state: Dispatch.State
        let at: Timestamp
        init(_ state: Dispatch.State, _ at: Timestamp) { (self.state, self.at) = (state, at) }
    }

    private func state(of id: Document.ID, _ viewer: MachineViewer, _ portal: TestPortal) async throws
        -> State
    {
        let dispatches = try await portal.dispatches.deliveryState(of: id, viewer).dispatches
        let one = try #require(dispatches.first)
        return State(one.state, one.at)
    }
}
