import Access
import Directory
import Documents
import Testing

@testable import Dispatches

/// The one thing to do, from what is known.
@Suite struct DiagnosisTests {
    private static let moment = Timestamp(rawValue: 1_795_161_600_000)

    private static func facts(_ change: (inout DeliveryFacts) -> Void) -> DeliveryFacts {
        var facts = DeliveryFacts()
        facts.designations = 2
        change(&facts)
        return facts
    }

    private static func refused(_ rule: DispatchRefusal) -> DeliveryFacts.Refused {
        DeliveryFacts.Refused(rule: rule.rule, count: 1, newestAt: moment)
    }

    private static let lately = DeliveryFacts.Lately(
        count: 1, newestAt: moment, newest: Document.ID(rawValue: "d1"))

    /// What is the case, and what is said to be done first.
    static let examples: [(facts: DeliveryFacts, advice: Diagnosis.Advice)] = [
        (facts { _ in }, .askService),
        (facts { $0.accountState = .suspended }, .accountInactive),
        (facts { $0.canSignIn = false }, .noWayToSignIn),
        (facts { $0.mayReceive = false }, .professionExcluded),
        (facts { $0.hasNumber = false }, .numberMissing),
        (facts { $0.mode = .none }, .acceptDocuments),
        (facts { $0.mode = .securedMail }, .giveDocumentAddress),
        (facts { ($0.mode, $0.hasSecuredMailbox) = (.securedMail, true) }, .lookIntoSecuredMail),
        (
            facts {
                ($0.mode, $0.hasSecuredMailbox, $0.returnedMails) = (.securedMail, true, lately)
            }, .correctDocumentAddress
        ),
        (facts { $0.unread = 3 }, .openUnread(3)),
        // what came back is in the portal, unread
        (facts { ($0.unread, $0.returnedMails) = (1, lately) }, .openUnread(1)),
        (facts { $0.expiredUnread = lately }, .askAgain(lately)),
        (facts { ($0.expiredUnread, $0.refused) = (lately, [refused(.notDesignated)]) }, .askAgain(lately)),
        (facts { ($0.expiredUnread, $0.notice) = (lately, .sent(moment)) }, .askAgain(lately)),
        (facts { ($0.unread, $0.expiredUnread) = (2, lately) }, .openUnread(2)),
        (facts { $0.withdrawnUnread = lately }, .askAboutWithdrawal(lately)),
        (facts { ($0.withdrawnUnread, $0.expiredUnread) = (lately, lately) }, .askAgain(lately)),
        // who finds the document does not need the mail
        (facts { ($0.unread, $0.policy) = (1, .none) }, .openUnread(1)),
        (facts { ($0.hiddenByType, $0.hiddenByPatient) = (2, 1) }, .showHidden(3)),
        (facts { $0.refused = [refused(.notDesignated)] }, .askToBeDesignated),
        // that somebody said no is not told
        (facts { $0.refused = [refused(.denied)] }, .askToBeDesignated),
        (facts { $0.refused = [refused(.notCommunicant)] }, .askHospital),
        (facts { $0.refused = [refused(.otherIdentity), refused(.notDesignated)] }, .askHospital),
        (facts { $0.designations = 0 }, .askToBeDesignated),
        (facts { $0.policy = .none }, .turnNoticesOn),
        (facts { $0.hasNoticeAddress = false }, .giveNoticeAddress),
        (facts { $0.notice = .failed(moment, reason: "smtp.550") }, .correctNoticeAddress),
        (facts { $0.notice = .waiting(moment, reason: "smtp.451") }, .correctNoticeAddress),
        (facts { $0.notice = .waiting(moment, reason: nil) }, .waitForNotice(moment)),
        (facts { $0.notice = .sent(moment) }, .lookIntoSpam(moment)),
        (
            facts { ($0.notice, $0.lastSignedInAt) = (.sent(moment), moment.adding(minutes: 5)) }, .askService
        ),
    ]

