import Access
import Demo
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// What a service writes to the recipient: read by him and by the service, sealed and destroyed with the document.
@Suite struct SendingMessageTests {
    private static let words = "Merci de contrôler l’INR vendredi.\nAppelez-moi en cas de saignement."

    @Test func `The recipient and the service read it, and nobody else finds a word of it`() async throws {
        let portal = try await TestPortal.inhabited()
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let sending = try await HandLetter.sending(portal, chappuis, message: Self.words)
        let id = try await portal.dispatches.send(sending, chappuis).document.id
        // the same form twice is one message
        #expect(try await portal.dispatches.send(sending, chappuis).document.id == id)
        try await portal.deliver()
        #expect(try await portal.rows("content WHERE part = 'text' AND number = 1 AND is_bound = TRUE") == 1)

        let favre = try await portal.signIn(DemoPeople.favre)
        let opened = try await portal.documents.open(id, for: .reading, favre)
        #expect(opened.message == Self.words)
        #expect(opened.text?.contains("INR") == false, "it is no part of the document's own text")
        #expect(try await portal.dispatches.sending(id, chappuis).message == Self.words)

        for text in portal.messages.all.map(\.text) { #expect(!text.contains("INR")) }
        for record in try await portal.trail() { #expect(record.detail?.contains("INR") != true) }
        let other = try await portal.otherServiceMember()
        await #expect(throws: ManualRefusal.notFound) {
            _ = try await portal.dispatches.sending(id, other)
        }
    }

    @Test func `It dies with the document`() async throws {
        let portal = try await TestPortal.inhabited()
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let id = try await portal.dispatches.send(
            HandLetter.sending(portal, chappuis, message: Self.words), chappuis
        ).document.id
        try await portal.deliver()
        let files = portal.sealedFiles.count
        #expect(files == 4, "the original, its text, its page, the message")
        portal.time.advance(days: 101)
        try await portal.documents.endLives()
        #expect(portal.sealedFiles.isEmpty)
        #expect(try await portal.rows("content WHERE wrapped_key IS NOT NULL") == 0)
        #expect(
            try await portal.dispatches.sending(id, portal.holder(DemoPeople.chappuis)).message == nil)
    }

    @Test func `Without words there is nothing beside the document`() async throws {
        let portal = try await TestPortal.inhabited()
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let id = try await portal.dispatches.send(
            HandLetter.sending(portal, chappuis), chappuis
        ).document.id
        #expect(try await portal.rows("content WHERE part = 'text'") == 0)
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.open(id, for: .reading, favre).message == nil)
    }

    @Test(arguments: [
        (String(repeating: "é", count: 500), true), (String(repeating: "é", count: 501), false),
        ("Deux\nlignes", true), ("Un\u{7}signal", false), ("", true),
    ])
    func `A message has a length, and no signs that nobody sees`(_ text: String, _ isOne: Bool) async throws {
        #expect(ManualSending.isMessage(text) == isOne)
        guard !isOne else { return }
        let portal = try await TestPortal.inhabited()
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        let sending = try await HandLetter.sending(portal, chappuis, message: text)
        await #expect(throws: ManualRefusal.invalid) {
            _ = try await portal.dispatches.send(sending, chappuis)
        }
        #expect(try await portal.rows("document") == 0)
    }
}
