import HTML
import Storage

@testable import Access
@testable import Directory
@testable import Dispatches
@testable import Documents
@testable import Portal

/// «Pourquoi n’ai-je rien reçu ?», for both sides, in each state.
extension SamplePages {
    static var sampleFacts: DeliveryFacts {
        var facts = DeliveryFacts()
        facts.designations = 2
        facts.newestDesignationAt = hoursAgo(70)
        facts.refused = [
            DeliveryFacts.Refused(
                rule: DispatchRefusal.notCommunicant.rule, count: 2, newestAt: hoursAgo(30)),
            DeliveryFacts.Refused(rule: DispatchRefusal.notDesignated.rule, count: 1, newestAt: hoursAgo(50)),
        ]
        facts.received = 12
        facts.hiddenByType = 2
        facts.notice = .failed(hoursAgo(5), reason: "smtp.550")
        return facts
    }

    static func deliveryAnswer(_ document: DocumentWord?, _ change: (inout DeliveryFacts) -> Void = { _ in })
        -> DeliveryAnswer?
    {
        var facts = sampleFacts
        change(&facts)
        return answer(document, facts)
    }

    private static func answer(_ document: DocumentWord?, _ facts: DeliveryFacts) -> DeliveryAnswer? {
        foundFavre.first.map {
            DeliveryAnswer(
                recipient: $0, facts: facts, stay: .nothing, document: document,
                refusedForStay: [
                    DeliveryFacts.Refused(
                        rule: DispatchRefusal.notDesignated.rule, count: 1, newestAt: hoursAgo(50))
                ])
        }
    }

    static var diagnosis: [(name: String, html: [UInt8])] {
        var waiting = DeliveryFacts()
        (waiting.unread, waiting.received, waiting.designations) = (2, 2, 1)
        var spam = DeliveryFacts()
        (spam.designations, spam.notice) = (1, .sent(hoursAgo(20)))
        let lately = DeliveryFacts.Lately(
            count: 2, newestAt: hoursAgo(30), newest: Document.ID(rawValue: "8f2c"))
        var expired = DeliveryFacts()
        (expired.designations, expired.expiredUnread) = (1, lately)
        (expired.withdrawnUnread, expired.returnedMails) = (lately, lately)
        var withdrawn = DeliveryFacts()
        (withdrawn.designations, withdrawn.withdrawnUnread) = (1, lately)
        withdrawn.notice = .failed(hoursAgo(3), reason: "returned:5.1.1")
        var returned = DeliveryFacts()
        (returned.mode, returned.hasSecuredMailbox, returned.returnedMails) = (.securedMail, true, lately)
        var off = DeliveryFacts()
        (off.mode, off.accountState) = (.none, .active)
        return [
            ("diagnostic", sampleFacts), ("diagnostic-attend", waiting), ("diagnostic-indesirables", spam),
            ("diagnostic-desactive", off), ("diagnostic-expire", expired),
            ("diagnostic-retire", withdrawn), ("diagnostic-mail-revenu", returned),
        ]
        .map { name, facts in
            (
                name,
                MissingDocumentPage(
                    frame: .signedIn(shell), live: LiveDiagnosis(facts: facts, now: now)
                ).html
            )
        } + [
            (
                "diagnostic-delegation",
                MissingDocumentPage(
                    frame: .signedIn(shell),
                    live: LiveDiagnosis(facts: off, now: now, principal: "Dre Claire Favre")
                ).html
            )
        ]
    }
}
