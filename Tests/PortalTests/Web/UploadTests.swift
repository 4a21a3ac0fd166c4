import Access
import Demo
import Enrolment
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Portal

/// Files that are sent are in memory, so there are few places: four for strangers, four for those who work.
@Suite struct UploadTests {
    @Test func `Strangers who send fill their own places, never those of the team, nor the other way round`()
        async throws
    {
        let portal = try await TestPortal.inhabited()
        try await portal.enrolment.prepareSites()
        let origin = RequestOrigin(address: "192.0.2.77", userAgent: "test", requestID: "r", node: "test")
        let token = try await portal.enrolment.requestAccount(SeedEnrolment.aubert, origin: origin).token
        let id = try await portal.enrolment.follow(token).request.id.rawValue
        let gates = portal.site.uploads
        try await portal.application.test(.router) { client in
            let applicant = Visitor(client)
            let registrar = Visitor(client)
            try await registrar.signIn(DemoPeople.moret, at: portal)
            /// The status of an upload to the form of this page.
            func send(_ visitor: Visitor, _ page: String, _ words: String) async throws
                -> HTTPResponse.Status
            {
                try await visitor.open(page)
                try await visitor.upload(page + "/piece", Letter.pdf(words))
                return visitor.status
            }
            let (own, desk) = ("/creer-un-compte/suivi/\(token)", "/admin/comptes/demandes/\(id)")

            // four strangers send, as slowly as they can
            for _ in 0..<4 { #expect(await gates.strangers.enter()) }
            #expect(try await send(applicant, own, "A") == .serviceUnavailable)
            #expect(try await send(registrar, desk, "B") == .ok)
            #expect(try await portal.rows("identity_copy") == 1)

            // they have ended, and four of the team send
            for _ in 0..<4 { await gates.strangers.leave() }
            for _ in 0..<4 { #expect(await gates.people.enter()) }
            #expect(try await send(registrar, desk, "C") == .serviceUnavailable)
            #expect(try await send(applicant, own, "D") == .ok)
            #expect(try await portal.rows("identity_copy") == 2)

            // who was refused, or has sent, holds no place
            for _ in 0..<4 { await gates.people.leave() }
            for word in ["E", "F", "G", "H", "I"] {
                try await registrar.upload(desk + "/piece", Letter.pdf(word), token: "0")
                #expect(registrar.status == .forbidden, "\(word)")
            }
            #expect(try await send(registrar, desk, "J") == .ok)
        }
    }
}
