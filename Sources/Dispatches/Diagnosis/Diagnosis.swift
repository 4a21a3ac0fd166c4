public import Access
import Directory

/// Why somebody receives nothing: each rule with its verdict, and the one thing to do first. Pure.
public enum Diagnosis {
    /// The rules of a delivery, in the order in which they act.
    public enum Rule: Sendable, CaseIterable {
        case account, signIn, profession, designation, shareable, mode, returnedMail, typeFilter,
            patientFilter, lifetime, withdrawal, notices, lastNotice
    }

    public enum Verdict: Sendable, Equatable {
        case inOrder
        /// Nothing stands in the way, but it explains what is missing.
        case attention
        /// Nothing arrives until it is put right.
        case obstacle
    }

    /// The one thing to do first.
    public enum Advice: Sendable, Equatable {
        case accountInactive, noWayToSignIn, professionExcluded, numberMissing
        /// «Ne pas envoyer les documents» was chosen.
        case acceptDocuments
        /// Secured mail was chosen without a secured address: documents fall back to the portal.
        case giveDocumentAddress
        /// Documents go by secured mail: they are in that mailbox, not here.
        case lookIntoSecuredMail
        /// Secured mails come back: the mailbox for documents does not take them.
        case correctDocumentAddress
        case openUnread(Int)
        case showHidden(Int)
        /// Something came, was not opened in time, and can be asked for again.
        case askAgain(DeliveryFacts.Lately)
        /// Something came, and the hospital took it back before it was opened.
        case askAboutWithdrawal(DeliveryFacts.Lately)
        case askToBeDesignated
        /// The hospital tried, and its own rules or the file were in the way.
        case askHospital
        case turnNoticesOn, giveNoticeAddress, correctNoticeAddress
        case waitForNotice(Timestamp)
        /// A notice has left, nothing is wrong here: the mailbox may hide it.
        case lookIntoSpam(Timestamp)
        /// Everything is in order: the document was not sent to him.
        case askService
    }

    /// What to do first. What stops everything comes before what stops some, documents before notices: who finds his
    /// document does not need the mail.
    public static func advise(_ facts: DeliveryFacts) -> Advice {
        if facts.accountState != .active { return .accountInactive }
        if !facts.canSignIn { return .noWayToSignIn }
        if !facts.mayReceive { return .professionExcluded }
        if !facts.hasNumber { return .numberMissing }
        if facts.mode == .none { return .acceptDocuments }
        if facts.unread > 0 { return .openUnread(facts.unread) }
        let hidden = facts.hiddenByType + facts.hiddenByPatient
        if hidden > 0 { return .showHidden(hidden) }
        if facts.mode == .securedMail, facts.hasSecuredMailbox {
            return facts.returnedMails == nil ? .lookIntoSecuredMail : .correctDocumentAddress
        }
        if let expired = facts.expiredUnread { return .askAgain(expired) }
        if let newest = facts.refused.first {
            return isAboutDesignation(newest.rule) ? .askToBeDesignated : .askHospital
        }
        if let withdrawn = facts.withdrawnUnread { return .askAboutWithdrawal(withdrawn) }
        if facts.designations == 0 { return .askToBeDesignated }
        if facts.mode == .securedMail { return .giveDocumentAddress }
        switch facts.notice {
        case .failed: return .correctNoticeAddress
        case .waiting(_, let reason?) where !reason.isEmpty: return .correctNoticeAddress
        case .waiting(let due, _): return .waitForNotice(due)
        case .none, .sent: break
        }
        if facts.policy == .none { return .turnNoticesOn }
        if !facts.hasNoticeAddress { return .giveNoticeAddress }
        if case .sent(let at) = facts.notice, facts.lastSignedInAt.map({ $0 < at }) ?? true {
            return .lookIntoSpam(at)
        }
        return .askService
    }

    /// Each rule with its verdict.
    public static func verdicts(_ facts: DeliveryFacts) -> [(rule: Rule, verdict: Verdict)] {
        Rule.allCases.map { ($0, verdict(of: $0, facts)) }
    }

    static func verdict(of rule: Rule, _ facts: DeliveryFacts) -> Verdict {
        switch rule {
        case .account: facts.accountState == .active ? .inOrder : .obstacle
        case .signIn: facts.canSignIn ? .inOrder : .obstacle
        case .profession: facts.mayReceive && facts.hasNumber ? .inOrder : .obstacle
        case .designation:
            facts.refused.contains { isAboutDesignation($0.rule) } || facts.designations == 0
                ? .attention : .inOrder
        case .shareable: facts.refused.contains { !isAboutDesignation($0.rule) } ? .attention : .inOrder
        case .mode:
            switch facts.mode {
            case .portal: .inOrder
            case .securedMail: .attention
            case .none: .obstacle
            }
        case .returnedMail: facts.returnedMails == nil ? .inOrder : .attention
        case .lifetime: facts.expiredUnread == nil ? .inOrder : .attention
        case .withdrawal: facts.withdrawnUnread == nil ? .inOrder : .attention
        case .typeFilter: facts.hiddenByType > 0 ? .attention : .inOrder
        case .patientFilter: facts.hiddenByPatient > 0 ? .attention : .inOrder
        case .notices: facts.areNoticesOn ? .inOrder : .attention
        case .lastNotice:
            switch facts.notice {
            case .failed: .attention
            case .waiting(_, let reason): (reason ?? "").isEmpty ? .inOrder : .attention
            case .none, .sent: .inOrder
            }
        }
    }

    /// A patient's refusal is told to the professional as what it means for him: he is not designated. That somebody said
    /// no is the patient's own affair.
    public static func isAboutDesignation(_ rule: String) -> Bool {
        [DispatchRefusal.notDesignated.rule, DispatchRefusal.denied.rule].contains(rule)
    }
}
