import Foundation
import Storage
import Vault

extension AccessActions {
    /// Ends a sign-in from outside: opens a session for the account to which this issuer and subject are linked, and
    /// to nobody else. An unknown subject is never linked here, not even with the same e-mail address; one that
    /// claims the GLN of an account raises an alarm and waits for the portal team (IDN-5).
    /// - Parameters:
    ///   - begun: what `takeIdentitySignIn` gave; the identity was proved for it.
    ///   - known: tells the account of a GLN.
    ///   - pending: the token of a sign-in that waits for its code in this browser: the new one ends it.
    /// - Throws: `IdentityRefusal.switchedOff`, `IdentityFailure.rejected`.
    public func signIn(
        _ identity: ForeignIdentity, _ begun: BegunIdentitySignIn, known: GLNLookup,
        replacing pending: String? = nil, origin: RequestOrigin
    ) async throws -> IdentityAnswer {
        let now = clock.now()
        guard identity.provider == begun.provider else { throw IdentityFailure.rejected(.issuer) }
        let visit = IdentityVisit(identity: identity, begun: begun, pending: pending, origin: origin)
        do { return try await finish(visit, known, at: now) } catch StorageError.unique {
            // the same identity came twice at once, and the other was faster: now it is known
            return try await finish(visit, known, at: now)
        }
    }

    private func finish(_ visit: IdentityVisit, _ known: GLNLookup, at now: Timestamp) async throws
        -> IdentityAnswer
    {
        let identity = visit.identity
        let answer = try await database.write { transaction -> IdentityAnswer? in
            guard try !transaction.isSwitchedOff(visit.begun.provider) else { return nil }
            guard identity.kind == .personal else {
                try self.refuse(visit, "identity.\(identity.kind.rawValue)", in: transaction, at: now)
                return .notPersonal(identity.kind)
            }
            if let linked = try transaction.linkedIdentity(issuer: identity.issuer, subject: identity.subject)
            {
                return try self.enter(linked, visit, in: transaction, at: now)
            }
            return try self.meet(visit, known, in: transaction, at: now)
        }
        guard let answer else { throw IdentityRefusal.switchedOff }
        return answer
    }

    /// An identity that is known here.
    private func enter(
        _ linked: LinkedIdentity, _ visit: IdentityVisit, in transaction: any Transaction, at now: Timestamp
    ) throws -> IdentityAnswer {
        switch linked.state {
        case .requested:
            try refuse(visit, "identity.requested", linked, in: transaction, at: now)
            return .requested
        case .waiting:
            if !linked.isSaid(by: visit.identity) {
                try transaction.restateIdentity(linked.id, visit.identity)
            }
            try refuse(visit, "identity.waiting", linked, in: transaction, at: now)
            return .waiting
        case .refused:
            try refuse(visit, "identity.refused", linked, in: transaction, at: now)
            return .refused
        case .active: break
        }
        // the provider gives the name to another professional now: whose account is it, and who is in it?
        if let gln = visit.identity.gln, !linked.gln.isEmpty, gln != linked.gln {
            try transaction.suspendIdentity(linked.id, claiming: visit.identity, at: now)
            if let account = linked.accountID {
                try transaction.endSessions(of: account, except: nil, at: now)
            }
            try alarm(linked.id, "identity.otherGLN", visit, of: linked.accountID, in: transaction, at: now)
            return .waiting
        }
        guard let account = try linked.accountID.flatMap({ try transaction.account($0) }) else {
            return .refused
        }
        guard account.state == .active else {
            try refuse(visit, "signIn.notActive", linked, in: transaction, at: now)
            return .notActive(account.state)
        }
        guard account.role != .registrar, account.role != .portalAdmin else {
            try refuse(visit, "identity.role", linked, in: transaction, at: now)
            return .roleNotAllowed
        }
        try transaction.noteUse(of: linked.id, level: visit.identity.level, at: now)
        return try open(account, linked, visit, in: transaction, at: now)
    }

