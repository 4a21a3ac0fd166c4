import Access
import Demo
import Directory
import Enrolment
import Storage
import TestSupport
import Testing

/// Two people activate an account, and its holder confirms the address.
@Suite struct ActivationTests {
    @Test func `Activated, confirmed, active: only then does the password open anything`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved()
        func answer() async throws -> String {
            let answer = try await desk.portal.access.signIn(
                email: Applicants.physiotherapist.email, password: Applicants.physiotherapist.password,
                origin: Desk.origin)
            return switch answer {
            case .codeExpected: "code"
            case .wrongPair: "wrong"
            case .notActive(let state): state.rawValue
            case .wait: "wait"
            case .noFactor: "noFactor"
            case .requestPending: "pending"
            }
        }
        #expect(try await answer() == "wrong")
        try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second)
        #expect(try await answer() == "emailUnconfirmed")
        let link = try await desk.link(to: Applicants.physiotherapist.email)
        #expect(try await desk.enrolment.awaitedConfirmation(link)?.needsPassword == false)
        try await desk.enrolment.confirmEmail(link, origin: Desk.origin)
        #expect(try await answer() == "code")
        let practitioner = try await desk.portal.practitioner("7601999000038")
        #expect(practitioner.practice == "Physio du Lac" && practitioner.profession == "Physiothérapeute")
        #expect(try await desk.portal.rows("account_request WHERE password_hash IS NOT NULL") == 0)
        let events = try await desk.portal.events()
        for event in [
            "accountRequested", "identityVerified", "actProposed", "actApproved", "accountCreated",
            "emailConfirmed",
        ] {
            #expect(events.contains(event), "\(event)")
        }
    }

    @Test func `One person does not decide alone, under no account`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved(by: desk.first)
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, desk.first) }
                == .samePerson)
        // Mme Benali has a second account
        try await desk.enrolment.recordStaff(
            email: DemoPeople.perret.account.email, personNumber: "HUL-1002",
            organisation: "Service de cybersanté")
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second) }
                == .samePerson)
        try await desk.enrolment.recordStaff(
            email: DemoPeople.perret.account.email, personNumber: "HUL-1003",
            organisation: "Service de cybersanté")
        try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second)
        #expect(try await desk.portal.refusals().filter { $0 == "fourEyes.samePerson" }.count == 2)
    }

    @Test func `Who approves agrees to what he has read, and to nothing else`() async throws {
        let desk = try await Desk()
        let (token, id, seal) = try await desk.proved()
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: "00", desk.second) }
                == .changedMeanwhile)
        // recorded again: the first seal is worth nothing
        var check = Desk.check
        check.place = "Guichet"
        desk.portal.time.advance(minutes: 1)
        try await desk.enrolment.recordProof(check, of: id, desk.registrar)
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second) }
                == .changedMeanwhile)
        let fresh = try await desk.seal(of: id)
        // somebody with the database's file changes the address after the proposal
        try await desk.portal.tamper(
            "UPDATE account_request SET email = 'voleur@lac.example' WHERE id = \(id)")
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: fresh, desk.second) }
                == .changedMeanwhile)
        #expect(try await desk.enrolment.follow(token).request.state == .identityVerified)
        // and the parameters with it, but not their keyed hash
        let forged = try await desk.enrolment.review(id, desk.second)
        #expect(forged.isProposalStale)
    }

    @Test func `A proposal ends after a day and can be made again`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved()
        desk.portal.time.advance(minutes: 24 * 60)
        let second = try await desk.portal.holder(DemoPeople.perret)
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, second) }
                == .noProposal)
        let registrar = try await desk.portal.holder(DemoPeople.moret)
        try await desk.enrolment.proposeActivation(of: id, registrar)
        let again = try #require(try await desk.enrolment.review(id, second).proposal)
        try await desk.enrolment.approveActivation(of: id, seal: again.seal, second)
    }

    @Test func `Who saw the identity document does not activate, even if another proposes anew`() async throws
    {
        let desk = try await Desk()
        let (_, id, _) = try await desk.proved(by: desk.first)
        #expect(
            await refusal { try await desk.enrolment.proposeActivation(of: id, desk.registrar) }
                == .wrongState, "the proposal is open")
        desk.portal.time.advance(minutes: 24 * 60)
        try await desk.enrolment.proposeActivation(of: id, try await desk.portal.holder(DemoPeople.moret))
        let prover = try await desk.portal.holder(DemoPeople.benali)
        let again = try #require(try await desk.enrolment.review(id, prover).proposal)
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: again.seal, prover) }
                == .samePerson)
        let second = try await desk.portal.holder(DemoPeople.perret)
        try await desk.enrolment.approveActivation(of: id, seal: again.seal, second)
    }

    @Test func `Who proposed it must still be of the team when it is approved`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved()
        try await desk.enrolment.changeState(
            of: desk.registrar.accountID, to: .suspended, reason: "Départ", desk.first)
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second) }
                == .proposerGone)
    }

    @Test func `Of 64 approvals at once one activates, on one account`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved()
        let before = try await desk.portal.rows("account")
        let (won, refused) = await desk.race { number in
            try await desk.enrolment.approveActivation(
                of: id, seal: seal, number.isMultiple(of: 2) ? desk.first : desk.second)
        }
        #expect(won == 1)
        #expect(
            refused.allSatisfy { $0 == .alreadyDecided || $0 == .noProposal }, "\(Set(refused.map(\.rule)))")
        #expect(try await desk.portal.rows("account") == before + 1)
        #expect(try await desk.portal.rows("four_eyes_act WHERE approved_at IS NOT NULL") == 1)
    }

    @Test func `An approval and a refusal at once: one of them holds, never both`() async throws {
        for _ in 0..<5 {
            let desk = try await Desk()
            let (_, id, seal) = try await desk.proved()
            let (won, _) = await desk.race { number in
                if number.isMultiple(of: 2) {
                    try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second)
                } else {
                    try await desk.enrolment.refuse(id, reason: "Non", desk.registrar)
                }
            }
            #expect(won == 1)
        }
    }

    @Test func `A link confirms once, whoever is fastest, and looking at it confirms nothing`() async throws {
        let desk = try await Desk()
        let (_, link) = try await desk.activated()
        for _ in 0..<3 { #expect(try await desk.enrolment.awaitedConfirmation(link) != nil) }
        let (won, refused) = await desk.race { _ in
            try await desk.enrolment.confirmEmail(link, origin: Desk.origin)
        }
        #expect(won == 1)
        #expect(refused.allSatisfy { $0 == .linkExpired })
        #expect(try await desk.enrolment.awaitedConfirmation(link) == nil)
    }

    @Test func `A link ends after seven days; a new one voids the old`() async throws {
        let desk = try await Desk()
        let (_, link) = try await desk.activated()
        desk.portal.time.advance(days: 7)
        #expect(
            await refusal { try await desk.enrolment.confirmEmail(link, origin: Desk.origin) } == .linkExpired
        )
        try await desk.enrolment.resendConfirmation(link, origin: Desk.origin)
        let fresh = try await desk.link(to: Applicants.physiotherapist.email)
        #expect(fresh != link)
        try await desk.enrolment.resendConfirmation(fresh, origin: Desk.origin)
        let newest = try await desk.link(to: Applicants.physiotherapist.email)
        #expect(
            await refusal { try await desk.enrolment.confirmEmail(fresh, origin: Desk.origin) }
                == .linkExpired)
        try await desk.enrolment.confirmEmail(newest, origin: Desk.origin)
    }

    @Test func `Codes by e-mail need a secured domain before anything is activated`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved(Applicants.with { $0.codeChannel = "email" })
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second) }
                == .mailNotSecured)
        try await desk.portal.directory.decide(
            domain: "physio-lac.example", isSecured: true, provenance: "HIN", desk.first)
        try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second)
    }

    @Test func `An address or a number that has an account gets no second one`() async throws {
        let desk = try await Desk()
        let (_, id, seal) = try await desk.proved(
            Applicants.with { $0.email = DemoPeople.favre.account.email })
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: id, seal: seal, desk.second) }
                == .addressTaken)
        let (_, other, second) = try await desk.proved(Applicants.with { $0.identifier = "7601099000013" })
        #expect(
            await refusal { try await desk.enrolment.approveActivation(of: other, seal: second, desk.second) }
                == .identifierTaken)
    }

    @Test func `What a profession may not receive is addressed to nobody of it`() async throws {
        let desk = try await Desk()
        let (_, link) = try await desk.activated()
        try await desk.enrolment.confirmEmail(link, origin: Desk.origin)
        let gln = try #require(GLN(rawValue: "7601999000038"))
        func isRecipient() async throws -> Bool? {
            try await desk.portal.database.read { try $0.recipient(gln: gln)?.isActive }
        }
        #expect(try await isRecipient() == true)
        try await desk.portal.directory.save(
            [ProfessionRule(profession: .physiotherapist, mayAsk: true, mayReceive: false)], desk.first)
        #expect(try await isRecipient() == false)
    }

    @Test
    func `Types that are withheld from a profession are refused with the reason, whatever else is allowed`()
        async throws
    {
        let desk = try await Desk()
        let (_, link) = try await desk.activated()
        try await desk.enrolment.confirmEmail(link, origin: Desk.origin)
        let gln = try #require(GLN(rawValue: "7601999000038"))
        func withheld() async throws -> Set<String>? {
            try await desk.portal.database.read { try $0.recipient(gln: gln)?.withheldTypes }
        }
        #expect(try await withheld() == [])
        try await desk.portal.directory.withhold(
            ["371528001", "not a code", "373942005"], from: .physiotherapist, desk.first)
        #expect(try await withheld() == ["371528001", "373942005"])
        try await desk.portal.directory.save([ProfessionRule(profession: .physiotherapist)], desk.first)
        #expect(try await withheld() == ["371528001", "373942005"], "the other boxes leave them alone")
        try await desk.portal.directory.withhold([], from: .physiotherapist, desk.first)
        #expect(try await withheld() == [])
        let changes = try await desk.portal.trail().filter { $0.event == "configurationChanged" }
        #expect(changes.compactMap(\.detail).filter { $0.hasPrefix("withheld=") }.count == 2)
    }

    @Test func `Both people hear of what they have decided together`() async throws {
        let desk = try await Desk()
        _ = try await desk.activated()
        let told = Set(desk.portal.messages.all.filter { $0.subject.contains("décision à deux") }.map(\.to))
        #expect(told == [DemoPeople.moret.account.email, DemoPeople.perret.account.email])
    }
}
