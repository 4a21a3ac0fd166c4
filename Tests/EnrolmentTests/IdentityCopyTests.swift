import Access
import Demo
import Documents
import Enrolment
import Foundation
import Storage
import TestSupport
import Testing
import Vault

/// Copies of identity documents: sealed, read only in the case, destroyed in time.
@Suite struct IdentityCopyTests {
    private static let marker = "PIECE-D-IDENTITE-DE-JULIEN"
    private static let pdf = Letter.pdf(marker)

    @Test func `A copy lies sealed, and each look at it is traced`() async throws {
        let desk = try await Desk()
        let (token, id) = try await desk.request()
        try await desk.enrolment.addCopy(Self.pdf, token, origin: Desk.origin)
        #expect(try await desk.enrolment.follow(token).copies == 1)
        for name in desk.portal.sealedFiles {
            let stored = try bytes(of: "\(desk.portal.folder)/contents/\(name)")
            #expect(Data(stored).range(of: Data(Self.marker.utf8)) == nil)
        }
        let copy = try #require(try await desk.enrolment.review(id, desk.registrar).copies.first)
        #expect(copy.mediaType == .pdf)
        for _ in 0..<2 {
            let opened = try await desk.enrolment.openCopy(copy.id, of: id, desk.registrar)
            #expect(try await opened.content.bytes(limit: 10_000) == Self.pdf)
        }
        #expect(try await desk.portal.events().filter { $0 == "identityCopyRead" }.count == 2)
    }

    @Test func `A copy belongs to its case`() async throws {
        let desk = try await Desk()
        let (token, id) = try await desk.request()
        let (_, other) = try await desk.request(Applicants.with { $0.email = "autre@lac.example" })
        try await desk.enrolment.addCopy(Self.pdf, token, origin: Desk.origin)
        let copy = try #require(try await desk.enrolment.review(id, desk.registrar).copies.first)
        #expect(
            await refusal { _ = try await desk.enrolment.openCopy(copy.id, of: other, desk.registrar) }
                == .notFound)
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            try await desk.enrolment.openCopy(copy.id, of: id, try await desk.portal.holder(DemoPeople.favre))
        }
    }

    @Test func `Files that are none of the three kinds, empty or too large are refused with the cause`()
        async throws
    {
        let desk = try await Desk()
        let (token, _) = try await desk.request()
        func cause(_ bytes: [UInt8]) async -> EnrolmentRefusal? {
            await refusal { try await desk.enrolment.addCopy(bytes, token, origin: Desk.origin) }
        }
        #expect(await cause([]) == .copyRefused(.empty))
        #expect(await cause(Array("MZ program".utf8)) == .copyRefused(.type))
        #expect(await cause(Array("%PDF-1.4 cut".utf8)) == .copyRefused(.unsafe))
        #expect(
            await cause(Self.pdf + [UInt8](repeating: 0, count: EnrolmentLimits.copyBytes))
                == .copyRefused(.tooLarge))
        for _ in 0..<4 { #expect(await cause(Self.pdf) == nil) }
        #expect(await cause(Self.pdf) == .tooManyCopies)
        #expect(try await desk.portal.rows("identity_copy") == 4)
    }

    @Test func `Ninety days after the decision the key is destroyed, and nothing opens the copy again`()
        async throws
    {
        let desk = try await Desk()
        let (token, id) = try await desk.request()
        try await desk.enrolment.addCopy(Self.pdf, token, origin: Desk.origin)
        let copy = try #require(try await desk.enrolment.review(id, desk.registrar).copies.first)
        try await desk.enrolment.refuse(id, reason: "Non", desk.registrar)
        desk.portal.time.advance(days: 89)
        #expect(try await desk.enrolment.endWhatIsOver() == 0)
        desk.portal.time.advance(days: 2)
        #expect(try await desk.enrolment.endWhatIsOver() == 1)
        let registrar = try await desk.portal.holder(DemoPeople.moret)
        #expect(
            await refusal { _ = try await desk.enrolment.openCopy(copy.id, of: id, registrar) }
                == .copyDestroyed)
        #expect(desk.portal.sealedFiles.isEmpty)
        #expect(try await desk.portal.rows("identity_copy WHERE wrapped_key IS NOT NULL") == 0)
        #expect(try await desk.portal.events().contains("identityCopyDestroyed"))
    }

    @Test func `A request that is taken back takes its copies with it`() async throws {
        let desk = try await Desk()
        let (token, _) = try await desk.request()
        try await desk.enrolment.addCopy(Self.pdf, token, origin: Desk.origin)
        try await desk.enrolment.withdraw(token, origin: Desk.origin)
        #expect(try await desk.enrolment.endWhatIsOver() == 1)
    }

    @Test func `The search for orphans leaves copies alone`() async throws {
        let desk = try await Desk()
        let (token, id) = try await desk.request()
        try await desk.enrolment.addCopy(Self.pdf, token, origin: Desk.origin)
        desk.portal.time.advance(days: 2)
        try await desk.portal.documents.removeOrphans()
        let registrar = try await desk.portal.holder(DemoPeople.moret)
        let copy = try #require(try await desk.enrolment.review(id, registrar).copies.first)
        let opened = try await desk.enrolment.openCopy(copy.id, of: id, registrar)
        #expect(try await opened.content.bytes(limit: 10_000) == Self.pdf)
    }

    @Test func `Where copies are not kept none is taken`() async throws {
        let desk = try await Desk(enrolment: { $0.keepsIdentityCopies = false })
        let (token, _) = try await desk.request()
        #expect(try await !desk.enrolment.follow(token).takesCopies)
        #expect(
            await refusal { try await desk.enrolment.addCopy(Self.pdf, token, origin: Desk.origin) }
                == .copiesNotKept)
    }
}
