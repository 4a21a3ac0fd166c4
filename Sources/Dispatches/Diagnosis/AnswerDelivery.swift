public import Access
public import Directory
public import Documents
import Storage

/// What the hospital's staff ask: why has this professional received nothing?
public struct DeliveryQuestion: Sendable {
    public let gln: GLN
    /// With `stayNumber`; both or none.
    public var patientNumber = ""
    public var stayNumber = ""
    /// The sender's own identifier of the document; empty: none.
    public var documentIdentifier = ""

    public init(gln: GLN) { self.gln = gln }
}

/// What the patient said of this stay about this professional.
public enum StayWord: Sendable, Equatable {
    case designated(Timestamp)
    /// Was, until it was taken back.
    case revoked
    /// The patient refused electronic sending.
    case denied
    case nothing
}

/// What became of one document for one professional.
public enum DocumentWord: Sendable, Equatable {
    case delivered(Dispatch.State, Timestamp)
    /// The rule, when it was last tried, and how often.
    case refused(String, Timestamp, tries: Int)
    /// No document of one's services has this identifier, or it was not addressed to him.
    case unknown
}

/// Whether paper leaves the hospital by the portal at all.
public struct PaperWays: Sendable, Equatable {
    /// Services put letters into the queue by their own decision.
    public var byHand: Bool
    /// What is published for somebody who wants nothing electronically goes there by itself.
    public var whenUnreachable: Bool

    public init(byHand: Bool = false, whenUnreachable: Bool = false) {
        self.byHand = byHand
        self.whenUnreachable = whenUnreachable
    }
}

/// The answer: the facts of the professional, and of what was asked besides.
public struct DeliveryAnswer: Sendable {
    public let recipient: FoundRecipient
    public let facts: DeliveryFacts
    public let stay: StayWord?
    public let document: DocumentWord?
    /// Refused lately for this patient and stay, by reason.
    public let refusedForStay: [DeliveryFacts.Refused]
    /// What one's services sent him for this patient and stay, the newest first.
    public let deliveredForStay: [DeliveredForStay]
    public let paper: PaperWays

    public init(
        recipient: FoundRecipient, facts: DeliveryFacts, stay: StayWord?, document: DocumentWord?,
        refusedForStay: [DeliveryFacts.Refused], deliveredForStay: [DeliveredForStay] = [],
        paper: PaperWays = PaperWays()
    ) {
        self.recipient = recipient
        self.facts = facts
        self.stay = stay
        self.document = document
        self.refusedForStay = refusedForStay
        self.deliveredForStay = deliveredForStay
        self.paper = paper
    }
}

/// A document that came to a professional.
public struct DeliveredForStay: Sendable, Equatable {
    public let documentID: Document.ID
    /// SNOMED CT.
    public let typeCode: String
    public let deliveredAt: Timestamp
    public let state: Dispatch.State
    /// Since when it is in this state.
    public let at: Timestamp

    public init(
        documentID: Document.ID, typeCode: String, deliveredAt: Timestamp, state: Dispatch.State,
        at: Timestamp
    ) {
        self.documentID = documentID
        self.typeCode = typeCode
        self.deliveredAt = deliveredAt
        self.state = state
        self.at = at
    }
}

extension Diagnosis {
    /// What the hospital does first about it.
    public enum ServiceAdvice: Sendable, Equatable {
        /// It was delivered or is on its way: nothing to do, whether he has seen it or not.
        case delivered(Dispatch.State)
        /// It was sent and reached him by no way: send it again.
        case sendAgain
        /// It was delivered, and the hospital took it back.
        case takenBack
        /// It was delivered, and its time is over.
        case lifeOver
        /// The patient refused: respect it.
        case respectRefusal
        case recordDesignation
        /// The designation was taken back: ask the patient.
        case askPatient
        /// The class is not «communicant», or not for this profession.
        case classNotShared
        /// The file, the patient number or the identifier: to be put right in the record system.
        case correctInRecord(String)
        /// He cannot be sent to electronically: by post, which services send by hand.
        case sendByPost
        /// He wants nothing electronically, or cannot sign in: what is published goes by post without anybody's doing.
        case goesByPost
        /// He cannot be sent to, and no paper leaves the portal.
        case noWay
        case tellRecipient(Advice)
        /// Everything is in order, and nothing was sent to him.
        case publish
    }

    /// Pure: what the patient said wins, then what happened to the document, then the recipient's own side.
    public static func advise(_ answer: DeliveryAnswer) -> ServiceAdvice {
        if case .delivered(let state, _) = answer.document { return outcome(state) }
        if answer.stay == .denied { return .respectRefusal }
        // what came after the last refusal outweighs it
        if answer.document == nil,
            let newest = answer.deliveredForStay.first(where: { $0.state != .withdrawn }),
            answer.refusedForStay.allSatisfy({ $0.newestAt <= newest.deliveredAt })
        {
            return outcome(newest.state)
        }
        let recipient = advise(answer.facts)
        switch recipient {
        case .accountInactive, .noWayToSignIn, .professionExcluded, .numberMissing, .acceptDocuments:
            return withoutPortal(answer, recipient)
        default: break
        }
        if answer.stay == .revoked { return .askPatient }
        if answer.stay == .nothing { return .recordDesignation }
        var rule: String?
        if case .refused(let reason, _, _) = answer.document { rule = reason }
        guard let rule = rule ?? answer.refusedForStay.first?.rule else {
            // without a patient nobody knows what was refused for whom
            if answer.stay == nil, answer.document == nil, let newest = answer.facts.refused.first {
                return forRule(newest.rule, answer, recipient)
            }
            return answer.stay == nil && answer.document == nil ? .tellRecipient(recipient) : .publish
        }
        return forRule(rule, answer, recipient)
    }

