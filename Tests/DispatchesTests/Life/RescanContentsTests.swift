import Access
import Demo
import Documents
import PDF
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// Files that were accepted before a scanner knew what is in them.
@Suite struct RescanContentsTests {
    /// Stands for a clamd whose signatures are newer: it knows a word.
    private struct Signatures: MalwareScanner {
        let word: String
        var isAway = false

        func scan(_ bytes: [UInt8]) async throws -> MalwareVerdict {
            if isAway { throw NotScanned("no connection") }
            let text = String(decoding: bytes, as: UTF8.self)
            return text.contains(word) ? .infected("Test.Letter-1") : .clean
        }
    }

    private func actions(_ portal: TestPortal, _ scanner: Signatures?) -> DispatchActions {
        DispatchActions(
            database: portal.database, keyring: portal.keyring, clock: portal.time.clock,
            documents: portal.documents, access: portal.access, inspection: PDFInspection(scanner: scanner),
            policy: .require, digestHour: 17)
    }

    private func publish(_ portal: TestPortal, _ master: String, _ words: String) async throws -> Document.ID
    {
        try await portal.dispatches.publish(
            Letter.command(master: master, words: words), portal.recordSystem()
        ).document.id
    }

    @Test func `What a newer scanner finds is taken back, told and traced; the rest is left alone for a day`()
        async throws
    {
        // Given two letters that came before there was a scanner, one of them read
        let portal = try await TestPortal.inhabited()
        let bad = try await publish(portal, "urn:oid:2.999.1", "Piege")
        let good = try await publish(portal, "urn:oid:2.999.2", "Bonjour")
        let favre = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(bad, for: .reading, favre)
        #expect(try await actions(portal, nil).rescanContents() == RescannedContents(), "no scanner")

        // When one knows what is in the first
        let scanning = actions(portal, Signatures(word: "Piege"))
        let done = try await scanning.rescanContents()
        #expect(done.scanned == 2 && done.found == [bad] && done.unreadable.isEmpty && !done.hasMore)

        // Then nobody opens it, and who had is told
        await #expect(throws: DocumentRefusal.withdrawn) {
            _ = try await portal.documents.download(bad, favre)
        }
        let gone = try await portal.documents.gone(bad, favre)
        #expect(gone.isMalware)
        let sending = try await portal.dispatches.sending(bad, portal.serviceMember()).sent
        #expect(sending.malware == "Test.Letter-1", "the service sees why")
        _ = try await portal.documents.open(good, for: .reading, favre)
        try await portal.deliver()
        #expect(portal.messages.all.contains { $0.subject.contains("retiré") })
        let events = try await portal.trail()
        for event in ["contentScanned", "documentWithdrawn"] {
            let found = try #require(events.first { $0.event == event })
            #expect(found.actorKind == "system" && found.detail?.contains("malware=Test.Letter-1") == true)
        }

        // And nothing is looked at twice a day
        #expect(try await scanning.rescanContents().scanned == 0)
        portal.time.advance(days: 1)
        let again = try await scanning.rescanContents()
        #expect(again.scanned == 2 && again.found.isEmpty)
        #expect(try await portal.trail().filter { $0.event == "contentScanned" }.count == 1)
    }

    @Test func `A run has limits, and the next one goes on where it ended`() async throws {
        let portal = try await TestPortal.inhabited()
        for number in 1...3 { _ = try await publish(portal, "urn:oid:2.999.\(number)", "Lettre \(number)") }
        let scanning = actions(portal, Signatures(word: "Lettre 3"))
        var limits = RescanLimits()
        limits.files = 2
        let first = try await scanning.rescanContents(limits)
        #expect(first.scanned == 2 && first.hasMore)
        let second = try await scanning.rescanContents(limits)
        #expect(second.scanned == 1 && !second.hasMore)
        #expect(first.found.count + second.found.count == 1)
    }

    @Test func `While the scanner is away nothing counts as scanned`() async throws {
        let portal = try await TestPortal.inhabited()
        _ = try await publish(portal, "urn:oid:2.999.1", "Piege")
        let away = try await actions(portal, Signatures(word: "Piege", isAway: true)).rescanContents()
        #expect(away.scanned == 0 && away.problem != nil)
        #expect(try await actions(portal, Signatures(word: "Piege")).rescanContents().found.count == 1)
    }

    @Test func `One node at a time, until it lets go or is long gone`() async throws {
        let portal = try await TestPortal.inhabited()
        _ = try await publish(portal, "urn:oid:2.999.1", "Bonjour")
        let now = portal.time.now.rawValue
        _ = try await portal.database.write { try $0.lease(.rescan, until: now + 600_000, from: now) }
        let scanning = actions(portal, Signatures(word: "Piege"))
        #expect(try await scanning.rescanContents().isBusy)
        portal.time.advance(minutes: 11)
        #expect(try await scanning.rescanContents().scanned == 1)
    }

    @Test func `What is scanned when it comes is not scanned again the same day`() async throws {
        let portal = try await TestPortal.inhabited()
        let scanning = actions(portal, Signatures(word: "Piege"))
        _ = try await scanning.publish(Letter.command(master: "urn:oid:2.999.1"), portal.recordSystem())
        #expect(try await scanning.rescanContents().scanned == 0)
    }
}
