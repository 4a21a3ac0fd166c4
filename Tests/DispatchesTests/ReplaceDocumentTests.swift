import Access
import Demo
import Directory
import Dispatches
import Documents
import Storage
import TestSupport
import Testing
import Vault

/// A correction supersedes; the reader sees the newest and still finds the old one.
@Suite struct ReplaceDocumentTests {
    private let old = "urn:oid:2.999.1"
    private let new = "urn:oid:2.999.2"

    @Test func `A correction supersedes, is unread, and leads to the old version`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        let first = try await portal.dispatches.publish(Letter.command(master: old), machine)
        _ = try await portal.documents.open(first.document.id, for: .reading, favre)
        #expect(try await portal.documents.unreadCount(favre) == 0)
        portal.time.advance(minutes: 5)
        let second = try await portal.dispatches.publish(
            Letter.command(master: new, words: "Version corrigee", replaces: .masterIdentifier(old)), machine)

        #expect(second.document.version == 2 && second.document.replacesID == first.document.id)
        let inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.map(\.id) == [second.document.id] && inbox.rows.map(\.version) == [2])
        #expect(inbox.rows.first?.openedAt == nil && inbox.unread == 1)

        let opened = try await portal.documents.open(second.document.id, for: .reading, favre)
        #expect(opened.versions.map(\.id) == [second.document.id, first.document.id])
        #expect(opened.versions.map(\.state) == [.current, .superseded])
        let earlier = try await portal.documents.open(first.document.id, for: .reading, favre)
        #expect(earlier.document.state == .superseded && earlier.versions.count == 2)
        let file = try await portal.documents.download(first.document.id, favre)
        #expect(try await file.content.bytes(limit: 1 << 20) == Letter.pdf())
        #expect(try await portal.events().filter { $0 == "documentReplaced" }.count == 1)
    }

    @Test func `A correction may name the old document by the portal's own identifier`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        let first = try await portal.dispatches.publish(Letter.command(master: old), machine)
        let second = try await portal.dispatches.publish(
            Letter.command(master: new, replaces: .id(first.document.id)), machine)
        #expect(second.document.replacesID == first.document.id)
    }

    @Test func `What cannot be replaced is refused, and nothing changes`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: old), machine)
        try await portal.designate(patient: "000412034", stay: "2026111207", gln: "7601099000013")

        await #expect(throws: DispatchRefusal.replacesUnknown) {
            _ = try await portal.dispatches.publish(
                Letter.command(master: new, replaces: .masterIdentifier("urn:oid:2.999.77")), machine)
        }
        await #expect(throws: DispatchRefusal.replacesUnknown, "another system's document is unknown") {
            _ = try await portal.dispatches.publish(
                Letter.command(master: new, replaces: .masterIdentifier(old)),
                try await portal.machine("radiologie"))
        }
        await #expect(throws: DispatchRefusal.replacesOtherPatient) {
            _ = try await portal.dispatches.publish(
                Letter.command(master: new, replaces: .masterIdentifier(old), patient: "000412034"), machine)
        }
        #expect(try await portal.rows("document WHERE state = 'current'") == 1)
    }

    @Test func `A document is replaced once, also when two corrections come at once`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: old), machine)
        let outcomes = await withTaskGroup(of: Result<PublishedDocument, any Error>.self) { group in
            for number in 2...5 {
                group.addTask {
                    do {
                        return .success(
                            try await portal.dispatches.publish(
                                Letter.command(
                                    master: "urn:oid:2.999.\(number)",
                                    replaces: .masterIdentifier("urn:oid:2.999.1")),
                                machine))
                    } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { (try? $0.get()) != nil }.count == 1)
        for case .failure(let error) in outcomes { #expect(error as? DispatchRefusal == .alreadyReplaced) }
        #expect(try await portal.rows("document") == 2)
        #expect(portal.sealedFiles.count == 2)
    }

    @Test func `Who is not given the correction is told by mail, without a name, and on the old version`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000014")
        let both = ["7601099000013", "7601999000014"]
        let first = try await portal.dispatches.publish(
            Letter.command(master: old, recipients: both), machine)
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        _ = try await portal.documents.open(first.document.id, for: .reading, jeanneret)
        try await portal.deliver()
        _ = try await portal.dispatches.publish(
            Letter.command(master: new, replaces: .masterIdentifier(old)), machine)
        try await portal.deliver()
        let mails = portal.messages.all.filter { $0.subject.contains("remplacé") }
        #expect(mails.map(\.to) == [DemoPeople.jeanneret.account.email])
        let mail = try #require(mails.first)
        #expect(mail.text.contains("/documents/\(first.document.id.rawValue)"))
        for word in ["Jaquet", "1958", "Lettre", "Cardiologie"] { #expect(!mail.text.contains(word)) }
        #expect(try await portal.documents.listInbox(InboxFilter(), .newest, jeanneret).rows.isEmpty)
        let opened = try await portal.documents.open(first.document.id, for: .reading, jeanneret)
        #expect(opened.document.state == .superseded)
        #expect(
            opened.versions.map(\.id) == [first.document.id], "the version that he may not read is not named")
        #expect(opened.hiddenReplacement == .notHere)
        let favre = try await portal.signIn(DemoPeople.favre)
        #expect(
            try await portal.documents.open(first.document.id, for: .reading, favre).hiddenReplacement == nil)
    }

    @Test func `Who never heard of the old version is told nothing of the correction`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000014")
        _ = try await portal.dispatches.publish(
            Letter.command(master: old, recipients: ["7601099000013", "7601999000014"]), machine)
        _ = try await portal.dispatches.publish(
            Letter.command(master: new, replaces: .masterIdentifier(old)), machine)
        try await portal.deliver()
        #expect(!portal.messages.all.contains { $0.subject.contains("remplacé") })
    }

    @Test func `A correction that was taken back leads to why, and the old version says it is out of date`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        let first = try await portal.dispatches.publish(Letter.command(master: old), machine)
        let second = try await portal.dispatches.publish(
            Letter.command(master: new, replaces: .masterIdentifier(old)), machine)
        _ = try await portal.dispatches.withdraw(
            .id(second.document.id), reason: WithdrawalReason(nil), machine)
        let opened = try await portal.documents.open(first.document.id, for: .reading, favre)
        #expect(opened.versions.map(\.id) == [first.document.id])
        #expect(opened.hiddenReplacement == .gone(second.document.id))
    }

    @Test func `An old version past its life still says that another one replaced it`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000014")
        let first = try await portal.dispatches.publish(
            Letter.command(master: old, recipients: ["7601099000013", "7601999000014"]), machine)
        _ = try await portal.dispatches.publish(
            Letter.command(master: new, replaces: .masterIdentifier(old)), machine)
        portal.time.advance(days: 101)
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        let gone = try await portal.documents.gone(first.document.id, jeanneret)
        #expect(gone.isReplaced && gone.replacement == nil)
    }
}
