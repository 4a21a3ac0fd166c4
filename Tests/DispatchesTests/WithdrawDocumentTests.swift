import Access
import Demo
import Directory
import Dispatches
import Documents
import Storage
import TestSupport
import Testing

/// A recall: nobody opens the document any more, its readers are told, and the hospital learns who had opened it.
@Suite struct WithdrawDocumentTests {
    private let master = "urn:oid:2.999.1"
    private let reason = WithdrawalReason("Document rattaché au mauvais séjour")

    @Test func `After a recall nobody opens the document, and the hospital knows who had`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        let id = try await portal.dispatches.publish(Letter.command(master: master), machine).document.id
        _ = try await portal.documents.open(id, for: .reading, favre)
        portal.time.advance(minutes: 5)

        let withdrawn = try await portal.dispatches.withdraw(
            .masterIdentifier(master), reason: reason, machine)
        #expect(withdrawn.dispatches.map(\.state) == [.withdrawn])
        #expect(withdrawn.dispatches.first?.openedAt != nil)
        await #expect(throws: DocumentRefusal.withdrawn) {
            _ = try await portal.documents.open(id, for: .reading, favre)
        }
        await #expect(throws: DocumentRefusal.withdrawn) {
            _ = try await portal.documents.download(id, favre)
        }
        await #expect(throws: DocumentRefusal.withdrawn) {
            _ = try await portal.documents.page(1, of: id, favre)
        }
        let inbox = try await portal.documents.listInbox(InboxFilter(), .newest, favre)
        #expect(inbox.rows.isEmpty && inbox.unread == 0)
        let gone = try await portal.documents.listWithdrawals(favre)
        #expect(gone.map(\.id) == [id])
        #expect(gone.first?.cause == .withdrawn(reason: reason.text, at: withdrawn.withdrawnAt))
        #expect(try await portal.documents.gone(id, favre).id == id)

        let state = try await portal.dispatches.deliveryState(of: id, machine)
        #expect(state.dispatches.map(\.state) == [.withdrawn])
        #expect(state.dispatches.map(\.at) == [withdrawn.withdrawnAt])
    }

    @Test func `Who has read it is told about whom it was, who has not is told nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        let read = try await portal.dispatches.publish(Letter.command(master: master), machine).document.id
        let unread = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.2", words: "Une autre"), machine
        ).document.id
        _ = try await portal.documents.open(read, for: .reading, favre)
        for master in [master, "urn:oid:2.999.2"] {
            _ = try await portal.dispatches.withdraw(.masterIdentifier(master), reason: reason, machine)
        }
        #expect(try await portal.documents.gone(read, favre).patient?.familyName == "Jaquet")
        #expect(try await portal.documents.gone(unread, favre).patient == nil)
    }

    @Test func `Who had heard of it is told by mail, without the reason and without a name`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: master), machine)
        try await portal.deliver()
        _ = try await portal.dispatches.withdraw(.masterIdentifier(master), reason: reason, machine)
        try await portal.deliver()
        let mail = try #require(portal.messages.all.last { $0.subject.contains("retiré") })
        #expect(mail.to == DemoPeople.favre.account.email)
        #expect(!mail.text.contains("effacez"), "there is no copy")
        for word in ["Jaquet", "1958", "séjour", "Lettre", "Cardiologie"] {
            #expect(!mail.text.contains(word))
        }
    }

    @Test func `A recall is done once, also when it comes four times at once`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: master), machine)
        let target = Replaced.masterIdentifier(master)
        let first = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await portal.dispatches.withdraw(target, reason: reason, machine).isRepetition
                }
            }
            return try await group.reduce(into: 0) { count, isRepetition in count += isRepetition ? 0 : 1 }
        }
        #expect(first == 1)
        #expect(try await portal.events().filter { $0 == "documentWithdrawn" }.count == 1)
    }

    @Test func `Who reads what is just being taken back reads it before, and the hospital is told so`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        for pause in 0..<12 {
            let name = "\(master).\(pause)"
            let command = Letter.command(master: name, words: "Lettre \(pause)")
            let id = try await portal.dispatches.publish(command, machine).document.id
            async let recall = {
                try await Task.sleep(for: .milliseconds(3 * pause))
                return try await portal.dispatches.withdraw(.masterIdentifier(name), reason: reason, machine)
            }()
            let readings = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        do {
                            if number.isMultiple(of: 2) {
                                _ = try await portal.documents.open(id, for: .reading, favre)
                            } else {
                                _ = try await portal.documents.download(id, favre)
                            }
                            return 1
                        } catch DocumentRefusal.withdrawn { return 0 }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect((try await recall.dispatches.first?.openedAt != nil) == (readings > 0))
            let trail = try await portal.trail().filter {
                $0.objectID == id.rawValue && $0.outcome == "success"
            }
            #expect(trail.map(\.event).last == "documentWithdrawn")
            #expect(trail.count == readings + 2)
        }
    }

    @Test func `What is unknown, or was sent by somebody else, is not there`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, other) = (try await portal.recordSystem(), try await portal.machine("radiologie"))
        let id = try await portal.dispatches.publish(Letter.command(master: master), machine).document.id
        for target in [Replaced.masterIdentifier("urn:oid:2.999.9"), .id(Document.ID(rawValue: "none"))] {
            await #expect(throws: DispatchRefusal.notFound) {
                _ = try await portal.dispatches.withdraw(target, reason: reason, machine)
            }
        }
        await #expect(throws: DispatchRefusal.notFound) {
            _ = try await portal.dispatches.withdraw(.id(id), reason: reason, other)
        }
        #expect(try await portal.rows("withdrawal") == 0)
    }

    @Test func `Of a patient whose documents were all taken back nothing is shown any more`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        let document = try await portal.dispatches.publish(Letter.command(master: master), machine).document
        _ = try await portal.documents.patientRecord(document.patientID, favre)
        _ = try await portal.dispatches.withdraw(.id(document.id), reason: reason, machine)
        await #expect(throws: DocumentRefusal.notFound) {
            _ = try await portal.documents.patientRecord(document.patientID, favre)
        }
    }

    @Test func `Of a document that was edited under its identifier no edition stays readable`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        let first = try await portal.dispatches.publish(Letter.command(master: master), machine).document
        let second = try await portal.dispatches.publishEdition(
            Letter.command(master: master, words: "Edition"), machine
        ).document
        _ = try await portal.dispatches.withdraw(.id(second.id), reason: reason, machine)
        for id in [first.id, second.id] {
            await #expect(throws: DocumentRefusal.withdrawn) {
                _ = try await portal.documents.open(id, for: .reading, favre)
            }
        }
    }

    @Test func `Of several versions that were taken back one is listed`() async throws {
        let portal = try await TestPortal.inhabited()
        let (machine, favre) = (try await portal.recordSystem(), try await portal.signIn(DemoPeople.favre))
        _ = try await portal.dispatches.publish(Letter.command(master: master), machine)
        let second = try await portal.dispatches.publishEdition(
            Letter.command(master: master, words: "Edition"), machine
        ).document
        _ = try await portal.dispatches.withdraw(.id(second.id), reason: reason, machine)
        #expect(try await portal.rows("withdrawal") == 2)
        #expect(try await portal.documents.listWithdrawals(favre).map(\.id) == [second.id])
    }

    @Test func `The same file for another professional is another edition`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        try await portal.designate(patient: "000412033", stay: "2026111207", gln: "7601999000014")
        _ = try await portal.dispatches.publish(Letter.command(master: master), machine)
        let moved = Letter.command(master: master, recipients: ["7601999000014"])
        let edition = try await portal.dispatches.publishEdition(moved, machine)
        #expect(!edition.isRepetition && edition.document.version == 2)
        #expect(edition.dispatches.map(\.gln.rawValue) == ["7601999000014"])
        #expect(try await portal.dispatches.publishEdition(moved, machine).isRepetition)
    }

    @Test func `Another space learns nothing of it`() async throws {
        let portal = try await TestPortal.inhabited()
        let machine = try await portal.recordSystem()
        let id = try await portal.dispatches.publish(Letter.command(master: master), machine).document.id
        _ = try await portal.dispatches.withdraw(.id(id), reason: reason, machine)
        let jeanneret = try await portal.signIn(DemoPeople.jeanneret)
        await #expect(throws: DocumentRefusal.notFound) { _ = try await portal.documents.gone(id, jeanneret) }
        #expect(try await portal.documents.listWithdrawals(jeanneret).isEmpty)
    }

    @Test(
        arguments: [
            (nil, nil), ("", nil), (" \n\u{7} ", nil), ("Mauvais\r\nséjour", "Mauvais séjour"),
            (String(repeating: "é", count: 600), String(repeating: "é", count: 500)),
        ] as [(String?, String?)])
    func `The reason is one line of bounded length`(_ text: String?, _ kept: String?) {
        #expect(WithdrawalReason(text).text == kept)
    }
}
