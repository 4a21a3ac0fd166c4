public import Access
public import Directory
import Documents
import Storage

/// Who can be chosen for a sending.
public struct SendingChoice: Sendable {
    /// Those whom the patient designated for the stay.
    public let designated: [FoundRecipient]
    /// Those whom the words found, the designated left out.
    public let others: [FoundRecipient]
    /// More were found than are shown.
    public let hasMore: Bool
    /// The patient refused electronic sending of this stay: there is nobody to choose.
    public let isDenied: Bool
    /// Whether who wants nothing electronically gets it on paper.
    public let isPostOpen: Bool

    public init(
        designated: [FoundRecipient], others: [FoundRecipient], hasMore: Bool, isDenied: Bool,
        isPostOpen: Bool = false
    ) {
        self.designated = designated
        self.others = others
        self.hasMore = hasMore
        self.isDenied = isDenied
        self.isPostOpen = isPostOpen
    }
}

/// What was looked at before a file is asked for.
public struct SendingCheck: Sendable {
    public enum Way: Sendable { case portal, securedMail, post }

    public let recipient: NamedRecipient
    public let service: HospitalService
    public let isDesignated: Bool
    /// By which way he gets it, as he chose.
    public let way: Way
    /// The address on paper, when it goes there.
    public let addressee: PostAddressee?
    /// Each is said on a page of its own before one goes on.
    public let doubts: [SendingDoubt]

    /// The way and, on paper, the address, for the form that shows them: what somebody saw is what happens.
    public var wayMark: String {
        switch way {
        case .portal: "portal"
        case .securedMail: "securedMail"
        case .post: (["post"] + (addressee?.lines ?? [])).joined(separator: " | ")
        }
    }

    public init(
        recipient: NamedRecipient, service: HospitalService, isDesignated: Bool, way: Way = .portal,
        addressee: PostAddressee? = nil, doubts: [SendingDoubt]
    ) {
        self.recipient = recipient
        self.service = service
        self.isDesignated = isDesignated
        self.way = way
        self.addressee = addressee
        self.doubts = doubts
    }
}

enum ManualChecks {
    /// Pure: what is unusual, the gravest first.
    /// - Parameters:
    ///   - namesakes: others in the directory who bear his two names.
    ///   - news: what the form says of the patient that the portal knows otherwise.
    static func doubts(
        _ gln: GLN, designations: [Designation], namesakes: [FoundRecipient], news: PatientIdentity.News
    ) -> [SendingDoubt] {
        var doubts: [SendingDoubt] = []
        let permits = designations.filter { $0.decision == .permit && $0.gln == gln }
        if permits.isEmpty {
            doubts.append(.notDesignated)
        } else if !permits.contains(where: \.isActive) {
            doubts.append(.designationRevoked)
        }
        if !namesakes.isEmpty { doubts.append(.namesakes(namesakes)) }
        if news == .unknownNumber { doubts.append(.newPatient) }
        if case .described(let fields) = news, fields != ["sex"] { doubts.append(.otherSpelling) }
        return doubts
    }
}

extension DispatchActions {
    /// The classes that may leave the hospital, for the form.
    /// - Throws: `ServiceRefusal.noService`.
    public func communicantTypes(_ holder: Holder) async throws -> Set<String> {
        let now = clock.now()
        return try await database.read { transaction in
            _ = try transaction.confirmService(holder, at: now)
            return Set(try transaction.communicantTypes())
        }
    }

