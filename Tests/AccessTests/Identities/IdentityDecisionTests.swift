import Access
import Demo
import Directory
import Storage
import TestSupport
import Testing

/// Two people of the portal team let a waiting identity in; one is enough to keep it out.
@Suite struct IdentityDecisionTests {
    /// A portal in which somebody unknown claims the GLN of Dr Jeanneret.
    fileprivate struct Place: Sendable {
        let portal: TestPortal
        let id: LinkedIdentity.ID
        let first: Holder
        let second: Holder
        let claim: ForeignIdentity

        init() async throws {
            portal = try await TestPortal()
            try await portal.movePeopleIn()
            claim = try IdentitySignInTests.identity("other", gln: "7601999000014")
            try await IdentitySignInTests.signIn(portal, claim)
            guard let waiting = try await portal.access.waitingIdentities().first else {
                throw TestFailure("nothing waits")
            }
            id = waiting.id
            first = try await portal.holder(DemoPeople.benali)
            second = try await portal.holder(DemoPeople.perret)
        }

        func accept(_ holder: Holder) async throws -> Bool {
            try await portal.access.acceptIdentity(id, known: .directory, holder)
        }

        func seen(by holder: Holder) async throws -> WaitingIdentity? {
            try await portal.access.waitingIdentities(known: .directory, holder).first
        }

        var isLetIn: Bool {
            get async throws {
                if case .signedIn = try await IdentitySignInTests.signIn(portal, claim) { return true }
                return false
            }
        }
    }

    @Test func `One proposes, another person agrees`() async throws {
        let place = try await Place()
        #expect(try await place.seen(by: place.first)?.hurdle == nil)
        #expect(try await !place.accept(place.first))
        #expect(try await !place.isLetIn)
        await #expect(throws: IdentityRefusal.otherPerson) { _ = try await place.accept(place.first) }
        #expect(try await place.seen(by: place.first)?.hurdle == .ownProposal)
        let seen = try #require(try await place.seen(by: place.second))
        #expect(seen.hurdle == nil && seen.proposerName == "Mme Nadia Benali")
        #expect(try await place.accept(place.second))
        #expect(try await place.isLetIn)
        await #expect(throws: IdentityRefusal.decided) { _ = try await place.accept(place.second) }
        let trail = try await place.portal.trail
        let proposed = trail.filter {
            $0.event == "actProposed" && $0.actorID == place.first.accountID.rawValue
        }
        #expect(proposed.count == 1)
        let linked = trail.filter { $0.event == "identityLinked" && $0.actorRole == "portalAdmin" }
        #expect(linked.map(\.outcome) == ["refused", "success"])
    }

    @Test func `Two accounts of one person are one person, and who has no number is nobody`() async throws {
        let place = try await Place()
        #expect(try await !place.accept(place.first))
        try await place.renumber(place.second, as: place.first)
        await #expect(throws: IdentityRefusal.otherPerson) { _ = try await place.accept(place.second) }
        #expect(try await place.seen(by: place.second)?.hurdle == .ownProposal)
        try await place.unnumber(place.second)
        await #expect(throws: IdentityRefusal.otherPerson) { _ = try await place.accept(place.second) }
        #expect(try await place.seen(by: place.second)?.hurdle == .personUnknown)
        #expect(try await !place.isLetIn)
        try await place.portal.access.refuseIdentity(place.id, place.second)
        #expect(try await place.portal.rows("linked_identity WHERE state = 'refused'") == 1)
    }

    @Test func `Nobody decides about his own account, whichever of his accounts he comes with`() async throws
    {
        let place = try await Place()
        let doctor = try await place.portal.practitioner("7601999000014").accountID
        try await place.portal.number(doctor, try await place.number(of: place.first))
        await #expect(throws: IdentityRefusal.otherPerson) { _ = try await place.accept(place.first) }
        await #expect(throws: IdentityRefusal.otherPerson) {
            try await place.portal.access.refuseIdentity(place.id, place.first)
        }
        #expect(try await place.seen(by: place.first)?.hurdle == .ownAccount)
        #expect(try await place.portal.rows("linked_identity WHERE proposed_by IS NOT NULL") == 0)
    }

    @Test func `What the identity says of itself afterwards is proposed anew`() async throws {
        let place = try await Place()
        #expect(try await !place.accept(place.first))
        try await IdentitySignInTests.signIn(
            place.portal,
            try IdentitySignInTests.identity("other", email: "b@hin.example", gln: "7601999000014"))
        #expect(try await !place.accept(place.second), "a proposal, no agreement")
        #expect(try await place.accept(place.first))
    }

    @Test func `Of 64 agreements at once one counts`() async throws {
        let place = try await Place()
        #expect(try await !place.accept(place.first))
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    do { return try await place.accept(place.second) } catch IdentityRefusal.decided {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
    }
}

extension IdentityDecisionTests.Place {
    fileprivate func number(of holder: Holder) async throws -> String {
        let id = holder.accountID
        guard let number = try await portal.database.read({ try $0.personNumber(of: id) }) else {
            throw TestFailure("no number")
        }
        return number
    }

    fileprivate func renumber(_ holder: Holder, as other: Holder) async throws {
        let number = try await self.number(of: other)
        try await unnumber(holder)
        try await portal.number(holder.accountID, number)
    }

    fileprivate func unnumber(_ holder: Holder) async throws {
        let id = holder.accountID
        _ = try await portal.database.write {
            try $0.execute("DELETE FROM staff_member WHERE account_id = \(id)")
        }
    }
}
