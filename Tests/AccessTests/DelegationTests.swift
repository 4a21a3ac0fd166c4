import Access
import Demo
import Dispatches
import Documents
import TestSupport
import Testing

/// The rules of delegations (DLG-1 to DLG-3, S9), against a real database.
@Suite struct DelegationTests {
    @Test func `Rights are what was granted, and none implies another`() async throws {
        for rights: Set<DelegationRight> in [[.read], [.prepare], [.send], [.read, .send]] {
            let portal = try await portal(rights)
            let viewer = try await portal.signIn(DemoPeople.rochat)
            for right in DelegationRight.allCases {
                #expect(viewer.may(right) == rights.contains(right))
                if rights.contains(right) {
                    try await portal.access.confirm(viewer, to: right)
                } else {
                    await #expect(throws: DelegationRefusal.right(right)) {
                        try await portal.access.confirm(viewer, to: right)
                    }
                }
            }
        }
    }

    @Test func `A delegation without reading opens no document`() async throws {
        let portal = try await portal([.prepare, .send])
        let viewer = try await portal.signIn(DemoPeople.rochat)
        await #expect(throws: DelegationRefusal.right(.read)) {
            _ = try await portal.documents.unreadCount(viewer)
        }
    }

    @Test func `It ends by itself, to the second`() async throws {
        let portal = try await portal([.read])
        portal.time.advance(days: 364)
        portal.time.advance(minutes: 24 * 60 - 5)
        let viewer = try await portal.signIn(DemoPeople.rochat)
        portal.time.advance(minutes: 4, seconds: 59)
        try await portal.access.confirm(viewer, to: .read)
        portal.time.advance(seconds: 1)
        await #expect(throws: DelegationRefusal.ended) { try await portal.access.confirm(viewer, to: .read) }
    }

    @Test func `It is over when either account is suspended, and stays over`() async throws {
        for persona in [DemoPeople.favre, DemoPeople.rochat] {
            let portal = try await portal([.read])
            let viewer = try await portal.signIn(DemoPeople.rochat)
            let id = try await portal.id(of: persona)
            try await portal.access.setState(.suspended, of: id)
            #expect(try await !portal.access.isAlive(viewer))
            try await portal.access.setState(.active, of: id)
            #expect(try await !portal.access.isAlive(viewer))
        }
    }

    @Test func `Who drew it up does not approve it, nor does one of its two sides`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let benali = try await portal.holder(DemoPeople.benali)
        let perret = try await portal.holder(DemoPeople.perret)
        let id = try await portal.access.proposeDelegation(
            from: DemoPeople.favre.account.email, to: DemoPeople.rochat.account.email, rights: [.read],
            until: portal.time.now.adding(days: 30), evidence: "demande du 12.11.2026", benali)
        await #expect(throws: DelegationRefusal.samePerson) {
            try await portal.access.confirmDelegation(id, benali)
        }
        try await portal.access.confirmDelegation(id, perret)
        await #expect(throws: DelegationRefusal.state) {
            try await portal.access.confirmDelegation(id, perret)
        }
        #expect(try await portal.signIn(DemoPeople.rochat).principalName == "Dre Claire Favre")
    }

    @Test func `Sixty-four approvals at once confirm it once`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let benali = try await portal.holder(DemoPeople.benali)
        let perret = try await portal.holder(DemoPeople.perret)
        let id = try await portal.access.proposeDelegation(
            from: DemoPeople.favre.account.email, to: DemoPeople.rochat.account.email, rights: [.read],
            until: portal.time.now.adding(days: 30), evidence: "demande du 12.11.2026", benali)
        let confirmed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { (try? await portal.access.confirmDelegation(id, perret)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(confirmed == 1)
        let events = try await portal.trail()
        #expect(events.filter { $0.event == "delegationConfirmed" && $0.outcome == "success" }.count == 1)
    }

    @Test func `Nothing is read after a revocation that was acknowledged, whatever runs beside it`()
        async throws
    {
        let portal = try await portal([.read])
        let viewer = try await portal.signIn(DemoPeople.rochat)
        let favre = try await portal.signIn(DemoPeople.favre)
        let given = try await portal.access.delegations(of: favre.holder).given
        let id = try #require(given.first).delegation.id
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    while true {
                        do { _ = try await portal.documents.unreadCount(viewer) } catch { return }
                    }
                }
            }
            try await portal.access.endDelegation(id, favre.holder)
            await #expect(throws: DelegationRefusal.ended) {
                _ = try await portal.documents.unreadCount(viewer)
            }
            try await group.waitForAll()
        }
    }

    @Test func `A delegate gives nothing on, and a stranger sees and ends nothing`() async throws {
        let portal = try await portal([.read, .prepare, .send])
        let rochat = try await portal.signIn(DemoPeople.rochat)
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            try await portal.access.offerDelegation(
                to: DemoPeople.monnier.account.email, rights: [.read], until: portal.time.now.adding(days: 1),
                rochat.holder)
        }
        let id = try #require(rochat.acting).delegationID
        let monnier = try await portal.signIn(DemoPeople.monnier)
        #expect(try await portal.access.delegations(of: monnier.holder).received.isEmpty)
        await #expect(throws: DelegationRefusal.notFound) {
            try await portal.access.endDelegation(id, monnier.holder)
        }
        await #expect(throws: DelegationRefusal.notFound) {
            try await portal.access.acceptDelegation(id, monnier.holder)
        }
        try await portal.access.confirm(rochat, to: .read)
    }

    @Test func `What an offer must have`() async throws {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        let favre = try await portal.signIn(DemoPeople.favre).holder
        let now = portal.time.now
        let rochat = DemoPeople.rochat.account.email
        let cases: [(String, Set<DelegationRight>, Timestamp, DelegationRefusal)] = [
            (rochat, [], now.adding(days: 1), .noRights),
            (rochat, [.read], now, .end),
            (rochat, [.read], now.adding(days: 5 * 365 + 1), .end),
            ("nobody@cabinet-lac.example", [.read], now.adding(days: 1), .noSuchDelegate),
            ("not an address", [.read], now.adding(days: 1), .noSuchDelegate),
            (DemoPeople.benali.account.email, [.read], now.adding(days: 1), .noSuchDelegate),
            (DemoPeople.favre.account.email, [.read], now.adding(days: 1), .oneself),
        ]
        for (email, rights, end, refusal) in cases {
            await #expect(throws: refusal) {
                try await portal.access.offerDelegation(to: email, rights: rights, until: end, favre)
            }
        }
        try await portal.access.offerDelegation(
            to: rochat, rights: [.read], until: now.adding(days: 1), favre)
        await #expect(throws: DelegationRefusal.exists) {
            try await portal.access.offerDelegation(
                to: rochat, rights: [.send], until: now.adding(days: 1), favre)
        }
    }

    @Test func `Without approval it is in force when the delegate accepts`() async throws {
        let portal = try await TestPortal { $0.delegations.needsApproval = false }
        try await portal.movePeopleIn()
        let favre = try await portal.signIn(DemoPeople.favre).holder
        let id = try await portal.access.offerDelegation(
            to: DemoPeople.rochat.account.email, rights: [.read], until: portal.time.now.adding(days: 1),
            favre)
        try await portal.access.acceptDelegation(id, portal.holder(DemoPeople.rochat))
        #expect(try await portal.signIn(DemoPeople.rochat).principalName == "Dre Claire Favre")
    }

    @Test func `On Mondays a principal is told once that something was done in her name`() async throws {
        let portal = try await portal([.read])
        let rochat = try await portal.signIn(DemoPeople.rochat)
        _ = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:1.2.77"), portal.recordSystem())
        let inbox = try await portal.documents.listInbox(InboxFilter(), .newest, rochat)
        let id = try #require(inbox.rows.first?.id)
        _ = try await portal.documents.open(id, for: .reading, rochat)
        try await portal.access.sendDelegationDigests()
        try await portal.deliver()
        #expect(
            portal.messages.all.allSatisfy { !$0.subject.contains("en votre nom") }, "the week is not over")
        portal.time.advance(days: 7)
        for _ in 0..<3 { try await portal.access.sendDelegationDigests() }
        try await portal.deliver()
        let mails = portal.messages.all.filter { $0.subject.contains("en votre nom") }
        #expect(mails.map(\.to) == [DemoPeople.favre.account.email])
        #expect(mails.allSatisfy { !$0.text.contains("Jaquet") && !$0.text.contains("Rochat") })
    }

    private func portal(_ rights: Set<DelegationRight>) async throws -> TestPortal {
        let portal = try await TestPortal()
        try await portal.movePeopleIn()
        try await portal.delegate(to: DemoPeople.rochat, from: [DemoPeople.favre], rights: rights)
        return portal
    }
}
