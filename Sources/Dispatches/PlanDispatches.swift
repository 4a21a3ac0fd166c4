import Access
import Directory
import Documents
import Storage

/// The hospital's two conditions, checked here (requirements, DPI-01 to DPI-06).
public enum DesignationPolicy: String, Sendable {
    /// Without an active designation for the stay the document is refused. The default.
    case require
    /// The sending is the assertion that the patient agreed; a known refusal still blocks.
    case assert
}

/// On what a disclosure rests.
public enum DisclosureBasis: Sendable, Equatable {
    case designation(id: String, version: Int)
    /// The patient's explicit consent to this one sending, recorded with it (D16).
    case consent(id: String)
    case assertion

    /// As kept with the delivery and in the trail.
    var text: String {
        switch self {
        case .designation(let id, let version): "designation:\(id)/\(version)"
        case .consent(let id): "consent:\(id)"
        case .assertion: "assertion"
        }
    }
}

/// By which way a document reaches a recipient.
enum DispatchWay: Sendable, Equatable {
    /// He reads it in the portal.
    case portal
    /// It is attached to a mail to the address of his profile, as far as that is secured when it is sent.
    case securedMail
    /// On paper.
    case post(PostAddressee)

    /// Whoever asks for paper sends nothing electronically by it.
    /// - Throws: `ManualRefusal.readsInPortal`, `.readsByMail`.
    func confirmPaper() throws {
        switch self {
        case .post: break
        case .portal: throw ManualRefusal.readsInPortal
        case .securedMail: throw ManualRefusal.readsByMail
        }
    }
}

/// What is decided for one recipient.
struct PlannedDispatch: Sendable {
    let recipient: Recipient
    let gln: GLN
    let basis: DisclosureBasis
    var way = DispatchWay.portal
}

/// What is decided for somebody who gets it on paper and has no account.
struct PlannedLetter: Sendable {
    let gln: GLN
    let addressee: PostAddressee
    let basis: DisclosureBasis
}

private enum Planned {
    case dispatch(PlannedDispatch)
    case letter(PlannedLetter)
}

/// How a recipient can be reached beside the portal, looked up for the decision.
struct RecipientReach: Sendable {
    var documentMail = DocumentMail.missing
    /// Where he gets paper, if the institution sends any in place of refusing.
    var post: PostAddressee?
    /// Where, if who sends asks for paper in place of being refused.
    var asked: PostAddressee?

    /// Pure: by which way, as he chose; nil: by none. A suspended account gets nothing by any (D33). Whoever chose a mailbox that is not secured, or none, gets his
    /// documents in the portal: falling back is safer than losing them.
    func way(to recipient: Recipient) -> DispatchWay? {
        chosenWay(of: recipient) ?? asked.map(DispatchWay.post)
    }

    private func chosenWay(of recipient: Recipient) -> DispatchWay? {
        guard recipient.isActive else { return nil }
        switch recipient.practitioner.deliveryMode {
        case .portal where recipient.canSignIn: return .portal
        case .securedMail:
            if case .secured = documentMail { return .securedMail }
            if recipient.canSignIn { return .portal }
        case .portal, .none: break
        }
        return post.map(DispatchWay.post)
    }
}

/// What is decided for a document.
struct DispatchPlan: Sendable {
    let dispatches: [PlannedDispatch]
    /// For those who have no account.
    let letters: [PlannedLetter]
    let refused: [(gln: GLN, refusal: DispatchRefusal)]
    /// The document it replaces.
    let replaced: Document.ID?
    let version: Int
    /// What the message says of the patient that the portal does not know yet.
    let identity: PatientIdentity.News
}

