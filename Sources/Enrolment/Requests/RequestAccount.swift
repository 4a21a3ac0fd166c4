public import Access
public import Directory
import Storage

/// What the applicant gets for a request.
public struct RequestReceipt: Sendable {
    /// Opens the page on which the request is followed.
    public let token: String
}

extension EnrolmentActions {
    /// Takes a request. Whoever asks, with whatever address, gets the same answer after the same work: a person whose
    /// address has an account learns it by mail, and nobody else does (S7, AUT-11).
    /// - Throws: `RequestMistakes`, `EnrolmentRefusal.tooMany`, `AccessRefusal.tooMuchAtOnce`.
    public func requestAccount(_ form: RequestForm, origin: RequestOrigin) async throws -> RequestReceipt {
        let closed = try await database.read { try $0.closedProfessions() }
        let person = try RequestRules.check(form, country: rules.countryCode, closed: closed).get()
        let now = clock.now()
        let hash = try await access.hashed(form.password)
        let id = AccountRequest.ID(rawValue: RandomText.identifier())
        let token = linkToken(of: id)
        let isTaken = try await database.write { transaction -> Bool in
            guard try self.isWithinLimits(person.email, origin, in: transaction, at: now) else {
                return false
            }
            try transaction.insert(
                id, person, tokenHash: self.tokenHash(token), passwordHash: hash, at: now)
            try self.acknowledge(id, of: person, origin, in: transaction, at: now)
            return true
        }
        guard isTaken else { throw try await tooMany(from: origin) }
        return RequestReceipt(token: token)
    }

    /// Tells the address, puts its domain before the portal team, and records the request that was taken.
    func acknowledge(
        _ id: AccountRequest.ID, of person: DeclaredPerson, _ origin: RequestOrigin, detail: String? = nil,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        let known = try transaction.account(email: person.email)
        try askForDomain(of: person.email, by: id.rawValue, in: transaction, at: now)
        try send(
            known == nil ? .received : .accountExists, to: person.email,
            path: known == nil ? followPath(id) : "/connexion", in: transaction, at: now)
        try transaction.record(
            AuditEntry(
                .accountRequested, object: AuditObject(kind: "accountRequest", id: id.rawValue),
                detail: detail), by: .anonymous(origin), at: now)
    }

    /// The refusal of who asks too often, recorded.
    func tooMany(from origin: RequestOrigin) async throws -> EnrolmentRefusal {
        let refusal = EnrolmentRefusal.tooMany
        try await access.recordRepeatedRefusal(
            AuditEntry(.accountRequested, .refused, rule: refusal.rule), session: nil, origin: origin)
        return refusal
    }

    /// Professions to which the institution opens no accounts (D45).
    public func closedProfessions() async throws -> Set<Profession> {
        try await database.read { try $0.closedProfessions() }
    }

    /// Counts, and says whether this network and this address may still ask.
    func isWithinLimits(
        _ email: String, _ origin: RequestOrigin, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        let network = NetworkAddress.network(of: origin.address)
        let address = Self.hex(hash("address", email).prefix(16))
        let isFew = try transaction.count(
            "request-from \(network)", per: 3_600_000, limit: rules.requestsPerNetworkPerHour, at: now)
        let isFresh = try transaction.count(
            "request-for \(address)", per: 86_400_000, limit: rules.requestsPerAddressPerDay, at: now)
        return isFew && isFresh
    }

    /// Puts the domain of an address before the portal team, if nobody has said anything about it yet (5.5).
    func askForDomain(of email: String, by asker: String, in transaction: any Transaction, at now: Timestamp)
        throws
    {
        let domain = EmailAddress.domain(of: email)
        guard try transaction.mailDomain(domain) == nil else { return }
        try transaction.askForDomain(domain, by: asker, at: now)
    }
}