    /// Whom a document can be sent to: the professionals whom the patient designated, then those whom the words find
    /// (DPI-08). Traced with the patient's pseudonym (recipientSearched).
    /// - Throws: `ServiceRefusal.noService`, `ManualRefusal`.
    public func choices(patientNumber: String, stayNumber: String, words: String, _ holder: Holder)
        async throws -> SendingChoice
    {
        guard isSetUp else { throw ManualRefusal.notSetUp }
        guard SendingPatient.mistake(inNumber: patientNumber) == nil,
            SendingPatient.mistake(inStay: stayNumber) == nil
        else { throw ManualRefusal.invalid }
        let now = clock.now()
        let day = SwissDate.day(of: now)
        let stay = Stay(system: manual.staySystem, number: stayNumber, start: nil, end: nil)
        let patient = documents.patientID(system: manual.patientSystem, number: patientNumber)
        let (designated, found, isDenied) = try await database.write { transaction in
            _ = try transaction.confirmService(holder, at: now)
            try transaction.record(
                AuditEntry(.recipientSearched, patientID: patient.rawValue), by: .person(holder), at: now)
            let glns = try transaction.designated(
                patientSystem: self.manual.patientSystem, patientNumber: patientNumber, stay: stay, on: day)
            return (
                try transaction.recipients(glns),
                // the designated are shown already
                try transaction.recipients(words, limit: RecipientSearch.shown + glns.count + 1)
                    .filter { !glns.contains($0.gln) },
                try transaction.isDeniedToAll(
                    patientSystem: self.manual.patientSystem, patientNumber: patientNumber, stay: stay,
                    on: day)
            )
        }
        return SendingChoice(
            designated: designated, others: Array(found.prefix(RecipientSearch.shown)),
            hasMore: found.count > RecipientSearch.shown, isDenied: isDenied,
            isPostOpen: waysOut.postsWhenUnreachable)
    }

    /// Looks at every rule before the file is asked for: what refuses is thrown, what is unusual is returned.
    /// - Throws: `DispatchRefusal`, `ManualRefusal`, `ServiceRefusal`.
    public func check(_ draft: SendingDraft, _ holder: Holder) async throws -> SendingCheck {
        try await checked(draft, holder, at: clock.now()).check
    }

    /// The same with the patient; a refusal leaves its trace.
    func checked(_ draft: SendingDraft, _ holder: Holder, at now: Timestamp) async throws -> (
        check: SendingCheck, patient: Patient
    ) {
        do {
            return try await database.read { try self.check(draft, holder, in: $0, at: now) }
        } catch let refusal as DispatchRefusal {
            try await access.recordRefusal(
                AuditEntry(
                    .documentPublished, .refused, rule: refusal.rule,
                    patientID: patient(of: draft).rawValue, detail: "gln=\(draft.gln.rawValue)"),
                by: .person(holder))
            throw refusal
        } catch let refusal as ManualRefusal where refusal.isAboutPaper {
            try await access.recordRefusal(
                AuditEntry(
                    .documentPublished, .refused, rule: refusal.rule,
                    patientID: patient(of: draft).rawValue, detail: "gln=\(draft.gln.rawValue)"),
                by: .person(holder))
            throw refusal
        }
    }

    /// - Returns: the patient too: as the record system describes him where he is known, since a form typed by hand
    ///   changes no name.
    func check(_ draft: SendingDraft, _ holder: Holder, in transaction: any Transaction, at now: Timestamp)
        throws -> (check: SendingCheck, patient: Patient)
    {
        guard isSetUp else { throw ManualRefusal.notSetUp }
        let viewer = try transaction.confirmService(holder, at: now)
        guard let service = viewer.service(draft.serviceID) else { throw ServiceRefusal.notFound }
        let day = SwissDate.day(of: now)
        guard draft.isSound(on: day) else { throw ManualRefusal.invalid }
        guard try transaction.isCommunicant(draft.typeCode) else { throw DispatchRefusal.notCommunicant }
        let designations = try transaction.designations(
            patientSystem: manual.patientSystem, patientNumber: draft.patientNumber, stay: stay(of: draft),
            gln: draft.gln, on: day)
        let (basis, way) = try reach(draft, designations, in: transaction, today: day)
        let found = try transaction.foundRecipient(draft.gln)
        guard
            let recipient = try found.map(NamedRecipient.init)
                ?? transaction.paperRecipient(draft.gln)?.name
        else { throw DispatchRefusal.unknownRecipient }
        let (news, patient) = try identity(of: draft.patient, in: transaction)
        let doubts = ManualChecks.doubts(
            draft.gln, designations: designations,
            namesakes: try found.map(transaction.namesakes) ?? [], news: news)
        var isDesignated = false
        if case .designation = basis { isDesignated = true }
        var addressee: PostAddressee?
        if case .post(let lines) = way { addressee = lines }
        let check = SendingCheck(
            recipient: recipient, service: service, isDesignated: isDesignated,
            way: SendingCheck.Way(way), addressee: addressee, doubts: doubts)
        return (check, patient)
    }