enum DispatchPlanning {
    /// Pure: whether this recipient gets the document, and on what basis.
    /// - Parameters:
    ///   - type: code of the document's type.
    ///   - designations: those of the stay and the patient that name this professional or nobody.
    ///   - consent: the patient's explicit word on this one document, recorded by who sends it by hand (DPI-04).
    static func decide(
        _ gln: GLN, _ recipient: Recipient?, _ reach: RecipientReach = RecipientReach(), type: String,
        designations: [Designation], policy: DesignationPolicy, consent: String? = nil, today: String
    ) -> Result<PlannedDispatch, DispatchRefusal> {
        guard let recipient else { return .failure(.unknownRecipient) }
        guard let way = reach.way(to: recipient) else { return .failure(.unavailableRecipient) }
        guard !recipient.withheldTypes.contains(type) else { return .failure(.withheldType) }
        return basis(gln, designations: designations, policy: policy, consent: consent, today: today).map {
            PlannedDispatch(recipient: recipient, gln: gln, basis: $0, way: way)
        }
    }

    /// Pure: whether the patient refuses disclosures to this professional, or to everybody, today.
    static func isDenied(_ gln: GLN, designations: [Designation], today: String) -> Bool {
        designations.contains {
            $0.decision == .deny && ($0.gln == nil || $0.gln == gln) && $0.isActive && $0.isValid(on: today)
        }
    }

    /// Pure: on what a disclosure to this professional rests, by whatever way.
    static func basis(
        _ gln: GLN, designations: [Designation], policy: DesignationPolicy, consent: String?, today: String
    ) -> Result<DisclosureBasis, DispatchRefusal> {
        // a deny beats every permit
        guard !isDenied(gln, designations: designations, today: today) else { return .failure(.denied) }
        let valid = designations.filter { $0.isActive && $0.isValid(on: today) }
        if let permit = valid.first(where: { $0.decision == .permit && $0.gln == gln }) {
            return .success(.designation(id: permit.id.rawValue, version: permit.version))
        }
        if let consent { return .success(.consent(id: consent)) }
        switch policy {
        case .require: return .failure(.notDesignated)
        case .assert:
            // a designation that was revoked is a known refusal, not an absence of knowledge
            let isRevoked = designations.contains { $0.decision == .permit && $0.gln == gln && !$0.isActive }
            return isRevoked ? .failure(.notDesignated) : .success(.assertion)
        }
    }
}

extension Transaction {
    /// Decides for each recipient, with N different verdicts for N recipients.
    /// - Throws: `DispatchRefusal` when nobody may have the document.
    func plan(
        _ command: PublishDocument, _ sender: Sender, policy: DesignationPolicy, waysOut: WaysOutRules,
        patient: Patient.ID, at now: Timestamp
    ) throws -> DispatchPlan {
        guard try !isWithdrawnAhead(command.masterIdentifier, by: sender.clientID) else {
            throw DispatchRefusal.withdrawnAhead
        }
        guard try isCommunicant(command.typeCode) else { throw DispatchRefusal.notCommunicant }
        var replaced: Document?
        if let named = command.replaces {
            let found: Document? =
                switch named {
                case .masterIdentifier(let master):
                    try document(master: master, sentBy: sender.clientID)?.document
                case .id(let id): try document(id, sentBy: sender.clientID)
                }
            guard let target = found else { throw DispatchRefusal.replacesUnknown }
            guard target.patientID == patient else { throw DispatchRefusal.replacesOtherPatient }
            // one that has expired can be corrected all the same
            guard [.current, .expired].contains(target.state), try replacement(of: target.id) == nil else {
                throw DispatchRefusal.alreadyReplaced
            }
            replaced = target
        }
        var dispatches: [PlannedDispatch] = []
        var letters: [PlannedLetter] = []
        var refused: [(gln: GLN, refusal: DispatchRefusal)] = []
        for gln in command.recipients
        where !dispatches.contains(where: { $0.gln == gln }) && !letters.contains(where: { $0.gln == gln }) {
            switch try decide(gln, command, sender, policy: policy, waysOut: waysOut, at: now) {
            case .success(.dispatch(let planned)): dispatches.append(planned)
            case .success(.letter(let planned)): letters.append(planned)
            case .failure(let refusal): refused.append((gln, refusal))
            }
        }
        if dispatches.isEmpty, letters.isEmpty {
            throw refused.first?.refusal ?? DispatchRefusal.unknownRecipient
        }
        // last, so that only who may send about this stay learns whether the number is known, or stands for somebody else
        guard command.isDescribed else { throw DispatchRefusal.unknownPatient }
        let identity = PatientIdentity.compare(try self.patient(patient), with: command.patient(patient))
        guard identity != .somebodyElse else { throw DispatchRefusal.otherIdentity }
        return DispatchPlan(
            dispatches: dispatches, letters: letters, refused: refused, replaced: replaced?.id,
            version: (replaced?.version ?? 0) + 1, identity: identity)
    }

