import Access
import Demo
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Portal

/// What open pages are told, and when they are told no more.
@Suite(.timeLimit(.minutes(1))) struct LiveTests {
    /// A page that listens; what it hears is read event by event.
    private final class Page: Sendable {
        private let lines: AsyncStream<String>
        private let task: Task<Void, any Error>

        init(_ portal: TestPortal, _ viewer: Viewer, since: Timestamp? = nil) throws {
            let signals = try portal.documents.news.listen(viewer)
            var rules = LiveRules()
            rules.pause = .milliseconds(1)
            let feed = LiveFeed(
                site: portal.site, viewer: viewer, since: since ?? portal.time.now, rules: rules)
            let (lines, mouth) = AsyncStream.makeStream(of: String.self)
            self.lines = lines
            task = Task {
                defer { mouth.finish() }
                try await feed.run(signals) { mouth.yield($0) }
            }
        }
        deinit { task.cancel() }

        /// The data of the next event of this name; nil when the stream ended before.
        func next(_ event: String) async -> String? {
            for await line in lines where line.contains("event: \(event)\n") {
                return line.components(separatedBy: "data: ").last?.trimmingCharacters(in: .newlines)
            }
            return nil
        }
        /// All that is said until the stream ends.
        func rest() async -> String { await lines.reduce("", +) }
    }

    private func publish(_ number: Int, at portal: TestPortal) async throws -> Document.ID {
        try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.\(number)", words: "Lettre \(number)"),
            portal.recordSystem()
        ).document.id
    }

    @Test func `An open page hears of a letter, and of its reading in another window`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let page = try Page(portal, viewer)
        #expect(await page.next("session") != nil)
        #expect(await page.next("compteurs") == #"{"non_lus":0}"#)
        let letter = try await publish(1, at: portal)
        #expect(await page.next("compteurs") == #"{"non_lus":1}"#)
        #expect(await page.next("document") == #"{"id":"\#(letter.rawValue)"}"#)
        _ = try await portal.documents.open(letter, for: .reading, viewer)
        #expect(await page.next("compteurs") == #"{"non_lus":0}"#)
        #expect(await page.next("document-lu") == #"{"id":"\#(letter.rawValue)","par":"vous"}"#)
    }

    @Test func `An open page hears that a document was taken back, and nobody else does`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let letter = try await publish(1, at: portal)
        let page = try Page(portal, viewer)
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        let other = try Page(portal, jeanneret)
        #expect(await page.next("compteurs") == #"{"non_lus":1}"#)
        portal.time.advance(seconds: 1)
        _ = try await portal.dispatches.withdraw(
            .masterIdentifier("urn:oid:2.999.1"), reason: WithdrawalReason(""), portal.recordSystem())
        #expect(await page.next("retrait") == #"{"id":"\#(letter.rawValue)"}"#)
        try await portal.access.signOut(jeanneret.holder)
        #expect(!(await other.rest()).contains("retrait"))
    }

    @Test func `A browser that comes back hears what it missed, once`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let seen = portal.time.now
        portal.time.advance(minutes: 3)
        let letter = try await publish(1, at: portal)
        portal.time.advance(minutes: 3)
        let page = try Page(portal, viewer, since: seen)
        #expect(await page.next("document") == #"{"id":"\#(letter.rawValue)"}"#)
        let second = try await publish(2, at: portal)
        #expect(await page.next("document") == #"{"id":"\#(second.rawValue)"}"#)
    }

    @Test func `Of very many letters the newest are named, and the others counted once`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let seen = portal.time.now
        let shelf = try await Shelf(portal, gln: "7601099000013")
        let patient = try await shelf.patient("1", "Jaquet", "Hélène", born: "1958-03-14", .female)
        for number in 101...(107 + DocumentLimits.arrivals) {
            portal.time.advance(seconds: 1)
            try await shelf.add("\(number)", about: patient)
        }
        let page = try Page(portal, viewer, since: seen)
        #expect(await page.next("autres") == #"{"nombre":7}"#)
        for number in 108...(107 + DocumentLimits.arrivals) {
            #expect(await page.next("document") == #"{"id":"\#(number)"}"#)
        }
        // one more later: named, and nothing is counted again
        portal.time.advance(seconds: 1)
        let letter = try await publish(1, at: portal)
        try await portal.access.signOut(viewer.holder)
        let rest = await page.rest()
        #expect(!rest.contains("autres"))
        let state = try await portal.documents.news(
            since: portal.time.now.adding(seconds: -1), try await portal.signIn(DemoPeople.favre))
        #expect(state.others == 0 && state.arrived.last == letter)
    }

    @Test func `Nobody hears of somebody else's letters`() async throws {
        let portal = try await TestPortal.inhabited()
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        let page = try Page(portal, jeanneret)
        #expect(await page.next("compteurs") == #"{"non_lus":0}"#)
        let letter = try await publish(1, at: portal)
        try await portal.database.write { try $0.wake(Account.ID(rawValue: "nobody")) }
        try await portal.access.signOut(jeanneret.holder)
        #expect(!(await page.rest()).contains(letter.rawValue))
    }

    @Test func `The stream ends with the session, and with the delegation`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        let page = try Page(portal, viewer)
        #expect(await page.next("compteurs") != nil)
        try await portal.access.signOut(viewer.holder)
        #expect(await page.next("espace") == #"{"ferme":true}"#)
        #expect(await page.rest().isEmpty)
        #expect(portal.documents.news.count == 0)

        let again = try await portal.signIn(DemoPeople.favre)
        let idle = try Page(portal, again)
        #expect(await idle.next("compteurs") != nil)
        portal.time.advance(minutes: 21)
        try await portal.database.write { try $0.wake(again.accountID) }
        #expect(await idle.next("espace") != nil, "a page that listens keeps no session alive")
    }

    @Test func `A session has so many pages that listen, and no more`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.signIn(DemoPeople.favre)
        var held: [AsyncStream<SpaceSignal?>] = []
        for _ in 0..<InboxNews.Limits().perSession { held.append(try portal.documents.news.listen(viewer)) }
        #expect(throws: NewsRefusal.tooMany) { try portal.documents.news.listen(viewer) }
        held.removeAll()
        _ = try portal.documents.news.listen(viewer)
    }

    @Test func `Numbers and events are for who is signed in; scripts are told so, and keep no session`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        _ = try await publish(1, at: portal)
        try await portal.application.test(.router) { client in
            let json: HTTPFields = [.accept: "application/json"]
            let stranger = try await client.execute(uri: "/compteurs", method: .get, headers: json)
            #expect(stranger.status == .unauthorized)
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            #expect(try await favre.open("/compteurs", headers: json) == #"{"non_lus":1}"#)
            let tag = try #require(favre.headers[.eTag])
            try await favre.open("/compteurs", headers: [.accept: "application/json", .ifNoneMatch: tag])
            #expect(favre.status == .notModified)
            let events = try await favre.open("/evenements", headers: [.accept: "text/event-stream"])
            #expect(favre.headers[.contentType] == "text/event-stream")
            #expect(favre.headers[.accelBuffering] == "no" && events.hasPrefix("retry: "))
            let letter = try #require(
                try await portal.texts("id", "SELECT id FROM document").first.map {
                    "/documents/\($0)/lecteur"
                })
            for address in ["/compteurs", letter, "/compteurs"] {
                portal.time.advance(minutes: 7)
                try await favre.open(address, headers: json)
            }
            #expect(favre.status == .unauthorized, "asking by itself has kept nothing alive")
        }
    }

    @Test func `A moment from the end of time, or none at all, stops nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        let letter = try await publish(1, at: portal)
        try await portal.application.test(.router) { client in
            let favre = Visitor(client)
            try await favre.signIn(DemoPeople.favre, at: portal)
            for moment in ["9223372036854775807", "-9223372036854775808", "99999999999999999999"] {
                let events = try await favre.open(
                    "/evenements?depuis=\(moment)", headers: [.accept: "text/event-stream"])
                #expect(favre.status == .ok && events.contains(letter.rawValue), "\(moment)")
            }
            let events = try await favre.open(
                "/evenements", headers: [.accept: "text/event-stream", .lastEventID: "9223372036854775807"])
            #expect(favre.status == .ok && events.contains(letter.rawValue))
        }
    }
}
