import Demo
import Directory
import Storage
import TestSupport
import Testing

@testable import Access
@testable import Dispatches
@testable import Documents

/// A recall of what left by mail: the copy cannot be taken back, its reader can be told.
@Suite struct RecallMailedTests {
    private let reason = WithdrawalReason("Document rattaché au mauvais séjour")

    /// Dre Favre wants her documents by secured mail, and no notices.
    private func portal() async throws -> TestPortal {
        let portal = try await TestPortal.inhabited()
        let holder = try await portal.holder(DemoPeople.favre)
        var form = PreferencesForm(try await portal.directory.profile(holder))
        form.deliveryMode = "securedMail"
        form.documentEmail = "claire.favre@hin.example"
        form.notificationPolicy = "none"
        try await portal.directory.savePreferences(form, holder)
        try await portal.deliver()
        return portal
    }

    private func publish(_ portal: TestPortal, _ master: String = "urn:oid:2.999.1") async throws
        -> Document.ID
    {
        try await portal.dispatches.publish(Letter.command(master: master), portal.recordSystem()).document.id
    }

    @Test func `Who has it by mail is told whatever he chose, and reads the reason`() async throws {
        let portal = try await portal()
        let id = try await publish(portal)
        try await portal.deliver()
        portal.time.advance(minutes: 60)
        let sentAt = portal.time.now
        _ = try await portal.dispatches.withdraw(.id(id), reason: reason, portal.recordSystem())
        try await portal.deliver()
        let mail = try #require(portal.messages.all.last { $0.subject.contains("retiré") })
        #expect(mail.to == DemoPeople.favre.account.email)
        #expect(mail.text.contains("effacez"), "the copy in the mailbox stays otherwise")
        for word in ["Jaquet", "1958", "séjour", "Lettre", "Cardiologie"] {
            #expect(!mail.text.contains(word))
        }

        let viewer = try await portal.signIn(DemoPeople.favre)
        let gone = try await portal.documents.gone(id, viewer)
        #expect(gone.cause == .withdrawn(reason: reason.text, at: sentAt))
        #expect(gone.patient == nil, "nobody knows whether the mail was opened")
        #expect(try await portal.documents.listWithdrawals(viewer).map(\.id) == [id])
        await #expect(throws: DocumentRefusal.withdrawn) {
            _ = try await portal.documents.open(id, for: .reading, viewer)
        }
        // nobody else learns of it
        let other = try await portal.signIn(DemoPeople.jeanneret)
        #expect(try await portal.documents.listWithdrawals(other).isEmpty)
        await #expect(throws: DocumentRefusal.notFound) { _ = try await portal.documents.gone(id, other) }
    }

    @Test func `What never left is told to nobody`() async throws {
        let portal = try await portal()
        let id = try await publish(portal)
        _ = try await portal.dispatches.withdraw(.id(id), reason: reason, portal.recordSystem())
        try await portal.deliver()
        #expect(!portal.messages.all.contains { $0.subject.contains("retiré") })
        let viewer = try await portal.signIn(DemoPeople.favre)
        await #expect(throws: DocumentRefusal.notFound) { _ = try await portal.documents.gone(id, viewer) }
    }

    @Test func `After its contents are gone, too`() async throws {
        let portal = try await portal()
        let id = try await publish(portal)
        try await portal.deliver()
        portal.time.advance(days: 11)
        #expect(try await portal.documents.endLives().documents == 1)
        _ = try await portal.dispatches.withdraw(.id(id), reason: reason, portal.recordSystem())
        try await portal.deliver()
        #expect(portal.messages.all.contains { $0.subject.contains("retiré") })
        let viewer = try await portal.signIn(DemoPeople.favre)
        #expect(try await portal.documents.gone(id, viewer).id == id)
    }
}

/// Which sendings by hand can be recalled: as long as somebody may have a copy.
@Suite struct RecallableTests {
    private static let sentAt = Timestamp(rawValue: 1_000)

    private func sent(
        _ state: Document.State, isByHand: Bool = true, openedAt: Timestamp? = nil, mailedAt: Timestamp? = nil
    ) throws -> SentDocument {
        let patient = Patient(
            id: Patient.ID(rawValue: "p1"), system: "", number: "1", familyName: "Jaquet",
            givenName: "Hélène",
            birthDate: "1958-03-14", sex: .female)
        let document = Document(
            id: Document.ID(rawValue: "d1"), senderID: .manual, masterIdentifier: "urn:uuid:1",
            patientID: patient.id, stay: Stay(system: "", number: "1", start: nil, end: nil),
            typeCode: "373942005", classCode: "419891008", title: "Lettre", service: "Cardiologie",
            author: "",
            language: "fr-CH", confidentiality: "17621005", authoredAt: Self.sentAt, publishedAt: Self.sentAt,
            mediaType: "application/pdf", byteCount: 1, sha256: [], sha1: [], pageCount: 1, warnings: "",
            version: 1, replacesID: nil, state: state, preview: .ready)
        let dispatch = Dispatch(
            documentID: document.id, accountID: Account.ID(rawValue: "a1"),
            gln: try #require(GLN(rawValue: "7601099000013")), basis: .assertion, depositedAt: Self.sentAt,
            openedAt: openedAt, mailedAt: mailedAt, expiresAt: mailedAt == nil ? Self.sentAt : nil,
            now: Timestamp(rawValue: 2_000))
        let hand = HandSending(
            senderName: "Mme Elsa Chappuis", sentAt: Self.sentAt,
            consent: SendingConsent(givenBy: .patient, form: .oral, on: "2026-11-20"), reason: "")
        return SentDocument(
            document: document, patient: patient,
            recipients: [AddressedDispatch(dispatch: dispatch, displayName: "", locality: "")],
            hand: isByHand ? hand : nil)
    }

    @Test func `As long as somebody may have a copy`() throws {
        let now = Self.sentAt
        #expect(try sent(.current, openedAt: now).canBeRecalled)
        #expect(try sent(.current, mailedAt: now).canBeRecalled)
        #expect(try sent(.expired, openedAt: now).canBeRecalled)
        #expect(try sent(.expired, mailedAt: now).canBeRecalled)
        #expect(try !sent(.expired).canBeRecalled, "nobody ever saw it")
        #expect(try !sent(.withdrawn, openedAt: now).canBeRecalled)
        #expect(try !sent(.expired, isByHand: false, mailedAt: now).canBeRecalled)
    }
}
