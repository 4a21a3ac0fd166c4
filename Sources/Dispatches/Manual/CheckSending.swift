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

    public let recipient: FoundRecipient
    public let service: HospitalService
    public let isDesignated: Bool
    /// By which way he gets it, as he chose.
    public let way: Way
    /// Each is said on a page of its own before one goes on.
    public let doubts: [SendingDoubt]

    public init(
        recipient: FoundRecipient, service: HospitalService, isDesignated: Bool, way: Way = .portal,
        doubts: [SendingDoubt]
    ) {
        self.recipient = recipient
        self.service = service
        self.isDesignated = isDesignated
        self.way = way
        self.doubts = doubts
    }
}

enum ManualChecks {
    /// Pure: what is unusual, the gravest first.
    /// - Parameter news: what the form says of the patient that the portal knows otherwise.
    static func doubts(
        _ recipient: FoundRecipient, designations: [Designation], news: PatientIdentity.News,
        all: [FoundRecipient]
    ) -> [SendingDoubt] {
        var doubts: [SendingDoubt] = []
        let permits = designations.filter { $0.decision == .permit && $0.gln == recipient.gln }
        if permits.isEmpty {
            doubts.append(.notDesignated)
        } else if !permits.contains(where: \.isActive) {
            doubts.append(.designationRevoked)
        }
        let namesakes = RecipientSearch.namesakes(of: recipient, in: all)
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
        guard !patientNumber.isEmpty, !stayNumber.isEmpty else { throw ManualRefusal.invalid }
        let now = clock.now()
        let day = SwissDate.day(of: now)
        let stay = Stay(system: manual.staySystem, number: stayNumber, start: nil, end: nil)
        let patient = documents.patientID(system: manual.patientSystem, number: patientNumber)
        let (designated, all, isDenied) = try await database.write { transaction in
            _ = try transaction.confirmService(holder, at: now)
            try transaction.record(
                AuditEntry(.recipientSearched, patientID: patient.rawValue), by: .person(holder), at: now)
            return (
                try transaction.designated(
                    patientSystem: self.manual.patientSystem, patientNumber: patientNumber, stay: stay,
                    on: day),
                try transaction.recipients(),
                try transaction.isDeniedToAll(
                    patientSystem: self.manual.patientSystem, patientNumber: patientNumber, stay: stay,
                    on: day)
            )
        }
        let found = RecipientSearch.find(words, in: all).filter { !designated.contains($0.gln) }
        return SendingChoice(
            designated: all.filter { designated.contains($0.gln) },
            others: Array(found.prefix(RecipientSearch.shown)),
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
        guard draft.isComplete else { throw ManualRefusal.invalid }
        guard try transaction.isCommunicant(draft.typeCode) else { throw DispatchRefusal.notCommunicant }
        let day = SwissDate.day(of: now)
        let designations = try transaction.designations(
            patientSystem: manual.patientSystem, patientNumber: draft.patientNumber, stay: stay(of: draft),
            gln: draft.gln, on: day)
        let receiver = try transaction.recipient(gln: draft.gln)
        let verdict = DispatchPlanning.decide(
            draft.gln, receiver, try receiver.map { try transaction.reach($0, waysOut) } ?? RecipientReach(),
            type: draft.typeCode,
            designations: designations, policy: policy, consent: "asked", today: day)
        let planned = try verdict.get()
        guard let recipient = try transaction.foundRecipient(draft.gln) else {
            throw DispatchRefusal.unknownRecipient
        }
        let key = try patientKey(manual.patientSystem, draft.patientNumber, in: transaction)
        let known = try transaction.patient(key.id)
        let told = Patient(
            id: key.id, system: key.system, number: key.number,
            familyName: draft.familyName, givenName: draft.givenName, birthDate: draft.birthDate,
            sex: known?.sex ?? .unknown)
        let news = PatientIdentity.compare(known, with: told)
        guard news != .somebodyElse else { throw DispatchRefusal.otherIdentity }
        let doubts = ManualChecks.doubts(
            recipient, designations: designations, news: news, all: try transaction.recipients())
        var isDesignated = false
        if case .designation = planned.basis { isDesignated = true }
        let check = SendingCheck(
            recipient: recipient, service: service, isDesignated: isDesignated,
            way: SendingCheck.Way(planned.way), doubts: doubts)
        return (check, known ?? told)
    }

    /// Bytes of one file that is sent by hand, at most.
    public var maximumManualBytes: Int { manual.maximumBytes }

    private var isSetUp: Bool { !manual.patientSystem.isEmpty && !manual.staySystem.isEmpty }

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
    /// Every field has something, and none too much.
    var isComplete: Bool {
        [patientNumber, stayNumber].allSatisfy { (1...50).contains($0.utf8.count) }
            && [familyName, givenName].allSatisfy { (1...100).contains($0.utf8.count) }
            && birthDate.utf8.count == 10
    }
}
