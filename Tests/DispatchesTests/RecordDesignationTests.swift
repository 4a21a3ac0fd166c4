import Access
import Directory
import Storage
import TestSupport
import Testing

@testable import Dispatches

/// The patient's word changes: versions, refusals, revocations.
@Suite struct RecordDesignationTests {
    @Test func `A designation counts its changes, and the same again changes nothing`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let word = Designation.word(.permit, id: "CONS-1", endsOn: "2027-05-19")
        let (first, isNew) = try await portal.dispatches.record(word, ifMatch: nil, viewer)
        #expect(isNew && first.version == 1)
        let events = try await portal.events().filter { $0 == "designationRecorded" }.count
        let (same, isNewAgain) = try await portal.dispatches.record(word, ifMatch: nil, viewer)
        #expect(!isNewAgain && same.version == 1 && same.id == first.id)
        #expect(try await portal.events().filter { $0 == "designationRecorded" }.count == events)

        let revoked = Designation.word(.permit, id: "CONS-1", isActive: false, endsOn: "2027-05-19")
        let (second, _) = try await portal.dispatches.record(revoked, ifMatch: 1, viewer)
        #expect(second.version == 2 && second.id == first.id && !second.isActive)
        #expect(try await portal.events().filter { $0 == "designationRevoked" }.count == 1)
        #expect(try await portal.dispatches.designation(first.id, viewer).version == 2)
    }

    @Test(arguments: [0, 2, 7])
    func `Who starts from another version is refused`(_ version: Int) async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        let word = Designation.word(.permit, id: "CONS-1")
        let (stored, _) = try await portal.dispatches.record(word, ifMatch: nil, viewer)
        let revoked = Designation.word(.permit, id: "CONS-1", isActive: false)
        await #expect(throws: DispatchRefusal.staleVersion) {
            _ = try await portal.dispatches.record(revoked, ifMatch: version, viewer)
        }
        #expect(try await portal.dispatches.designation(stored.id, viewer).isActive)
    }

    @Test func `A version that is expected of an unknown designation is refused`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        await #expect(throws: DispatchRefusal.staleVersion) {
            _ = try await portal.dispatches.record(.word(.permit, id: "CONS-1"), ifMatch: 1, viewer)
        }
    }

    @Test func `A revocation stops the next release at once, and what was released stays`() async throws {
        let portal = try await TestPortal.inhabited()
        let viewer = try await portal.recordSystem()
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.1"), viewer)
        // the designation of the demo, revoked by its own identifier
        _ = try await portal.dispatches.record(
            .word(.permit, id: "CONS-2026111207-7601099000013", isActive: false), ifMatch: 1, viewer)
        await #expect(throws: DispatchRefusal.notDesignated) {
            _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.2"), viewer)
        }
        #expect(try await portal.rows("document_reader") == 1)
        #expect(try await portal.refusals() == ["designation.missing"])
    }

    @Test func `A refusal for the stay beats the designation, for everybody`() async throws {
        let portal = try await TestPortal.inhabited(policy: .assert)
        let viewer = try await portal.recordSystem()
        _ = try await portal.dispatches.record(.word(.deny, id: "CONS-NO", gln: nil), ifMatch: nil, viewer)
        for (number, gln) in ["7601099000013", "7601999000014"].enumerated() {
            await #expect(throws: DispatchRefusal.denied) {
                _ = try await portal.dispatches.publish(
                    Letter.command(master: "urn:oid:2.999.\(number)", recipients: [gln]), viewer)
            }
        }
        // taken back, the designation counts again
        _ = try await portal.dispatches.record(
            .word(.deny, id: "CONS-NO", gln: nil, isActive: false), ifMatch: nil, viewer)
        _ = try await portal.dispatches.publish(Letter.command(master: "urn:oid:2.999.5"), viewer)
    }

    @Test func `A designation of another system counts, but cannot be read or changed by this one`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        let (own, other) = (try await portal.recordSystem(), try await portal.machine("admissions"))
        let (theirs, _) = try await portal.dispatches.record(
            .word(.permit, id: "A-1", gln: "7601999000014"), ifMatch: nil, other)
        let published = try await portal.dispatches.publish(
            Letter.command(master: "urn:oid:2.999.1", recipients: ["7601999000014"]), own)
        #expect(published.dispatches.map(\.basis) == [.designation(id: theirs.id.rawValue, version: 1)])
        await #expect(throws: DispatchRefusal.notFound) {
            _ = try await portal.dispatches.designation(theirs.id, own)
        }
        // the same identifier of another sender is another designation
        let (mine, isNew) = try await portal.dispatches.record(
            .word(.permit, id: "A-1", gln: "7601999000014"), ifMatch: nil, own)
        #expect(isNew && mine.id != theirs.id)
    }
}
