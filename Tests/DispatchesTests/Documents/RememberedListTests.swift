import Access
import Demo
import Documents
import Storage
import TestSupport
import Testing

/// A list that was read before is shown again only to who may see it, and only while it is true.
@Suite struct RememberedListTests {
    private struct Room {
        let portal: TestPortal
        let shelf: Shelf
        let patient: Patient
        let viewer: Viewer

        func ids() async throws -> [String] {
            try await portal.documents.listInbox(InboxFilter(), .newest, viewer).rows.map(\.id.rawValue)
        }
    }

    private func room() async throws -> Room {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let patient = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        try await shelf.add("d1001", about: patient)
        return Room(
            portal: portal, shelf: shelf, patient: patient, viewer: try await portal.signIn(DemoPeople.favre))
    }

    @Test func `What comes in or is renamed stands in the very next list`() async throws {
        let room = try await room()
        #expect(try await room.ids() == ["d1001"])
        room.portal.time.advance(seconds: 1)
        try await room.shelf.add("d1002", about: room.patient)
        #expect(try await room.ids() == ["d1002", "d1001"])
        try await room.portal.tamper("UPDATE patient SET family_name = 'Rochat'")
        let list = try await room.portal.documents.listInbox(InboxFilter(), .newest, room.viewer)
        #expect(Set(list.rows.map(\.familyName)) == ["Rochat"])
    }

    @Test func `Each look is an event, remembered or not`() async throws {
        let room = try await room()
        for _ in 0..<3 { _ = try await room.ids() }
        #expect(try await room.portal.events().filter { $0 == "documentSearched" }.count == 3)
    }

    @Test func `A session that was ended sees nothing that is remembered, and leaves no event`() async throws
    {
        let room = try await room()
        _ = try await room.ids()
        try await room.portal.access.signOut(room.viewer.holder)
        await #expect(throws: AccessRefusal.sessionEnded) { _ = try await room.ids() }
        #expect(try await room.portal.events().filter { $0 == "documentSearched" }.count == 1)
    }

    @Test func `A document that expires leaves the list and its numbers in the same millisecond`()
        async throws
    {
        let room = try await room()
        try await room.portal.tamper(
            "UPDATE document_reader SET expires_at = \(room.portal.time.now.adding(seconds: 2))")
        #expect(try await room.ids() == ["d1001"])
        room.portal.time.advance(seconds: 2)
        let list = try await room.portal.documents.listInbox(InboxFilter(), .newest, room.viewer)
        #expect(list.rows.isEmpty && list.count == 0 && list.unread == 0)
    }
}
