public import Access
import Directory
import Storage

/// What the applicant sees of his own request.
public struct FollowedRequest: Sendable {
    public let request: AccountRequest
    public let appointment: Appointment?
    public let sites: [OfferedSite]
    /// Copies of the identity document that were received and not destroyed.
    public let copies: Int
    /// Whether another copy is taken.
    public let takesCopies: Bool
    /// When the identity was checked.
    public let verifiedAt: Timestamp?
    /// Nil unless codes should go by e-mail to an address that is not known to be secured.
    public let mailDoubt: MailDoubt?
}

/// Why codes may not go to an address yet (D11).
public enum MailDoubt: Sendable, Equatable {
    /// The domain is known not to be secured by HIN.
    case notSecured
    /// Nobody has said anything about it: the portal team is asked.
    case unknown
}

extension EnrolmentActions {
    /// The applicant's own page. Reading it changes nothing.
    /// - Throws: `EnrolmentRefusal.notFound`, `.linkExpired` ninety days after the end of the case.
    public func follow(_ token: String) async throws -> FollowedRequest {
        let now = clock.now()
        return try await database.read { transaction in
            let request = try self.request(of: token, in: transaction)
            if let decided = request.decidedAt, decided.adding(days: self.rules.requestDays) < now {
                throw EnrolmentRefusal.linkExpired
            }
            let copies = try transaction.copies(of: request.id).filter { $0.destroyedAt == nil }.count
            return FollowedRequest(
                request: request, appointment: try transaction.appointment(of: request.id),
                sites: request.state == .requested ? try self.offeredSites(in: transaction, at: now) : [],
                copies: copies,
                takesCopies: self.rules.keepsIdentityCopies && request.state == .requested
                    && copies < EnrolmentLimits.copiesPerRequest,
                verifiedAt: try transaction.proof(of: request.id)?.recordedAt,
                mailDoubt: try transaction.mailDoubt(of: request.declared))
        }
    }

    /// Has codes sent by SMS after all, or by e-mail.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`, `.landline` for SMS.
    public func choose(_ channel: Account.CodeChannel, _ token: String, origin: RequestOrigin) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let request = try self.request(of: token, in: transaction)
            if channel == .sms, request.declared.mobile.isSwissLandline { throw EnrolmentRefusal.landline }
            guard try transaction.setChannel(channel, of: request) else { throw EnrolmentRefusal.wrongState }
            try transaction.record(
                AuditEntry(
                    .requestChanged, object: request.auditObject, detail: "codeChannel=\(channel.rawValue)"),
                by: .anonymous(origin), at: now)
        }
    }

    /// Takes a request back, at the applicant's wish. Copies of documents are destroyed within the hour.
    /// - Throws: `EnrolmentRefusal.notFound`, `.wrongState`.
    public func withdraw(_ token: String, origin: RequestOrigin) async throws {
        let now = clock.now()
        try await database.write { transaction in
            let request = try self.request(of: token, in: transaction)
            guard try transaction.end(request, .withdrawn, reason: "", at: now) else {
                throw EnrolmentRefusal.wrongState
            }
            try transaction.freeSlot(of: request.id)
            try transaction.withdrawActs(.activateAccount, on: request.id.rawValue, at: now)
            try transaction.closeIdentity(ofRequest: request.id.rawValue, isRefused: false, at: now)
            try transaction.record(
                AuditEntry(.requestChanged, object: request.auditObject, detail: "withdrawn"),
                by: .anonymous(origin), at: now)
        }
    }

    /// What the sign-in must know of people who have asked for an account and have none yet.
    public var pendingRequests: PendingRequestLookup {
        PendingRequestLookup { [self] email, transaction in
            try transaction.pendingPassword(email: email).map {
                PendingRequest(passwordHash: $0.hash, link: linkToken(of: $0.id))
            }
        }
    }

    func request(of token: String, in transaction: any Transaction) throws -> AccountRequest {
        guard token.utf8.count == 64, let request = try transaction.request(tokenHash: tokenHash(token))
        else {
            throw EnrolmentRefusal.notFound
        }
        return request
    }
}

extension Transaction {
    /// Whether codes by e-mail may not go there.
    func mailDoubt(of person: DeclaredPerson) throws -> MailDoubt? {
        guard person.codeChannel == .email else { return nil }
        guard let domain = try mailDomain(EmailAddress.domain(of: person.email)) else { return .unknown }
        return domain.isSecured ? nil : .notSecured
    }
}
