import Access
import Demo
import Directory
import Documents
import Foundation
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// Letters on paper: for whom no electronic way exists, and for what stays unread.
@Suite struct PostTests {
    private func portal(
        mode: Practitioner.DeliveryMode = .portal, hasAddress: Bool = true,
        _ change: @escaping @Sendable (inout WaysOutRules) -> Void
    ) async throws -> TestPortal {
        let portal = try await TestPortal(waysOut: change)
        try await portal.movePeopleIn()
        try await portal.tamper(
            "UPDATE practitioner SET delivery_mode = \(mode) WHERE gln = '7601099000013'")
        if hasAddress {
            let holder = try await portal.holder(DemoPeople.favre)
            var form = AddressForm()
            (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
            (form.city, form.country) = ("Ville du Lac", "CH")
            try await portal.directory.addAddress(form, holder)
        }
        return portal
    }

    private func publish(_ portal: TestPortal, _ master: String = "urn:oid:1.2.3") async throws
        -> PublishedDocument
    {
        try await portal.dispatches.publish(Letter.command(master: master), try await portal.recordSystem())
    }

    @Test
    func `Whoever wants nothing electronically is refused, or gets paper where the institution says so`()
        async throws
    {
        let strict = try await portal(mode: .none) { _ in }
        await #expect(throws: DispatchRefusal.unavailableRecipient) { try await publish(strict) }
        let homeless = try await portal(mode: .none, hasAddress: false) { $0.postsWhenUnreachable = true }
        await #expect(throws: DispatchRefusal.unavailableRecipient) { try await publish(homeless) }

        let portal = try await portal(mode: .none) { $0.postsWhenUnreachable = true }
        let published = try await publish(portal)
        #expect(published.dispatches.map(\.state) == [.queued])
        let item = try #require(try await portal.dispatches.postQueue(portal.serviceMember()).first)
        #expect(
            item.addressee.lines == [
                "Dre Claire Favre", "Cabinet du Port", "Rue du Port 7", "1200 Ville du Lac",
            ])
        #expect(item.reason == .noElectronicWay)
        let inbox = try await portal.documents.listInbox(.init(), .newest, portal.signIn(DemoPeople.favre))
        #expect(inbox.rows.isEmpty)
    }

    @Test func `What stays unread is queued, and leaves the queue when it is opened`() async throws {
        let portal = try await portal { $0.postUnreadDays = 7 }
        let id = try await publish(portal).document.id
        portal.time.advance(days: 6)
        #expect(try await portal.dispatches.keepPostQueue() == PostQueueChange(queued: 0, dropped: 0))
        portal.time.advance(days: 1)
        #expect(try await portal.dispatches.keepPostQueue() == PostQueueChange(queued: 1, dropped: 0))
        #expect(try await portal.dispatches.keepPostQueue() == PostQueueChange(queued: 0, dropped: 0), "once")
        _ = try await portal.documents.open(id, for: .reading, portal.signIn(DemoPeople.favre))
        #expect(try await portal.dispatches.exportPost(by: .operator)?.letters == nil)
        #expect(try await portal.rows("post_item WHERE state = 'dropped'") == 1)
        #expect(try await portal.events().contains("dispatchCancelled"))
    }

