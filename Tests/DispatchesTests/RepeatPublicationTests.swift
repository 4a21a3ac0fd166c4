import Access
import Directory
import Dispatches
import Documents
import Storage
import TestSupport
import Testing

/// The same message may come twice, or sixteen times at once: one document, one notice, one answer.
@Suite struct RepeatPublicationTests {
    @Test func `The same document again gets the first answer and does nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let first = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)
        let events = try await portal.events().filter { $0 == "documentPublished" }
        portal.time.advance(days: 2)
        let second = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)

        #expect(second.isRepetition && !first.isRepetition)
        #expect(second.document.id == first.document.id)
        #expect(second.document.publishedAt == first.document.publishedAt)
        #expect(second.dispatches.map(\.basis) == first.dispatches.map(\.basis))
        #expect(try await portal.rows("document") == 1)
        #expect(try await portal.rows("dispatch") == 1)
        #expect(try await portal.rows("outbox WHERE kind = 'notice'") == 1)
        #expect(try await portal.events().filter { $0 == "documentPublished" } == events)
        #expect(portal.sealedFiles.count == 1)
    }

    @Test func `A repetition is answered after the designation was revoked`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let first = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)
        try await portal.tamper("UPDATE designation SET is_active = FALSE")
        let second = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)
        #expect(second.document.id == first.document.id)
    }

    @Test func `The answer of a repetition names again who was refused`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let recipients = ["7601099000013", "7601999000014", "7601099000020"]
        let command = Letter.command(master: "urn:oid:2.999.1", recipients: recipients)
        let first = try await portal.dispatches.publish(command, viewer)
        // a designation that comes later does not change what was answered
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000014")
        let second = try await portal.dispatches.publish(command, viewer)
        #expect(first.refused.map(\.gln) == second.refused.map(\.gln))
        #expect(second.refused.map(\.refusal) == [.notDesignated, .unknownRecipient])
    }

    static let changed: [PublishDocument] = [
        Letter.command(master: "urn:oid:2.999.1", words: "Autre contenu"),
        Letter.command(master: "urn:oid:2.999.1", stay: "2026111999"),
        Letter.command(master: "urn:oid:2.999.1", patient: "000412034"),
        Letter.command(master: "urn:oid:2.999.1", recipients: ["7601999000014"]),
        Letter.command(master: "urn:oid:2.999.1", recipients: ["7601099000013", "7601999000014"]),
        Letter.command(master: "urn:oid:2.999.1", type: "371530004"),
        Letter.command(master: "urn:oid:2.999.1", replaces: .masterIdentifier("urn:oid:2.999.9")),
    ]

    @Test(arguments: changed.indices)
    func `The same identifier with anything else in it is refused`(_ index: Int) async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)
        let command = Self.changed[index]
        await #expect(throws: DispatchRefusal.otherContent) {
            _ = try await portal.dispatches.publish(command, viewer)
        }
        #expect(try await portal.rows("document") == 1)
        #expect(try await portal.refusals() == ["document.otherContent"])
    }

    @Test func `Another system may use the same identifier for a document of its own`() async throws {
        let portal = try await TestPortal.inhabited()
        let one = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), try await portal.recordSystem())
        let two = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), try await portal.machine("radiologie"))
        #expect(one.document.id != two.document.id)
    }

    @Test func `Sixteen copies at once make one document, one delivery, one notice, and equal answers`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let answers = try await withThrowingTaskGroup(of: PublishedDocument.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.document.id)).count == 1)
        #expect(Set(answers.map(\.document.publishedAt)).count == 1)
        #expect(answers.filter { !$0.isRepetition }.count == 1)
        #expect(answers.allSatisfy { $0.dispatches.map(\.state) == [.deposited] })
        #expect(try await portal.rows("document") == 1)
        #expect(try await portal.rows("dispatch") == 1)
        #expect(try await portal.rows("document_reader") == 1)
        #expect(try await portal.rows("outbox WHERE kind = 'notice'") == 1)
        #expect(try await portal.rows("outbox WHERE kind = 'preview'") == 1)
        #expect(try await portal.events().filter { $0 == "documentPublished" }.count == 1)
        #expect(portal.sealedFiles.count == 1, "the copies that came second leave no file behind")
    }
}