    @Test(arguments: examples.indices)
    func `The one thing to do comes first`(_ index: Int) {
        let (facts, advice) = Self.examples[index]
        #expect(Diagnosis.advise(facts) == advice)
    }

    @Test func `Whatever is advised, a rule says why`() {
        for (facts, advice) in Self.examples where ![.askService].contains(advice) {
            let isFound = Diagnosis.verdicts(facts).contains { $0.verdict != .inOrder }
            let isAboutReading =
                switch advice {
                case .openUnread, .waitForNotice, .lookIntoSpam: true
                default: false
                }
            #expect(isFound || isAboutReading, "\(advice)")
        }
    }

    private static func answer(
        _ facts: DeliveryFacts, stay: StayWord? = nil, document: DocumentWord? = nil,
        refused: [DeliveryFacts.Refused] = [], paper: PaperWays = PaperWays()
    ) throws -> DeliveryAnswer {
        let gln = try #require(GLN(rawValue: "7601099000013"))
        return DeliveryAnswer(
            recipient: FoundRecipient(
                accountID: Account.ID(rawValue: "a"), gln: gln, displayName: "Dre Claire Favre",
                familyName: "Favre", givenName: "Claire", profession: "", speciality: "", practice: "",
                locality: "", takesDocuments: true),
            facts: facts, stay: stay, document: document, refusedForStay: refused, paper: paper)
    }

    @Test func `The hospital is told what to do on its side`() throws {
        let fine = Self.facts { _ in }
        let off = Self.facts { $0.mode = .none }
        let examples: [(DeliveryAnswer, Diagnosis.ServiceAdvice)] = [
            (try Self.answer(fine), .tellRecipient(.askService)),
            // paper is advised where it leaves the hospital only
            (try Self.answer(off), .noWay),
            (try Self.answer(off, paper: PaperWays(byHand: true)), .sendByPost),
            (try Self.answer(off, paper: PaperWays(whenUnreachable: true)), .goesByPost),
            (
                try Self.answer(
                    Self.facts { $0.canSignIn = false }, paper: PaperWays(whenUnreachable: true)), .goesByPost
            ),
            (
                try Self.answer(
                    Self.facts { $0.accountState = .closed },
                    paper: PaperWays(byHand: false, whenUnreachable: true)), .noWay
            ),
            (
                try Self.answer(
                    fine, stay: .designated(Self.moment),
                    document: .refused("recipient.unavailable", Self.moment, tries: 1),
                    paper: PaperWays(byHand: true)), .sendByPost
            ),
            // what came and is gone did not arrive well
            (try Self.answer(fine, document: .delivered(.withdrawn, Self.moment)), .takenBack),
            (try Self.answer(fine, document: .delivered(.expired, Self.moment)), .lifeOver),
            (try Self.answer(fine, stay: .nothing), .recordDesignation),
            (try Self.answer(fine, stay: .revoked), .askPatient),
            // the patient's word is told before the recipient's preferences
            (try Self.answer(off, stay: .denied), .respectRefusal),
            (try Self.answer(fine, stay: .designated(Self.moment)), .publish),
            (
                try Self.answer(
                    fine, stay: .designated(Self.moment), refused: [Self.refused(.notCommunicant)]),
                .classNotShared
            ),
            (
                try Self.answer(fine, document: .refused("pdf-encrypted", Self.moment, tries: 2)),
                .correctInRecord("pdf-encrypted")
            ),
            (
                try Self.answer(
                    off, stay: .designated(Self.moment), document: .delivered(.opened, Self.moment)),
                .delivered(.opened)
            ),
            (
                try Self.answer(fine, stay: .nothing, document: .delivered(.failed, Self.moment)),
                .sendAgain
            ),
            (try Self.answer(Self.facts { $0.refused = [Self.refused(.withheldType)] }), .classNotShared),
        ]
        for (answer, advice) in examples { #expect(Diagnosis.advise(answer) == advice) }
    }
}
