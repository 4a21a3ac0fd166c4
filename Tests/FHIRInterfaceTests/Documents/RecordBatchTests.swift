import Access
import Delivery
import Demo
import Dispatches
import Documents
import FHIR
import FHIRInterface
import Foundation
import Storage
import TestSupport
import Testing

/// A record system that takes several events at once, over TLS.
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(
        if: TestServer.isWanted(needing: TestServer.python), "Python is missing: run scripts/setup-tests.sh"))
struct RecordBatchTests {
    let record: TestServer
    let portal: TestPortal

    init() async throws {
        record = try TestServer("record_batches.py")
        portal = try await TestPortal.inhabited()
        try await portal.access.switchRecordFeed(true)
    }

    private func tell(atOnce: Int = 50) async throws {
        let feed = RecordFeed(
            address: try GatewayAddress("https://localhost:\(record.port)/fhir/AuditEvent"),
            credentials: .connection, connection: RecordConnection(authority: record.authority),
            atOnce: atOnce)
        let sink = RecordSink(feed, clock: portal.time.clock) {
            RecordEvent.json($0, site: "2.999", base: "https://p.example/fhir", observer: "p.example").bytes
        }
        let worker = portal.feedWorker(sink)
        while try await worker.workOnce() {}
    }

    /// Three letters are published, and two of them are opened: five events.
    private func work() async throws {
        var letters: [Document] = []
        for number in 1...3 {
            letters.append(try await portal.publishLetter(master: "urn:oid:2.999.\(number)").document)
        }
        let favre = try await portal.signIn(DemoPeople.favre)
        for letter in letters.prefix(2) {
            _ = try await portal.documents.open(letter.id, for: .reading, favre)
        }
    }

    private func lines(_ file: String) throws -> [[String]] {
        try record.text(of: file).split(separator: "\n").map {
            try JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
    }

    private func acts() throws -> [String] { try lines("taken.jsonl").map { $0[1] } }

    private func waiting() async throws -> Int {
        try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'waiting'")
    }

    @Test func `What waits goes in bundles, of a document one event in each, and comes once`() async throws {
        try await work()
        try await tell()
        #expect(try lines("bundles.jsonl").map(\.count) == [3, 2])
        #expect(
            try acts() == Array(repeating: "documentPublished", count: 3)
                + Array(repeating: "documentOpened", count: 2))
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'done'") == 5)
        try await tell()
        #expect(try acts().count == 5)
    }

    @Test func `No more go at once than the operator says; one by one is as before`() async throws {
        try await work()
        try await tell(atOnce: 2)
        portal.time.advance(minutes: 1)
        try await tell(atOnce: 2)
        let bundles = try lines("bundles.jsonl")
        #expect(bundles.allSatisfy { $0.count <= 2 } && !bundles.isEmpty)
        #expect(try acts().count == 5)
        _ = try await portal.publishLetter(master: "urn:oid:2.999.9")
        _ = try await portal.publishLetter(master: "urn:oid:2.999.10")
        try await tell(atOnce: 1)
        #expect(try lines("bundles.jsonl") == bundles)
        #expect(try acts().count == 7)
    }

    @Test func `An entry that is refused is given up, and neither holds up nor repeats the others`()
        async throws
    {
        try await work()
        try record.write(#"{"documentOpened": 422}"#, to: "refused")
        try await tell()
        #expect(try acts() == Array(repeating: "documentPublished", count: 3))
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'failed'") == 2)
        #expect(try await waiting() == 0)
        #expect(try await portal.events().filter { $0 == "recordFed" }.count == 2)
    }

    @Test func `An entry that is to come later waits alone, those taken with it are not repeated`()
        async throws
    {
        try await work()
        try record.write(#"{"documentOpened": 503}"#, to: "refused")
        try await tell()
        #expect(try acts().count == 3)
        #expect(try await waiting() == 2)
        try record.write("{}", to: "refused")
        portal.time.advance(minutes: 6)
        try await tell()
        let taken = try lines("taken.jsonl")
        #expect(taken.count == 5 && Set(taken.map { $0[0] }).count == 5)
    }

    @Test func `Who refuses the bundle as a whole gets each event by itself`() async throws {
        try await work()
        try record.write("400", to: "answer")
        try await tell()
        #expect(try acts().count == 5)
        #expect(try await waiting() == 0)
    }

    @Test func `An answer that does not say what was taken leaves all to be sent again`() async throws {
        try await work()
        try record.write("", to: "silent")
        try await tell()
        #expect(try await waiting() == 5)
        #expect(try await portal.rows("outbox WHERE kind = 'recordFeed' AND state = 'done'") == 0)
    }
}
