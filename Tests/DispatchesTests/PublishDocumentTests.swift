import Access
import Directory
import Dispatches
import Documents
import PDF
import Storage
import TestSupport
import Testing

/// Publishing: all of it in one transaction, or nothing but the trace.
@Suite struct PublishDocumentTests {
    @Test func `Document, reader, basis, jobs and event are written together`() async throws {
        let portal = try await TestPortal.inhabited()
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1"), try await portal.recordSystem())

        #expect(!published.isRepetition && published.refused.isEmpty)
        #expect(published.document.version == 1 && published.document.pageCount == 1)
        #expect(published.dispatches.map(\.state) == [.deposited])
        guard case .designation(let id, let version) = try #require(published.dispatches.first).basis else {
            Issue.record("no designation is named as the basis")
            return
        }
        #expect(version == 1)
        #expect(try await portal.rows("document") == 1)
        #expect(try await portal.rows("patient WHERE family_name = 'Jaquet' AND number = '000412033'") == 1)
        #expect(try await portal.rows("content WHERE part = 'original' AND wrapped_key IS NOT NULL") == 1)
        #expect(portal.sealedFiles.count == 1)
        #expect(
            try await portal.texts("basis", "SELECT basis FROM document_reader") == ["designation:\(id)/1"])
        #expect(try await portal.texts("basis", "SELECT basis FROM dispatch") == ["designation"])
        #expect(
            try await portal.texts("kind", "SELECT kind FROM outbox ORDER BY kind") == ["notice", "preview"])
        #expect(try await portal.events().filter { $0 == "documentPublished" }.count == 1)
        #expect(
            try await portal.texts("basis", "SELECT basis FROM audit_event WHERE event = 'documentPublished'")
                == ["designation:\(id)/1"])
    }

    @Test func `Contents and outbox hold no word of the patient in clear`() async throws {
        let portal = try await TestPortal.inhabited()
        let command = Letter.command(master: "urn:oid:2.999.1", words: "Diagnostic principal")
        let published = try await portal.dispatches.publish(command, try await portal.recordSystem())
        let pseudonym = published.document.patientID.rawValue
        #expect(!pseudonym.contains("412033"))
        let name = try #require(portal.sealedFiles.first)
        let sealed = try bytes(of: "\(portal.folder)/contents/\(name)")
        #expect(sealed.count >= command.bytes.count)
        #expect(!String(decoding: sealed, as: UTF8.self).contains("Diagnostic"))
        #expect(!String(decoding: sealed, as: UTF8.self).contains("%PDF"))
    }

    /// What is refused, and by which rule.
    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rule: String
        let command: PublishDocument
        var preparation: @Sendable (TestPortal) async throws -> Void = { _ in }
    }

    static let refused: [Refused] = [
        Refused(
            testDescription: "another stay", rule: "designation.missing",
            command: Letter.command(master: "urn:oid:2.999.2", stay: "2026111999")),
        Refused(
            testDescription: "another patient", rule: "designation.missing",
            command: Letter.command(master: "urn:oid:2.999.2", patient: "000412034")),
        Refused(
            testDescription: "another professional", rule: "designation.missing",
            command: Letter.command(master: "urn:oid:2.999.2", recipients: ["7601999000014"])),
        Refused(
            testDescription: "nobody's GLN", rule: "recipient.unknown",
            command: Letter.command(master: "urn:oid:2.999.2", recipients: ["7601099000020"])),
        Refused(
            testDescription: "a suspended account", rule: "recipient.unavailable",
            command: Letter.command(master: "urn:oid:2.999.2"),
            preparation: { portal in
                try await portal.access.setState(.suspended, of: portal.account("7601099000013"))
            }),
        Refused(
            testDescription: "not communicant", rule: "class.notCommunicant",
            command: Letter.command(master: "urn:oid:2.999.2", type: "773130005")),
        Refused(
            testDescription: "a file that is no PDF", rule: "pdf-header",
            command: Letter.command(master: "urn:oid:2.999.2", bytes: Array("<html>bonjour</html>".utf8))),
        Refused(
            testDescription: "a PDF cut off", rule: "pdf-structure",
            command: Letter.command(master: "urn:oid:2.999.2", bytes: Array(Letter.pdf().prefix(200)))),
        Refused(
            testDescription: "replaces an unknown document", rule: "document.replacesUnknown",
            command: Letter.command(
                master: "urn:oid:2.999.2", replaces: .masterIdentifier("urn:oid:2.999.77"))),
    ]

    @Test(arguments: refused)
    func `A refused document leaves nothing but one event with the rule`(_ refused: Refused) async throws {
        let portal = try await TestPortal.inhabited()
        try await refused.preparation(portal)
        let viewer = try await portal.recordSystem()
        let before = try await portal.refusals()
        await #expect(throws: (any Error).self) {
            _ = try await portal.dispatches.publish(refused.command, viewer)
        }

        for table: SQLText in ["document", "patient", "content", "document_reader", "dispatch"] {
            #expect(try await portal.rows(table) == 0)
        }
        #expect(try await portal.rows("outbox WHERE kind IN ('notice', 'preview')") == 0)
        #expect(portal.sealedFiles.isEmpty)
        #expect(try await portal.refusals().dropFirst(before.count) == [refused.rule])
    }

    @Test func `Where sending is the assertion, that is kept as the basis`() async throws {
        let portal = try await TestPortal.inhabited(policy: .assert)
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", stay: "2026111999"), try await portal.recordSystem())
        #expect(published.dispatches.map(\.basis) == [.assertion])
        #expect(try await portal.texts("basis", "SELECT basis FROM document_reader") == ["assertion"])
    }

    @Test func `Each of four recipients gets his own verdict`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000021")
        try await portal.access.setState(.suspended, of: portal.account("7601999000021"))
        let recipients = ["7601099000013", "7601999000014", "7601999000021", "7601099000020"]
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", recipients: recipients), viewer)

        #expect(published.dispatches.map(\.gln.rawValue) == ["7601099000013"])
        #expect(published.refused.map(\.gln.rawValue) == Array(recipients.dropFirst()))
        #expect(
            published.refused.map(\.refusal) == [.notDesignated, .unavailableRecipient, .unknownRecipient])
        #expect(try await portal.rows("document_reader") == 1)
        #expect(
            try await portal.refusals() == [
                "designation.missing", "recipient.unavailable", "recipient.unknown",
            ],
            "each refusal is one event, in the publishing transaction")
    }

    @Test func `When nobody may have it, the first reason is told and nothing is kept`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let command = Letter.command(
            master: "urn:oid:2.999.1", recipients: ["7601999000014", "7601099000020"])
        await #expect(throws: DispatchRefusal.notDesignated) {
            _ = try await portal.dispatches.publish(command, viewer)
        }
        #expect(try await portal.rows("document") == 0)
    }

    @Test func `The same professional named twice gets one delivery`() async throws {
        let portal = try await TestPortal.inhabited()
        let command = Letter.command(
            master: "urn:oid:2.999.1", recipients: ["7601099000013", "7601099000013"])
        let published = try await portal.dispatches.publish(command, try await portal.recordSystem())
        #expect(published.dispatches.count == 1 && published.refused.isEmpty)
    }
}