    @Test func `An export is a sound archive of documents, addresses and a table, and can be made again`()
        async throws
    {
        let portal = try await portal(mode: .none) { $0.postsWhenUnreachable = true }
        for number in 1...3 { _ = try await publish(portal, "urn:oid:1.2.\(number)") }
        let member = try await portal.serviceMember()
        let export = try #require(try await portal.dispatches.exportPost(by: .member(member)))
        #expect(export.letters == 3 && !export.hasMore)
        #expect(try await portal.dispatches.exportPost(by: .operator)?.letters == nil)
        let again = try await portal.dispatches.exportPostAgain(export.id, by: .operator)
        #expect(again.archive == export.archive)
        let file = portal.folder + "/post.zip"
        try Data(export.archive).write(to: URL(filePath: file))
        let reader = """
            import re, subprocess, sys, zipfile
            archive = zipfile.ZipFile(sys.argv[1])
            assert archive.testzip() is None
            names = archive.namelist()
            assert len(names) == 7 and 'courrier.csv' in names, names
            assert not [name for name in names if 'Jaquet' in name or 'Favre' in name]
            assert archive.read('0001-document.pdf').startswith(b'%PDF') and archive.read('0001-adresse.pdf').startswith(b'%PDF')
            sheet = archive.read('0001-adresse.pdf')
            words = subprocess.run(['pdftotext', '-bbox', '-', '-'], input=sheet, capture_output=True).stdout.decode()
            assert 'universitaire' in words and '1200' in words and 'Cardiologie' not in words, words
            place = re.search('xMin="([0-9.]+)" yMin="([0-9.]+)"[^>]*>Favre<', words)
            assert 330 < float(place[1]) < 560 and 136 < float(place[2]) < 255, words
            table = archive.read('courrier.csv').decode('utf-8-sig').splitlines()
            assert 'pas de voie électronique' in table[1] and 'noElectronicWay' not in table[1], table
            assert len(table) == 4 and '"Dre Claire Favre";"Cabinet du Port";"Rue du Port 7"' in table[1], table
            """
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/python3")
        python.arguments = ["-c", reader, file]
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        let state = try await portal.dispatches.deliveryState(
            of: try #require(try await portal.dispatches.postQueue(in: .exported, member).first?.document.id),
            portal.recordSystem()
        ).dispatches.first?.state
        #expect(state == .posted)
        // thirty days later nothing is kept of it any more
        portal.time.advance(days: 31)
        try await portal.documents.endLives()
        #expect(try await portal.rows("document_secret") == 3, "held until the hundredth day")
        portal.time.advance(days: 70)
        #expect(try await portal.documents.endLives().documents == 3)
        await #expect(throws: (any Error).self) {
            try await portal.dispatches.exportPostAgain(export.id, by: .operator)
        }
    }

    @Test func `A letter can be cancelled while it waits, by the people of a service only`() async throws {
        let portal = try await portal(mode: .none) { $0.postsWhenUnreachable = true }
        _ = try await publish(portal)
        let member = try await portal.serviceMember()
        for persona in [DemoPeople.benali, DemoPeople.moret, DemoPeople.favre] {
            let holder = try await portal.holder(persona)
            await #expect(throws: AccessRefusal.self) { try await portal.dispatches.postQueue(holder) }
            await #expect(throws: AccessRefusal.self) {
                try await portal.dispatches.exportPost(by: .member(holder))
            }
        }
        let id = try #require(try await portal.dispatches.postQueue(member).first?.id)
        // another service has nothing to do with it
        let other = try await portal.otherServiceMember()
        #expect(try await portal.dispatches.postQueue(other).isEmpty)
        #expect(try await portal.dispatches.exportPost(by: .member(other))?.letters == nil)
        await #expect(throws: DispatchRefusal.notFound) {
            try await portal.dispatches.cancelPost(id, other)
        }
        try await portal.dispatches.cancelPost(id, member)
        await #expect(throws: DispatchRefusal.notFound) { try await portal.dispatches.cancelPost(id, member) }
        #expect(try await portal.dispatches.exportPost(by: .operator)?.letters == nil)
    }

    @Test func `Taken back: no letter`() async throws {
        let portal = try await portal(mode: .none) { $0.postsWhenUnreachable = true }
        let id = try await publish(portal).document.id
        _ = try await portal.dispatches.withdraw(
            .id(id), reason: WithdrawalReason(nil), try await portal.recordSystem())
        #expect(try await portal.dispatches.exportPost(by: .operator)?.letters == nil)
        #expect(try await portal.rows("post_item WHERE state = 'dropped'") == 1)
    }

    @Test func `An address is two to eight lines of text`() {
        #expect(
            PostAddressee(lines: ["Dr  Marc Favre ", "", " Rue 1"])?.lines == ["Dr Marc Favre", "Rue 1"])
        for lines in [
            [], ["a"], Array(repeating: "a", count: 9), ["a", "b\u{0}"], ["a", "b\nc"],
            ["a", String(repeating: "x", count: 101)], ["a", "b\u{202E}c"],
        ] {
            #expect(PostAddressee(lines: lines) == nil)
        }
    }
}
