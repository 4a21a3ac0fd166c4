import Access
import Demo
import Directory
import Documents
import Foundation
import PDF
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// When a document is there: when it is written, not when its file came. What lies between takes time, in which others
/// sign in and ask what is new.
@Suite struct PublicationTimeTests {
    /// A scanner that takes its time; the world goes on meanwhile.
    private struct Slow: MalwareScanner {
        let meanwhile: @Sendable () async throws -> Void

        func scan(_ bytes: [UInt8]) async throws -> MalwareVerdict {
            try await meanwhile()
            return .clean
        }
    }

    private func actions(
        _ portal: TestPortal, meanwhile: @escaping @Sendable () async throws -> Void
    ) -> DispatchActions {
        DispatchActions(
            database: portal.database, keyring: portal.keyring, clock: portal.time.clock,
            documents: portal.documents, access: portal.access,
            inspection: PDFInspection(scanner: Slow(meanwhile: meanwhile)), policy: .require, digestHour: 17,
            manual: ManualRules(
                patientSystem: DemoHospital.patients, staySystem: DemoHospital.stays, maximumBytes: 2 << 20))
    }

    private func moments(_ column: String, _ query: SQLText, _ portal: TestPortal) async throws -> [Int64] {
        try await portal.database.read { try $0.query(query).map { try $0.get(column) } }
    }

    @Test func `Who signs in while the file is inspected is told of it, and no list misses it`() async throws
    {
        // Given a doctor who signs in, and whose software asks what is new, while her letter is scanned
        let portal = try await TestPortal.inhabited()
        let begun = portal.time.now
        let dispatches = actions(portal) {
            portal.time.advance(minutes: 3)
            _ = try await portal.signIn(DemoPeople.favre)
            portal.time.advance(seconds: 90)
        }
        // When it is published
        let published = try await dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), portal.recordSystem())
        let written = portal.time.now
        #expect(begun < written)

        // Then it came when it was written, for everybody who asks since when
        #expect(published.document.publishedAt == written)
        let all = [written.rawValue]
        #expect(try await moments("at", "SELECT published_at AS at FROM document", portal) == all)
        #expect(try await moments("at", "SELECT received_at AS at FROM document_reader", portal) == all)
        #expect(try await moments("at", "SELECT created_at AS at FROM dispatch", portal) == all)
        #expect(try await moments("at", "SELECT changed_at AS at FROM reader_change", portal) == all)
        #expect(try await moments("at", "SELECT changed_at AS at FROM document_change", portal) == all)
        let events = try await portal.trail().filter { $0.event == "documentPublished" }
        #expect(events.map(\.recordedAt) == [written])

        // And the doctor gets her notice, and her open page its news
        let account = try await portal.practitioner("7601099000013").accountID
        let due = try await dispatches.dueNotice(NoticeJob(accountID: account.rawValue))
        #expect(due?.count == 1)
        let favre = try await portal.signIn(DemoPeople.favre)
        let news = try await portal.documents.news(since: written.adding(seconds: -1), favre)
        #expect(news.arrived == [published.document.id])
    }

    @Test func `Several documents of one message are there at one moment, after the last was inspected`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let dispatches = actions(portal) { portal.time.advance(minutes: 1) }
        let published = try await dispatches.publish(
            all: (1...3).map { Letter.command(master: "urn:oid:2.999.\($0)", words: "Lettre \($0)") },
            portal.recordSystem())
        #expect(published.map(\.document.publishedAt) == Array(repeating: portal.time.now, count: 3))
    }

    @Test func `A letter by hand is there, with its consent, when it is written`() async throws {
        let portal = try await TestPortal.inhabited()
        let holder = try await portal.serviceMember()
        let dispatches = actions(portal) { portal.time.advance(minutes: 2) }
        let published = try await dispatches.send(HandLetter.sending(portal, holder), holder)
        #expect(published.document.publishedAt == portal.time.now)
        let consent = try #require(try await portal.trail().first { $0.event == "consentRecorded" })
        #expect(consent.recordedAt == portal.time.now)
    }
}
