import Access
import Demo
import Directory
import Documents
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// The search of a service's journal: by words, by state, by person and period.
@Suite struct FilterSendingsTests {
    private static let states: [SendingState] = [
        .available, .opened, .expired, .cancelled, .waiting, .posted,
    ]

    /// One letter of the record system in each of some states.
    private func journal() async throws -> (portal: TestPortal, ids: [SendingState: Document.ID]) {
        let portal = try await TestPortal(waysOut: { $0.postsByHand = true })
        try await portal.movePeopleIn()
        var form = AddressForm()
        (form.kind, form.street, form.postalCode) = ("mailing", "Rue du Port 7", "1200")
        (form.city, form.country) = ("Ville du Lac", "CH")
        try await portal.directory.addAddress(form, portal.holder(DemoPeople.favre))
        let machine = try await portal.recordSystem()
        let favre = try await portal.signIn(DemoPeople.favre)
        let chappuis = try await portal.holder(DemoPeople.chappuis)
        var ids: [SendingState: Document.ID] = [:]
        for state in Self.states {
            portal.time.advance(seconds: 1)
            let master = "urn:oid:1.2.7.\(ids.count)"
            let id = try await portal.dispatches.publish(
                Letter.command(master: master, words: "Lettre \(ids.count)"), machine
            ).document.id
            ids[state] = id
            switch state {
            case .opened: _ = try await portal.documents.open(id, for: .reading, favre)
            case .expired:
                try await portal.tamper(
                    "UPDATE document_reader SET expires_at = \(portal.time.now) WHERE document_id = \(id)")
            case .cancelled:
                _ = try await portal.dispatches.withdraw(
                    .masterIdentifier(master), reason: WithdrawalReason("Erreur"), machine)
            case .waiting, .posted:
                try await portal.dispatches.sendLetter(id, to: favre.principalID, chappuis)
                if state == .posted {
                    try await portal.tamper(
                        """
                        UPDATE post_item SET state = 'exported', settled_at = \(portal.time.now)
                        WHERE document_id = \(id)
                        """)
                }
            default: break
            }
        }
        return (portal, ids)
    }

    /// Who asks signs in anew each time, and codes are given every now and then only.
    private func found(_ filter: SendingFilter, _ portal: TestPortal, _ member: Holder? = nil) async throws
        -> [Document.ID]
    {
        let holder = if let member { member } else { try await portal.holder(DemoPeople.chappuis) }
        let found = try await portal.dispatches.sendings(filter, before: nil, holder)
        #expect(found.count == found.rows.count)
        return found.rows.map(\.document.id)
    }

    @Test func `Each state finds what stands there, and nothing else`() async throws {
        let (portal, ids) = try await journal()
        let member = try await portal.holder(DemoPeople.chappuis)
        for state in SendingState.allCases {
            var filter = SendingFilter()
            filter.state = state
            var expected = Set([ids[state]].compactMap { $0 })
            // it lies in the portal, while its letter waits
            if state == .available, let waiting = ids[.waiting] { expected.insert(waiting) }
            #expect(Set(try await found(filter, portal, member)) == expected, "\(state)")
        }
        #expect(try await found(SendingFilter(), portal, member).count == Self.states.count)
    }