    /// Somebody of whom nothing is known but a GLN perhaps.
    private func meet(
        _ visit: IdentityVisit, _ known: GLNLookup, in transaction: any Transaction, at now: Timestamp
    ) throws -> IdentityAnswer {
        if let gln = visit.identity.gln {
            if let owner = try known.owner(of: gln, in: transaction) {
                let id = LinkedIdentity.ID(rawValue: RandomText.identifier())
                try transaction.insert(
                    id, visit.identity, .waiting, account: owner, request: nil, by: nil, at: now)
                try alarm(id, "identity.newSubject", visit, of: owner, in: transaction, at: now)
                return .waiting
            }
        }
        let sealed = try keyring.seal(
            [UInt8](JSONEncoder().encode(visit.identity)), for: .identities, context: "held \(visit.begun.id)"
        )
        try transaction.hold(sealed, in: visit.begun.id, until: now.adding(minutes: Self.identityMinutes))
        try refuse(visit, "identity.unknown", in: transaction, at: now)
        return .unknown(visit.identity)
    }

    private func open(
        _ account: Account, _ linked: LinkedIdentity, _ visit: IdentityVisit, in transaction: any Transaction,
        at now: Timestamp
    ) throws -> IdentityAnswer {
        let session = Session.ID(rawValue: RandomText.identifier())
        let token = RandomText.token()
        let proof = visit.begun.provider.rawValue
        var factor: SecondFactor?
        if rules.identitySecondFactor {
            factor = try self.factors(of: account, in: transaction).first
            guard factor != nil else {
                try refuse(visit, "signIn.noFactor", linked, in: transaction, at: now)
                return .noFactor
            }
        }
        if let pending = visit.pending {
            try endPending(pending, origin: visit.origin, in: transaction, at: now)
        }
        let end =
            factor == nil
            ? now.adding(hours: rules.sessionHours(for: account.role)) : now.adding(minutes: 15)
        try transaction.insertSession(
            session, tokenHash: Self.tokenHash(token), account.id, formToken: RandomText.token(),
            stage: factor == nil ? .signedIn : .codeExpected, authentication: proof, origin: visit.origin,
            at: now, expires: end)
        let entry = AuditEntry(
            .signInIdentity, object: .session(session), basis: linked.basis, detail: visit.detail)
        if let factor {
            try transaction.record(
                entry, by: .anonymous(visit.origin, claimed: account.id), at: now)
            try transaction.expect(factor, of: session)
            guard factor.channel != nil else { return .codeExpected(token: token, .notSent) }
            let sending = try send(
                RandomText.sixDigits(), by: factor, to: account, session: session, origin: visit.origin,
                in: transaction, at: now)
            return .codeExpected(token: token, sending)
        }
        try transaction.noteSignIn(of: account.id, at: now)
        let holder = Holder(
            account, session: session, authentication: proof, rules, origin: visit.origin)
        try transaction.record(entry, by: .person(holder), at: now)
        try transaction.enterOnlySpace(account, holder, at: now)
        return .signedIn(token: token, account)
    }

    private func refuse(
        _ visit: IdentityVisit, _ rule: String, _ linked: LinkedIdentity? = nil,
        in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        try transaction.record(
            AuditEntry(
                .signInIdentity, .refused, rule: rule, object: linked.map { .identity($0.id) },
                detail: visit.detail),
            by: .anonymous(visit.origin, claimed: linked?.accountID), at: now)
    }

    /// Somebody else may be after the account: the team sees the event, the holder gets a mail.
    private func alarm(
        _ id: LinkedIdentity.ID, _ rule: String, _ visit: IdentityVisit, of owner: Account.ID?,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        try transaction.record(
            AuditEntry(.identityAlarm, .refused, rule: rule, object: .identity(id), detail: visit.detail),
            by: .anonymous(visit.origin, claimed: owner), at: now)
        if let account = try owner.flatMap({ try transaction.account($0) }) {
            try transaction.notify(account, .identityWaiting, keyring, at: now)
        }
    }
}

/// One return of a browser with a proved identity.
private struct IdentityVisit {
    let identity: ForeignIdentity
    let begun: BegunIdentitySignIn
    let pending: String?
    let origin: RequestOrigin

    /// Codes only: no name, no subject.
    var detail: String { "\(begun.provider.rawValue) level=\(identity.level.rawValue)" }
}

extension LinkedIdentity {
    fileprivate var basis: String { "identity \(id.rawValue)" }
}
