import Access
import Demo
import Directory
import Enrolment
import Storage
import TestSupport
import Testing

/// A request as a case: what the one who checks identities must do, and how it ends.
@Suite struct CaseTests {
    @Test func `An identity is proved only when everything of the check is there`() async throws {
        let desk = try await Desk()
        let (_, id) = try await desk.request()
        func mistakes(_ change: (inout IdentityCheck) -> Void) async -> [ProofMistake] {
            var check = Desk.check
            change(&check)
            do { try await desk.enrolment.recordProof(check, of: id, desk.registrar) } catch let found
                as ProofMistakes
            {
                return found.all
            } catch { return [] }
            return []
        }
        #expect(
            await mistakes { $0 = IdentityCheck() } == [
                .documentKindMissing, .documentNumberMissing, .validUntilMissing, .photoNotCompared,
                .birthDateMissing, .sexMissing, .controlMissing, .registerNoteMissing, .placeMissing,
            ])
        #expect(await mistakes { $0.validUntil = "2026-11-19" } == [.documentExpired])
        #expect(await mistakes { $0.photoMatches = false } == [.photoNotCompared])
        #expect(await mistakes { $0.control = "sms" } == [.codeNotConfirmed])
        #expect(await mistakes { $0.controlNote = " " } == [.controlNoteMissing])
        #expect(await mistakes { $0.documentNumber = "passport" } == [.documentNumberMissing])
        #expect(try await desk.enrolment.review(id, desk.registrar).request.state == .requested)
    }

    @Test func `The control SMS is bound to the case, and what is read out is recorded`() async throws {
        let desk = try await Desk()
        let (_, id) = try await desk.request()
        let (_, other) = try await desk.request(
            Applicants.with {
                $0.email = "autre@lac.example"
                $0.mobile = "0790000099"
            })
        try await desk.enrolment.sendControlCode(for: id, desk.registrar)
        try await desk.portal.deliver()
        let text = try #require(desk.portal.messages.all.first { $0.to == "+41790000011" }?.text)
        #expect(text.contains("code de contrôle") && !text.contains("@"))
        let code = String(decoding: text.utf8.filter { (0x30...0x39).contains($0) }.prefix(6), as: UTF8.self)
        #expect(
            await refusal { try await desk.enrolment.confirmControlCode(code, for: other, desk.registrar) }
                == .codeExpired)
        #expect(
            await refusal { try await desk.enrolment.confirmControlCode("000000", for: id, desk.registrar) }
                == (code == "000000" ? nil : .codeWrong))
        try await desk.enrolment.confirmControlCode(code, for: id, desk.registrar)
        #expect(try await desk.enrolment.review(id, desk.registrar).controlCode?.confirmedAt != nil)
        var check = Desk.check
        check.control = "sms"
        try await desk.enrolment.recordProof(check, of: id, desk.registrar)
        #expect(try await desk.portal.events().contains("controlCodeConfirmed"))
    }

    @Test func `Control SMS are few, and wrong answers are counted`() async throws {
        let desk = try await Desk()
        let (_, id) = try await desk.request()
        for _ in 0..<3 {
            try await desk.enrolment.sendControlCode(for: id, desk.registrar)
            desk.portal.time.advance(minutes: 1)
        }
        #expect(
            await refusal { try await desk.enrolment.sendControlCode(for: id, desk.registrar) } == .codeLimit)
        for _ in 0..<5 {
            _ = await refusal { try await desk.enrolment.confirmControlCode("1", for: id, desk.registrar) }
        }
        #expect(
            await refusal { try await desk.enrolment.confirmControlCode("1", for: id, desk.registrar) }
                == .codeExpired)
    }

    @Test func `One telephone gets few control SMS, however many requests declare it, and a landline none`()
        async throws
    {
        let desk = try await Desk()
        func send(_ id: AccountRequest.ID) async throws {
            try await desk.enrolment.sendControlCode(for: id, desk.registrar)
            desk.portal.time.advance(minutes: 1)
        }
        let (_, id) = try await desk.request()
        let (_, other) = try await desk.request(Applicants.with { $0.email = "autre@lac.example" })
        try await send(id)
        try await send(other)
        try await send(id)
        #expect(await refusal { try await send(other) } == .codeLimit)
        desk.portal.time.advance(minutes: 15)
        try await send(other)
        #expect(try await desk.portal.rows("control_code") == 4)
        let (token, fixed) = try await desk.request(
            Applicants.with {
                $0.email = "fixe@lac.example"
                $0.mobile = "022 000 00 11"
                $0.codeChannel = "email"
            })
        #expect(await refusal { try await send(fixed) } == .landline)
        #expect(
            await refusal { try await desk.enrolment.choose(.sms, token, origin: Desk.origin) } == .landline)
        #expect(try await desk.portal.rows("control_code") == 4)
    }

    @Test func `A refusal has a reason, which the applicant reads and the mail does not hold`() async throws {
        let desk = try await Desk()
        let (token, id) = try await desk.request()
        #expect(
            await refusal { try await desk.enrolment.refuse(id, reason: " ", desk.registrar) } == .incomplete)
        try await desk.enrolment.refuse(id, reason: "Identité non établie.", desk.registrar)
        let followed = try await desk.enrolment.follow(token)
        #expect(followed.request.state == .refused && followed.request.refusal == "Identité non établie.")
        try await desk.portal.deliver()
        #expect(desk.portal.messages.all.allSatisfy { !$0.text.contains("non établie") })
        #expect(try await desk.portal.rows("account_request WHERE password_hash IS NOT NULL") == 0)
        #expect(
            await refusal { try await desk.enrolment.recordProof(Desk.check, of: id, desk.registrar) }
                == .wrongState)
    }

    @Test func `An identity document serves one account`() async throws {
        let desk = try await Desk()
        _ = try await desk.activated()
        let (_, other) = try await desk.request(
            Applicants.with {
                $0.email = "autre@lac.example"
                $0.identifier = "7601999000090"
            })
        var check = Desk.check
        check.documentNumber = "x1234567"
        #expect(
            await refusal { try await desk.enrolment.recordProof(check, of: other, desk.registrar) }
                == .documentUsed)
        #expect(
            try await desk.portal.rows("identity_proof WHERE document_number = \([UInt8]("X1234567".utf8))")
                == 0)
    }

    @Test func `Only the team works on cases`() async throws {
        let desk = try await Desk()
        let (_, id) = try await desk.request()
        for persona in [DemoPeople.favre, DemoPeople.rochat] {
            let holder = try await desk.portal.holder(persona)
            await #expect(throws: AccessRefusal.roleNotAllowed) {
                try await desk.enrolment.review(id, holder)
            }
            await #expect(throws: AccessRefusal.roleNotAllowed) {
                try await desk.enrolment.listRequests(holder)
            }
            await #expect(throws: AccessRefusal.roleNotAllowed) {
                try await desk.enrolment.recordProof(Desk.check, of: id, holder)
            }
        }
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            try await desk.enrolment.approveActivation(of: id, seal: "", desk.registrar)
        }
        await #expect(throws: AccessRefusal.roleNotAllowed) {
            try await desk.enrolment.listAccounts("", state: nil, desk.registrar)
        }
    }

    @Test func `A request that nobody decides ends after ninety days, and says so`() async throws {
        let desk = try await Desk()
        let (token, _) = try await desk.request()
        desk.portal.time.advance(days: 89)
        try await desk.enrolment.endWhatIsOver()
        #expect(try await desk.enrolment.follow(token).request.state == .requested)
        desk.portal.time.advance(days: 2)
        try await desk.enrolment.endWhatIsOver()
        #expect(try await desk.enrolment.follow(token).request.state == .expired)
        try await desk.portal.deliver()
        #expect(desk.portal.messages.all.first?.subject == "Votre demande de compte a pris fin")
    }
}
