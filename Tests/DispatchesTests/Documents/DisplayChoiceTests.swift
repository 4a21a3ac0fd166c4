import Access
import Demo
import Directory
import Dispatches
import Documents
import Storage
import TestSupport
import Testing

/// What Dre Favre's preferences keep out of her lists, and how she sees it all the same.
@Suite struct DisplayChoiceTests {
    /// Hélène Jaquet with an old discharge letter; Pascal Morel with a discharge letter and an imaging report of today.
    private func shelf() async throws -> (TestPortal, Shelf) {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let jaquet = try await shelf.patient("1", "Jaquet", "Hélène", born: "1958-03-14", .female)
        let morel = try await shelf.patient("2", "Morel", "Pascal", born: "1971-11-02", .male)
        try await shelf.add("old-letter", about: jaquet)
        portal.time.advance(days: 95)
        try await shelf.add("letter", about: morel)
        try await shelf.add("imaging", about: morel, type: "4201000179104")
        return (portal, shelf)
    }

    private func prefer(
        _ portal: TestPortal, _ change: (inout PreferencesForm) -> Void
    ) async throws -> Viewer {
        let viewer = try await portal.signIn(DemoPeople.favre)
        let holder = viewer.holder
        var form = PreferencesForm(try await portal.directory.profile(holder))
        change(&form)
        try await portal.directory.savePreferences(form, holder)
        return viewer
    }

    @Test func `Without a choice everything is shown`() async throws {
        let (portal, _) = try await shelf()
        let inbox = try await portal.documents.listInbox(
            InboxFilter(), .newest, portal.signIn(DemoPeople.favre))
        #expect(inbox.rows.map(\.id.rawValue) == ["letter", "imaging", "old-letter"])
        #expect(inbox.unread == 3 && inbox.hidden == 0)
    }

    @Test func `Types that are not displayed leave all lists and counts, and are counted apart`() async throws
    {
        let (portal, _) = try await shelf()
        let favre = try await prefer(portal) { $0.displayedTypes = ["4201000179104"] }
        let inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.map(\.id.rawValue) == ["imaging"])
        #expect(inbox.count == 1 && inbox.unread == 1 && inbox.hidden == 2)
        #expect(try await portal.documents.unreadCount(favre) == 1)
        var unread = InboxFilter()
        unread.isUnread = true
        #expect(try await portal.documents.listInbox(unread, .newest, favre).hidden == 2)
        let patients = try await portal.documents.listPatients(words: "", favre)
        #expect(patients.rows.map(\.patient.familyName) == ["Morel"])
        #expect(patients.rows.first?.documents == 1 && patients.rows.first?.unread == 1)
        #expect(patients.hidden == 1 && patients.unread == 1)
        let morel = try #require(patients.rows.first?.patient.id)
        let record = try await portal.documents.patientRecord(morel, favre)
        #expect(record.rows.count == 1 && record.hidden == 1)
        let whole = try await portal.documents.patientRecord(morel, isComplete: true, favre)
        #expect(whole.rows.count == 2 && whole.hidden == 0)
    }

    @Test func `Who asks for everything, or for a type, gets it`() async throws {
        let (portal, _) = try await shelf()
        let favre = try await prefer(portal) { $0.displayedTypes = ["4201000179104"] }
        var all = InboxFilter()
        all.isComplete = true
        let inbox = try await portal.documents.listInbox(all, .newest, favre)
        #expect(inbox.rows.count == 3 && inbox.hidden == 0 && inbox.unread == 1)
        var typed = InboxFilter()
        typed.typeCode = "373942005"
        let letters = try await portal.documents.listInbox(typed, .newest, favre)
        #expect(letters.rows.count == 2 && letters.hidden == 0)
        let patients = try await portal.documents.listPatients(words: "", isComplete: true, favre)
        #expect(patients.rows.count == 2 && patients.hidden == 0)
    }

    @Test func `A document that is not displayed opens all the same`() async throws {
        let (portal, _) = try await shelf()
        let favre = try await prefer(portal) { $0.displayedTypes = ["4201000179104"] }
        let opened = try await portal.documents.open(Document.ID(rawValue: "letter"), for: .reading, favre)
        #expect(opened.document.title == "letter" && opened.unread == 1)
    }

    @Test func `Patients without a recent document are not displayed`() async throws {
        let (portal, _) = try await shelf()
        let favre = try await prefer(portal) { $0.displayedPatients = "months3" }
        let patients = try await portal.documents.listPatients(words: "", favre)
        #expect(patients.rows.map(\.patient.familyName) == ["Morel"] && patients.hidden == 1)
        let inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.count == 2 && inbox.hidden == 1 && inbox.unread == 2)
        let later = try await prefer(portal) { $0.displayedPatients = "months6" }
        #expect(try await portal.documents.listPatients(words: "", later).hidden == 0)
    }

    @Test func `Both choices narrow together, and a new document brings an old patient back`() async throws {
        let (portal, shelf) = try await shelf()
        let favre = try await prefer(portal) {
            $0.displayedPatients = "months3"
            $0.displayedTypes = ["373942005"]
        }
        var inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.map(\.id.rawValue) == ["letter"] && inbox.hidden == 2)
        let jaquet = try await shelf.patient("1", "Jaquet", "Hélène", born: "1958-03-14", .female)
        try await shelf.add("new-letter", about: jaquet)
        inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.count == 3 && inbox.hidden == 1)
    }

    @Test func `The choice of one is not the choice of another`() async throws {
        let (portal, _) = try await shelf()
        _ = try await prefer(portal) { $0.displayedTypes = ["4201000179104"] }
        let other = try await Shelf(portal, gln: "7601999000014")
        let patient = try await other.patient("3", "Bürgi", "Anna", born: "2019-06-27", .female)
        try await other.add("for-jeanneret", about: patient)
        let inbox = try await portal.documents.listInbox(
            InboxFilter(), .newest, portal.signIn(DemoPeople.jeanneret))
        #expect(inbox.rows.count == 1 && inbox.hidden == 0)
    }

    @Test func `Who wants no documents is no recipient, and the hospital reads so`() async throws {
        let (portal, _) = try await shelf()
        _ = try await prefer(portal) {
            $0.deliveryMode = "none"
            $0.isStopConfirmed = true
        }
        let hospital = try await portal.recordSystem()
        await #expect(throws: DispatchRefusal.unavailableRecipient) {
            try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), hospital)
        }
    }

    @Test func `The life that was chosen holds from the next document on`() async throws {
        let (portal, _) = try await shelf()
        let favre = try await prefer(portal) { $0.lifetimeDays = "45" }
        let hospital = try await portal.recordSystem()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), hospital)
        let opened = try await portal.documents.open(published.document.id, for: .reading, favre)
        #expect(opened.expiresAt == portal.time.now.adding(days: 45))
    }
}
