import Access
import Demo
import Storage
import TestSupport
import Testing

@testable import Documents

/// The inbox: order, pages, filters, counts.
@Suite struct ListInboxTests {
    private let gln = "7601099000013"

    /// A portal with `count` documents for Dre Favre, three to the same millisecond.
    private func shelf(_ count: Int) async throws -> (portal: TestPortal, viewer: Viewer) {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: gln)
        let patient = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        for number in 0..<count {
            if number % 3 == 0 { portal.time.advance(seconds: 1) }
            try await shelf.add("d\(1000 + number)", about: patient)
        }
        return (portal, try await portal.signIn(DemoPeople.favre))
    }

    @Test func `Pages of fifty lead through 120 documents and back, without loss or doubles`() async throws {
        let (portal, viewer) = try await shelf(120)
        var pages: [[InboxRow]] = []
        var place = InboxPlace.newest
        while true {
            let page = try await portal.documents.listInbox(InboxFilter(), place, viewer)
            #expect(page.count == 120 && page.unread == 120)
            #expect(page.hasNewer == !pages.isEmpty)
            pages.append(page.rows)
            guard page.hasOlder, let last = page.rows.last else { break }
            place = .before(last.key)
        }
        #expect(pages.map(\.count) == [50, 50, 20])
        let down = pages.flatMap { $0.map(\.id.rawValue) }
        #expect(down == (0..<120).reversed().map { "d\(1000 + $0)" }, "newest first, ties by identifier")

        var up = pages.last?.map(\.id.rawValue) ?? []
        var first = pages.last?.first
        while let key = first?.key {
            let page = try await portal.documents.listInbox(InboxFilter(), .after(key), viewer)
            #expect(page.hasOlder)
            up = page.rows.map(\.id.rawValue) + up
            first = page.hasNewer ? page.rows.first : nil
        }
        #expect(up == down)
    }

    @Test func `A page does not move when something new comes in`() async throws {
        let (portal, viewer) = try await shelf(60)
        let first = try await portal.documents.listInbox(InboxFilter(), .newest, viewer)
        let key = try #require(first.rows.last).key
        let before = try await portal.documents.listInbox(InboxFilter(), .before(key), viewer)
        let shelf = try await Shelf(portal, gln: gln)
        let patient = try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female)
        portal.time.advance(seconds: 1)
        try await shelf.add("d2000", about: patient)
        let after = try await portal.documents.listInbox(InboxFilter(), .before(key), viewer)
        #expect(before.rows.map(\.id) == after.rows.map(\.id))
    }

    /// What is asked for, and whose documents come.
    static let filters: [(String, @Sendable (inout InboxFilter) -> Void, [String])] = [
        ("nothing", { _ in }, ["burgi", "ferreira", "jaquet", "nguyen"]),
        ("a name with its accents", { $0.words = "Bürgi" }, ["burgi"]),
        ("a name without accents", { $0.words = "burgi" }, ["burgi"]),
        ("capitals", { $0.words = "FERREIRA joao" }, ["ferreira"]),
        ("the beginning of a name", { $0.words = "jaq hel" }, ["jaquet"]),
        ("a birth date as written here", { $0.words = "14.03.1958" }, ["jaquet"]),
        ("a birth date as machines write it", { $0.words = "1983-08-11" }, ["nguyen"]),
        ("a birth date in short", { $0.words = "14.3.58" }, ["jaquet"]),
        ("a birth date without points", { $0.words = "14031958" }, ["jaquet"]),
        ("the beginning of a birth date", { $0.words = "14.03.19" }, ["jaquet"]),
        ("a service", { $0.words = "cardio" }, ["burgi", "ferreira", "jaquet", "nguyen"]),
        ("a title and a name", { $0.words = "nguyen anna" }, []),
        ("a name and the author", { $0.words = "aebischer minh" }, ["nguyen"]),
        (
            "a type and a name",
            {
                $0.words = "sortie anna"
                $0.typeNames = ["373942005": "Lettre de sortie", "4241000179101": "Résultats de laboratoire"]
            }, ["burgi"]
        ),
        ("the hospital's number", { $0.words = "412033" }, ["jaquet"]),
        ("two words of two people", { $0.words = "jaquet anna" }, []),
        ("a percent sign", { $0.words = "%" }, []),
        ("an underscore", { $0.words = "_" }, []),
        ("a quote", { $0.words = "' OR 1=1 --" }, []),
        ("a type", { $0.typeCode = "4241000179101" }, ["nguyen"]),
        ("an unknown type", { $0.typeCode = "1" }, []),
        ("read", { $0.isUnread = false }, ["ferreira"]),
        ("unread", { $0.isUnread = true }, ["burgi", "jaquet", "nguyen"]),
        (
            "unread, of a type",
            { filter in
                filter.isUnread = true
                filter.typeCode = "373942005"
            }, ["burgi", "jaquet"]
        ),
    ]

    @Test func `Filters find by patient, type and read state`() async throws {
        let (portal, viewer) = try await people()
        for (name, change, expected) in Self.filters {
            var filter = InboxFilter()
            change(&filter)
            let inbox = try await portal.documents.listInbox(filter, .newest, viewer)
            #expect(inbox.rows.map(\.id.rawValue).sorted() == expected, "\(name)")
            #expect(inbox.count == expected.count, "\(name)")
            #expect(inbox.unread == 3, "the number of unread documents does not depend on the filter")
        }
    }

    @Test func `Filters by date include the first moment and exclude the last`() async throws {
        let (portal, viewer) = try await people()
        let received = try await portal.documents.listInbox(InboxFilter(), .newest, viewer).rows.map(
            \.receivedAt)
        var filter = InboxFilter()
        (filter.from, filter.until) = (received[2], received[0])
        let rows = try await portal.documents.listInbox(filter, .newest, viewer).rows
        #expect(rows.map(\.receivedAt) == [received[1], received[2]])
    }

    @Test func `The number of unread documents is that of the list`() async throws {
        let (portal, viewer) = try await people()
        var filter = InboxFilter()
        filter.isUnread = true
        let unread = try await portal.documents.listInbox(filter, .newest, viewer)
        #expect(unread.count == 3 && unread.unread == 3)
        #expect(try await portal.documents.unreadCount(viewer) == 3)
        portal.time.advance(days: 99)
        portal.time.advance(days: 2)
        let later = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.unreadCount(later) == 0)
        #expect(try await portal.documents.listInbox(filter, .newest, later).rows.isEmpty)
    }

    @Test func `Another professional's list is empty, and listing is traced without the words typed`()
        async throws
    {
        let (portal, _) = try await people()
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        var filter = InboxFilter()
        filter.words = "Jaquet"
        let inbox = try await portal.documents.listInbox(filter, .newest, jeanneret)
        #expect(inbox.rows.isEmpty && inbox.unread == 0 && inbox.types.isEmpty)
        let details = try await portal.texts(
            "detail", "SELECT detail FROM audit_event WHERE event = 'documentSearched'")
        #expect(details == ["words"])
    }

    @Test func `The hot lists look rows up and never scan the readers`() async throws {
        let (portal, viewer) = try await shelf(1)
        let now = portal.time.now
        let key = InboxKey(receivedAt: now, id: Document.ID(rawValue: "d1"))
        var typed = InboxFilter()
        (typed.words, typed.typeCode, typed.isUnread) = ("jaquet", "373942005", true)
        let plans = try await portal.database.read { [typed] transaction in
            let explaining = ExplainingTransaction(transaction)
            for filter in [InboxFilter(), portal.documents.resolved(typed)] {
                for place in [InboxPlace.newest, .before(key), .after(key)] {
                    _ = try explaining.inbox(filter, of: viewer, place, limit: 50, at: now)
                }
                _ = try explaining.inboxCount(filter, of: viewer, at: now)
            }
            _ = try explaining.unreadCount(of: viewer.principalID, at: now)
            _ = try explaining.types(of: viewer)
            // the preferences of the space are a look-up by its key
            return explaining.plans.filter { steps in !steps.contains { $0.contains("profile") } }
        }
        #expect(plans.count == 10)
        for steps in plans {
            #expect(steps.contains { $0.contains("document_reader_") }, "\(steps)")
            #expect(!ExplainingTransaction.scans(steps, "document_reader", as: "reader"), "\(steps)")
            #expect(!ExplainingTransaction.scans(steps, "document", as: "document"), "\(steps)")
            #expect(!ExplainingTransaction.scans(steps, "patient", as: "patient"), "\(steps)")
            #expect(!ExplainingTransaction.scans(steps, "document_word", as: "occurrence"), "\(steps)")
            #expect(!ExplainingTransaction.sorts(steps), "the index gives the order: \(steps)")
        }
    }

    /// Four patients with a document each, one of them read.
    private func people() async throws -> (TestPortal, Viewer) {
        let portal = try await TestPortal.inhabited()
        let shelf = try await Shelf(portal, gln: gln)
        let people = [
            (
                "jaquet",
                try await shelf.patient("000412033", "Jaquet", "Hélène", born: "1958-03-14", .female),
                "373942005"
            ),
            (
                "nguyen",
                try await shelf.patient("000398120", "Nguyen", "Minh Anh", born: "1983-08-11", .female),
                "4241000179101"
            ),
            (
                "burgi", try await shelf.patient("000501377", "Bürgi", "Anna", born: "2019-06-27", .female),
                "373942005"
            ),
            (
                "ferreira",
                try await shelf.patient("000287754", "Ferreira", "João", born: "1964-09-19", .male),
                "371530004"
            ),
        ]
        for (name, patient, type) in people {
            portal.time.advance(seconds: 1)
            try await shelf.add(name, about: patient, type: type)
        }
        let viewer = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(Document.ID(rawValue: "ferreira"), for: .reading, viewer)
        return (portal, viewer)
    }
}
