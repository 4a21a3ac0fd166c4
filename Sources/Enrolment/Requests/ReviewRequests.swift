public import Access
public import Directory
import Storage

/// One line of the queue.
public struct QueuedRequest: Sendable {
    public let request: AccountRequest
    public let appointment: Appointment?
    /// What the registers say of the number.
    public let register: RegisterResult
    /// Whether an account has this address or this number.
    public let isDuplicate: Bool
    /// Waits for a second person, until then.
    public let proposalEndsAt: Timestamp?
}

/// One page of the queue.
public struct RequestQueue: Sendable {
    public let rows: [QueuedRequest]
    /// Of all pages.
    public let count: Int
    /// Where the next page begins; nil at the end.
    public let next: AccountRequest.ID?
}

/// A case as the one who checks identities sees it.
public struct ReviewedRequest: Sendable {
    public let request: AccountRequest
    public let appointment: Appointment?
    public let register: RegisterComparison
    public let mailDoubt: MailDoubt?
    public let copies: [IdentityCopy]
    public let proof: IdentityProof?
    /// With which it was asked for, if it was.
    public let identity: LinkedIdentity?
    /// The last control SMS.
    public let controlCode: ControlCode?
    /// Accounts and other open requests with the same address or number.
    public let holdsAddress: Bool
    public let holdsIdentifier: Bool
    public let siblings: [AccountRequest]
    /// The activation that waits for a second person.
    public let proposal: FourEyesAct?
    /// The proposal is no longer what it was made on.
    public let isProposalStale: Bool
    public let proposerName: String
    public let provedBy: String
    /// Who approved it, once somebody has.
    public let approverName: String
}

extension EnrolmentActions {
    /// The queue of requests, the oldest first.
    /// - Parameters:
    ///   - states: which; all open ones by default.
    ///   - after: where the page begins: the last request of the page before.
    public func listRequests(
        in states: [AccountRequest.State] = [.requested, .identityVerified], after: AccountRequest.ID? = nil,
        _ holder: Holder
    ) async throws -> RequestQueue {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            let last = try after.flatMap { try transaction.request($0) }
            let limit = EnrolmentLimits.rowsPerPage
            let found = try transaction.requests(
                in: states, after: last.map { ($0.createdAt, $0.id) }, limit: limit + 1)
            let rows = try found.prefix(limit).map { request in
                let person = request.declared
                let holdsAddress = try transaction.account(email: person.email) != nil
                let holdsNumber = try transaction.account(of: person.identifier) != nil
                return QueuedRequest(
                    request: request, appointment: try transaction.appointment(of: request.id),
                    register: try self.compare(person, in: transaction).result,
                    isDuplicate: request.state.isOpen && (holdsAddress || holdsNumber),
                    proposalEndsAt: try transaction.openAct(
                        .activateAccount, on: request.id.rawValue, at: now)?.expiresAt)
            }
            return RequestQueue(
                rows: rows, count: try transaction.countRequests(in: states),
                next: found.count > limit ? rows.last?.request.id : nil)
        }
    }

    /// One case. Looking at it is an event: it holds what somebody has told the portal alone.
    /// - Throws: `EnrolmentRefusal.notFound`.
    public func review(_ id: AccountRequest.ID, _ holder: Holder) async throws -> ReviewedRequest {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: Self.registrars, at: now)
            guard let request = try transaction.request(id) else { throw EnrolmentRefusal.notFound }
            try transaction.record(
                AuditEntry(.requestRead, object: request.auditObject), by: .person(holder), at: now)
            return try self.reviewed(request, in: transaction, at: now)
        }
    }

    private func reviewed(_ request: AccountRequest, in transaction: any Transaction, at now: Timestamp)
        throws
        -> ReviewedRequest
    {
        let person = request.declared
        let proof = try transaction.proof(of: request.id)
        let proposal = try transaction.openAct(.activateAccount, on: request.id.rawValue, at: now)
        let approved = try transaction.approvedAct(.activateAccount, on: request.id.rawValue)
        let numberOf = try transaction.account(of: person.identifier)
        let holderOf = try transaction.account(email: person.email)
        let identity = try transaction.linkedIdentity(ofRequest: request.id.rawValue)
        let parameters = proof.map { ActivationParameters(request, $0, identity).text }
        return ReviewedRequest(
            request: request, appointment: try transaction.appointment(of: request.id),
            register: try compare(person, in: transaction), mailDoubt: try transaction.mailDoubt(of: person),
            copies: try transaction.copies(of: request.id), proof: proof, identity: identity,
            controlCode: try transaction.lastControlCode(of: request.id),
            holdsAddress: holderOf != nil && holderOf?.id != request.accountID,
            holdsIdentifier: numberOf != nil && numberOf != request.accountID,
            siblings: request.state.isOpen ? try transaction.siblings(of: request) : [], proposal: proposal,
            isProposalStale: proposal.map { $0.parameters != parameters } ?? false,
            proposerName: try name(of: proposal?.proposedBy ?? approved?.proposedBy, in: transaction),
            provedBy: try name(of: proof?.recordedBy, in: transaction),
            approverName: try name(of: approved?.approvedBy, in: transaction))
    }

    func name(of id: Account.ID?, in transaction: any Transaction) throws -> String {
        guard let id else { return "" }
        return try transaction.account(id)?.displayName ?? ""
    }

    /// What the registers say beside what was declared.
    func compare(_ person: DeclaredPerson, in transaction: any Transaction) throws -> RegisterComparison {
        guard let gln = person.identifier.gln else { return RegisterComparison.notApplicable }
        return RegisterRules.compare(
            familyName: person.familyName, givenName: person.givenName, profession: person.profession,
            specialities: person.specialities, with: try transaction.registerEntries(gln: gln))
    }
}