    private func decide(
        _ gln: GLN, _ command: PublishDocument, _ sender: Sender, policy: DesignationPolicy,
        waysOut: WaysOutRules, at now: Timestamp
    ) throws -> Result<Planned, DispatchRefusal> {
        let today = SwissDate.day(of: now)
        let recipient = try recipient(gln: gln)
        let paper = sender.asksForPaper == nil ? nil : try paperRecipient(gln)
        let designations = try designations(
            patientSystem: command.patientSystem, patientNumber: command.patientNumber,
            stay: command.stay, gln: gln, on: today)
        if recipient == nil, let paper {
            guard try paperAnswer(command.typeCode, to: paper, waysOut) == .allowed else {
                return .failure(.withheldType)
            }
            return DispatchPlanning.basis(
                gln, designations: designations, policy: policy, consent: sender.consentID, today: today
            ).map { .letter(PlannedLetter(gln: gln, addressee: paper.addressee, basis: $0)) }
        }
        let decided = DispatchPlanning.decide(
            gln, recipient,
            try recipient.map { try reach($0, waysOut, asked: paper?.addressee) } ?? RecipientReach(),
            type: command.typeCode, designations: designations, policy: policy, consent: sender.consentID,
            today: today)
        // what was looked at before the file came may have changed since
        if sender.asksForPaper != nil, case .success(let planned) = decided {
            try planned.way.confirmPaper()
        }
        return decided.map(Planned.dispatch)
    }

    /// - Parameter asked: where he gets paper, when who sends asks for it.
    func reach(_ recipient: Recipient, _ rules: WaysOutRules, asked: PostAddressee? = nil) throws
        -> RecipientReach
    {
        let account = recipient.practitioner.accountID
        var reach = RecipientReach(asked: asked)
        switch recipient.practitioner.deliveryMode {
        case .portal, .none: break
        case .securedMail: reach.documentMail = try documentMail(of: account)
        }
        // who cannot sign in may still get a secured mail; everybody else reads here
        if rules.postsWhenUnreachable, recipient.practitioner.deliveryMode == .none || !recipient.canSignIn {
            reach.post = try postAddressee(of: account)
        }
        return reach
    }

    /// The first answer, when the same document was published before.
    /// - Throws: `DispatchRefusal.otherContent` when the identifier stands for something else.
    func repetition(of command: PublishDocument, _ digest: [UInt8], _ sender: Client.ID) throws
        -> PublishedDocument?
    {
        guard
            let (known, knownDigest) = try document(master: command.masterIdentifier, sentBy: sender)
        else { return nil }
        guard knownDigest == digest else { throw DispatchRefusal.otherContent }
        let delivered = try dispatches(of: known.id, at: known.publishedAt)
        let others = command.recipients.filter { gln in !delivered.contains { $0.gln == gln } }
        return PublishedDocument(
            document: known, dispatches: delivered, refused: try refusals(of: others, known),
            isRepetition: true)
    }

    /// Why these recipients did not get a document when it was published: from the trail, because the rules
    /// may decide otherwise today.
    private func refusals(of recipients: [GLN], _ document: Document) throws
        -> [(gln: GLN, refusal: DispatchRefusal)]
    {
        guard !recipients.isEmpty else { return [] }
        let told = try accesses(toObject: document.id.rawValue, limit: 20_000)
            .compactMap { AuditEntry.refusal(in: $0.record) }
        return recipients.compactMap { gln in told.first { $0.gln == gln } }
    }
}