    /// On what the sending rests, and by which way it goes.
    /// - Throws: `DispatchRefusal`; when paper is asked for, `ManualRefusal.lettersClosed` if the institution sends none,
    ///   `.addressUnknown` if nobody knows where to, `.professionUnknown` if nobody knows whether he may have it, and
    ///   `.readsInPortal` or `.readsByMail` for whom it is not.
    private func reach(
        _ draft: SendingDraft, _ designations: [Designation], in transaction: any Transaction, today: String
    ) throws -> (DisclosureBasis, DispatchWay) {
        guard !draft.byPost || waysOut.postsByHand else { throw ManualRefusal.lettersClosed }
        let recipient = try transaction.recipient(gln: draft.gln)
        let paper = draft.byPost ? try transaction.paperRecipient(draft.gln) : nil
        if recipient == nil, let paper {
            switch try transaction.paperAnswer(draft.typeCode, to: paper, waysOut) {
            case .allowed: break
            case .withheld: throw DispatchRefusal.withheldType
            case .unknownProfession: throw ManualRefusal.professionUnknown
            }
            let basis = DispatchPlanning.basis(
                draft.gln, designations: designations, policy: policy, consent: "asked", today: today)
            return (try basis.get(), .post(paper.addressee))
        }
        do {
            let planned = try DispatchPlanning.decide(
                draft.gln, recipient,
                try recipient.map { try transaction.reach($0, waysOut, asked: paper?.addressee) }
                    ?? RecipientReach(),
                type: draft.typeCode, designations: designations, policy: policy, consent: "asked",
                today: today
            ).get()
            if draft.byPost { try planned.way.confirmPaper() }
            return (planned.basis, planned.way)
        } catch let refusal as DispatchRefusal
            where draft.byPost && [.unknownRecipient, .unavailableRecipient].contains(refusal)
        {
            throw ManualRefusal.addressUnknown
        }
    }

    /// Whether services may put documents on paper.
    public var takesLettersByHand: Bool { waysOut.postsByHand }

    /// Bytes of one file that is sent by hand, at most.
    public var maximumManualBytes: Int { manual.maximumBytes }

    var isSetUp: Bool { !manual.patientSystem.isEmpty && !manual.staySystem.isEmpty }

    func stay(of draft: SendingDraft) -> Stay {
        Stay(system: manual.staySystem, number: draft.stayNumber, start: nil, end: nil)
    }

    func patient(of draft: SendingDraft) -> Patient.ID {
        documents.patientID(system: manual.patientSystem, number: draft.patientNumber)
    }
}

extension SendingCheck.Way {
    init(_ way: DispatchWay) {
        self =
            switch way {
            case .portal: .portal
            case .securedMail: .securedMail
            case .post: .post
            }
    }
}

extension SendingDraft {
    var patient: SendingPatient {
        SendingPatient(
            number: patientNumber, familyName: familyName, givenName: givenName, birthDate: birthDate)
    }

    /// Nothing is wrong with any field.
    func isSound(on today: String) -> Bool {
        patient.isSound(on: today) && SendingPatient.mistake(inStay: stayNumber) == nil
    }
}