    @Test func `By secured mail it waits, and has gone`() async throws {
        let portal = try await Mailbox.portal()
        let id = try await Mailbox.publish(portal)
        let member = try await portal.holder(DemoPeople.chappuis)
        var (waiting, mailed) = (SendingFilter(), SendingFilter())
        (waiting.state, mailed.state) = (.waiting, .mailed)
        #expect(try await found(waiting, portal, member) == [id])
        #expect(try await found(mailed, portal, member).isEmpty)
        try await portal.deliver()
        #expect(try await found(waiting, portal, member).isEmpty)
        #expect(try await found(mailed, portal, member) == [id])
        var failed = SendingFilter()
        failed.state = .failed
        let lost = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.8", words: "Perdue"), portal.recordSystem()
        ).document.id
        #expect(try await found(failed, portal, member).isEmpty)
        let favre = try await portal.account("7601099000013")
        try await portal.tamper("UPDATE account SET state = 'suspended' WHERE id = \(favre)")
        try await portal.deliver()
        #expect(try await found(waiting, portal, member).isEmpty)
        #expect(try await found(failed, portal, member) == [lost])
    }

    @Test(arguments: [
        ("helene", 2), ("JAQUET hél", 2), ("14.3.58", 2), ("412033", 1), ("000412034", 1), ("favre", 2),
        ("Dre Favre", 2), ("7601099000013", 2), ("lettre sortie", 2), ("jeanneret", 0), ("_", 0), ("%", 0),
        ("favre morel", 0), ("rapport", 0),
    ])
    func `Words find patient, number, recipient and title`(_ words: String, _ count: Int) async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.designate(patient: "000412034", stay: "2026111208", gln: "7601099000013")
        let machine = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.7.1"), machine)
        _ = try await portal.dispatches.publish(
            Letter.command(
                master: "urn:oid:1.2.7.2", words: "Une autre", stay: "2026111208", patient: "000412034"),
            machine)
        var filter = SendingFilter()
        filter.words = words
        filter.typeNames = ["4201000179104": "Rapport d’imagerie"]
        #expect(try await found(filter, portal).count == count)
    }

    @Test func `Who gets paper without an account is found by his name, accents or not`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let id = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.7"), portal.recordSystem()
        ).document.id
        try await portal.tamper(
            """
            INSERT INTO post_item (id, document_id, request_key, address, reason, state, queued_at)
            VALUES ('p', \(id), 'k', 'Élise Müller', 'asked', 'waiting', \(portal.time.now))
            """)
        let member = try await portal.holder(DemoPeople.chappuis)
        for (words, count) in [("elise muller", 1), ("Élise", 1), ("aubert", 0)] {
            var filter = SendingFilter()
            filter.words = words
            #expect(try await found(filter, portal, member).count == count, "\(words)")
        }
    }

    @Test func `A period has its first moment and not its last, and one's own are by hand`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let machine = try await portal.recordSystem()
        let start = portal.time.now
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:1.2.7.1"), machine)
        portal.time.advance(days: 1)
        let second = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.7.2", words: "Une autre"), machine
        ).document.id
        let member = try await portal.holder(DemoPeople.chappuis)
        var filter = SendingFilter()
        filter.from = portal.time.now
        #expect(try await found(filter, portal, member) == [second])
        (filter.from, filter.until) = (start, portal.time.now)
        #expect(try await found(filter, portal, member).count == 1)
        filter.until = portal.time.now.adding(seconds: 1)
        #expect(try await found(filter, portal, member).count == 2)
        filter.isOwn = true
        #expect(try await found(filter, portal, member).isEmpty, "the record system sent them")
        // what was typed is not in the trail, but that it was
        filter.words = "Jaquet"
        _ = try await found(filter, portal, member)
        let details = try await portal.trail().filter { $0.event == "documentSearched" }.compactMap(\.detail)
        #expect(details.last?.hasPrefix("service words own from=") == true)
        #expect(!details.contains { $0.contains("aquet") })
    }

    @Test func `A search begins at the services of the one who asks, and reads no table as a whole`()
        async throws
    {
        let (portal, _) = try await journal()
        let holder = try await portal.holder(DemoPeople.chappuis)
        let now = portal.time.now
        let plans = try await portal.database.read { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            let explaining = ExplainingTransaction(transaction)
            for state in SendingState.allCases {
                var filter = SendingFilter()
                (filter.words, filter.state) = ("jaquet 14.3.58", state)
                (filter.from, filter.until) = (now.adding(days: -1), now)
                let scope = explaining.scope(filter, for: holder, at: now)
                _ = try explaining.sentDocuments(followedBy: viewer, scope, before: nil, limit: 51)
                _ = try explaining.sentCount(followedBy: viewer, scope)
            }
            return explaining.plans
        }
        #expect(plans.count >= SendingState.allCases.count * 4)
        for steps in plans {
            for (table, alias) in [
                ("document", "document"), ("manual_sending", "manual_sending"), ("patient", "found"),
                ("dispatch", "dispatch"), ("document_reader", "reader"), ("post_item", "letter"),
                ("post_item", "printed"), ("post_item", "other"), ("secured_mail", "mail"),
                ("recipient_change", "change"), ("account", "recipient"), ("withdrawal", "withdrawal"),
            ] { #expect(!ExplainingTransaction.scans(steps, table, as: alias), "\(steps)") }
        }
    }
}