    /// What became of something that was delivered.
    private static func outcome(_ state: Dispatch.State) -> ServiceAdvice {
        switch state {
        case .withdrawn: .takenBack
        case .expired: .lifeOver
        case .failed: .sendAgain
        default: .delivered(state)
        }
    }

    private static func withoutPortal(_ answer: DeliveryAnswer, _ recipient: Advice) -> ServiceAdvice {
        if [.acceptDocuments, .noWayToSignIn].contains(recipient), answer.paper.whenUnreachable {
            return .goesByPost
        }
        return answer.paper.byHand ? .sendByPost : .noWay
    }

    private static func forRule(_ rule: String, _ answer: DeliveryAnswer, _ recipient: Advice)
        -> ServiceAdvice
    {
        switch DispatchRefusal.allCases.first(where: { $0.rule == rule }) {
        case .denied: .respectRefusal
        case .notDesignated: .recordDesignation
        case .notCommunicant, .withheldType: .classNotShared
        case .unknownRecipient, .unavailableRecipient: withoutPortal(answer, recipient)
        default: .correctInRecord(rule)
        }
    }
}

extension DispatchActions {
    /// Answers the hospital: the rules of a delivery for one professional and, if named, one stay or one document. Each
    /// question is traced with the patient's pseudonym.
    /// - Throws: `ServiceRefusal.noService`, `DispatchRefusal.unknownRecipient`.
    public func answer(_ question: DeliveryQuestion, _ holder: Holder) async throws -> DeliveryAnswer {
        let now = clock.now()
        let patient =
            question.patientNumber.isEmpty
            ? nil : documents.patientID(system: manual.patientSystem, number: question.patientNumber)
        return try await database.write { transaction in
            let viewer = try transaction.confirmService(holder, at: now)
            guard let recipient = try transaction.foundRecipient(question.gln) else {
                throw DispatchRefusal.unknownRecipient
            }
            try transaction.record(
                AuditEntry(
                    .diagnosisRead, object: .account(recipient.accountID), patientID: patient?.rawValue),
                by: .person(holder), at: now)
            return DeliveryAnswer(
                recipient: recipient,
                facts: try self.facts(of: recipient.accountID, in: transaction, at: now),
                stay: patient == nil ? nil : try self.stayWord(question, transaction, at: now),
                document: try self.documentWord(question, recipient, viewer, transaction, at: now),
                refusedForStay: try patient.map {
                    Self.grouped(
                        try transaction.refusedDeliveries(
                            for: question.gln,
                            patients: transaction.pseudonyms(of: transaction.survivor(of: $0)),
                            stayNumber: question.stayNumber, limit: 50))
                } ?? [],
                deliveredForStay: try patient.map {
                    try transaction.delivered(
                        to: recipient.accountID,
                        patients: transaction.pseudonyms(of: transaction.survivor(of: $0)),
                        stayNumber: question.stayNumber, viewer, at: now)
                } ?? [],
                paper: PaperWays(
                    byHand: self.waysOut.postsByHand, whenUnreachable: self.waysOut.postsWhenUnreachable))
        }
    }

    /// Professionals by name, place, speciality or GLN, as many as are shown and one more. The search is traced, what
    /// was typed is not.
    /// - Throws: `ServiceRefusal.noService`.
    public func findRecipients(_ words: String, _ holder: Holder) async throws -> [FoundRecipient] {
        let now = clock.now()
        return try await database.write { transaction in
            _ = try transaction.confirmService(holder, at: now)
            try transaction.record(AuditEntry(.recipientSearched), by: .person(holder), at: now)
            return try transaction.recipients(words, limit: RecipientSearch.shown + 1)
        }
    }

    private func stayWord(_ question: DeliveryQuestion, _ transaction: any Transaction, at now: Timestamp)
        throws -> StayWord
    {
        let known = try transaction.designations(
            patientSystem: manual.patientSystem, patientNumber: question.patientNumber,
            stay: Stay(system: manual.staySystem, number: question.stayNumber, start: nil, end: nil),
            gln: question.gln, on: SwissDate.day(of: now))
        if known.contains(where: { $0.decision == .deny && $0.isActive }) { return .denied }
        if let permit = known.first(where: { $0.isActive && $0.decision == .permit }) {
            return .designated(permit.decidedAt)
        }
        return known.isEmpty ? .nothing : .revoked
    }

    private func documentWord(
        _ question: DeliveryQuestion, _ recipient: FoundRecipient, _ viewer: ServiceViewer,
        _ transaction: any Transaction, at now: Timestamp
    ) throws -> DocumentWord? {
        let master = question.documentIdentifier
        guard !master.isEmpty else { return nil }
        if let id = try transaction.document(master: master, followedBy: viewer),
            let dispatch = try transaction.dispatches(of: id, at: now).first(where: {
                $0.accountID == recipient.accountID
            })
        {
            return .delivered(dispatch.state, dispatch.at)
        }
        return try transaction.refusedDelivery(of: master, for: question.gln, services: viewer.names).map {
            .refused($0.rule, $0.at, tries: $0.tries)
        } ?? .unknown
    }
}
