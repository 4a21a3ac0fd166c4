import Access
import Delivery
import Demo
import Dispatches
import Documents
import Foundation
import Storage
import TestSupport
import Testing

/// Published documents in the national record, as another server gets them: over TLS, from the outbox, whoever receives
/// them here.
@Suite(
    .timeLimit(.minutes(2)),
    .enabled(
        if: TestServer.isWanted(needing: TestServer.python), "Python is missing: run scripts/setup-tests.sh"))
struct MHDRecordTests {
    let sink: TestServer
    let portal: TestPortal
    let worker: OutboxWorker

    init() async throws {
        sink = try TestServer("national_record.py")
        let record = try MHDRecord(
            address: GatewayAddress("https://localhost:\(sink.port)/fhir"), token: "t0ken",
            sourceIdentifier: "urn:oid:2.16.756.5.30.1.999", authority: sink.authority, seconds: 20)
        portal = try await TestPortal(waysOut: { $0.feedsNationalRecord = true })
        try await portal.movePeopleIn()
        worker = portal.recordWorker(record)
    }

    private func publish(_ master: String, replaces: Replaced? = nil) async throws -> Document {
        try await portal.dispatches.publish(
            Letter.command(master: master, words: master, replaces: replaces), try await portal.recordSystem()
        ).document
    }

    private var taken: [[String: Any]] {
        get throws {
            try sink.text(of: "record.jsonl").split(separator: "\n").compactMap {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }
    }

    @Test func `A transaction of a submission set, a reference and the file`() async throws {
        let document = try await publish("urn:oid:1.2.3")
        #expect(try await worker.workOnce())
        let line = try #require(try taken.first)
        let headers = try #require(line["headers"] as? [String: String])
        #expect(line["path"] as? String == "/fhir")
        #expect(headers["Authorization"] == "Bearer t0ken")
        #expect(headers["Content-Type"] == "application/fhir+json")
        #expect(headers["traceparent"]?.hasPrefix("00-\(document.id.rawValue)-") == true)
        let bundle = try #require(line["bundle"] as? [String: Any])
        #expect(bundle["type"] as? String == "transaction")
        let entries = try #require(bundle["entry"] as? [[String: Any]])
        let resources = entries.compactMap { $0["resource"] as? [String: Any] }
        #expect(resources.map { $0["resourceType"] as? String } == ["List", "DocumentReference", "Binary"])
        #expect(
            Data(base64Encoded: resources[2]["data"] as? String ?? "") == Data(Letter.pdf("urn:oid:1.2.3")))
        let content = (resources[1]["content"] as? [[String: Any]])?.first?["attachment"] as? [String: Any]
        #expect(content?["url"] as? String == entries[2]["fullUrl"] as? String)
        let items = resources[0]["entry"] as? [[String: Any]]
        let item = items?.first?["item"] as? [String: Any]
        #expect(item?["reference"] as? String == entries[1]["fullUrl"] as? String)
        let master = resources[1]["masterIdentifier"] as? [String: String]
        #expect(master?["value"] == "urn:oid:1.2.3")
        #expect(try await portal.events().contains("recordFed"))
        #expect(try await !worker.workOnce(), "once")
    }

    @Test func `A correction names what it replaces; what was taken back or replaced is not published`()
        async throws
    {
        let first = try await publish("urn:oid:1.2.3")
        #expect(try await worker.workOnce())
        let second = try await publish("urn:oid:1.2.4", replaces: .id(first.id))
        let third = try await publish("urn:oid:1.2.5", replaces: .id(second.id))
        _ = try await portal.dispatches.withdraw(
            .id(try await publish("urn:oid:1.2.6").id), reason: WithdrawalReason(nil), portal.recordSystem())
        while try await worker.workOnce() {}
        let bundles = try taken.compactMap { $0["bundle"] as? [String: Any] }
        #expect(bundles.count == 2, "the first and the third: the second was replaced before its turn")
        let text = String(decoding: try JSONSerialization.data(withJSONObject: bundles[1]), as: UTF8.self)
        #expect(text.contains("urn:oid:1.2.4") && text.contains("replaces"))
        #expect(third.version == 3)
    }

    @Test func `A record that does not answer waits, one that refuses ends, and readers never notice`()
        async throws
    {
        let document = try await publish("urn:oid:1.2.3")
        for (status, isOver) in [("503", false), ("401", false), ("422", true)] {
            try sink.write(status, to: "answer")
            portal.time.advance(days: 1)
            #expect(try await worker.workOnce())
            #expect(
                try await (portal.rows("outbox WHERE kind = 'nationalRecord' AND state = 'failed'") == 1)
                    == isOver)
        }
        #expect(try await portal.trail().first { $0.event == "recordFed" }?.outcome == "failed")
        let viewer = try await portal.signIn(DemoPeople.favre)
        _ = try await portal.documents.open(document.id, for: .reading, viewer)
    }

    @Test func `Off, unless the institution feeds one`() async throws {
        let quiet = try await TestPortal.inhabited()
        _ = try await quiet.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.3"), try await quiet.recordSystem())
        #expect(try await quiet.rows("outbox WHERE kind = 'nationalRecord'") == 0)
        #expect(try await quiet.rows("document_hold") == 0)
    }
}
