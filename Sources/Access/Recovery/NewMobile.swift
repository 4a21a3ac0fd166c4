public import Storage
import Vault

/// A number that is to become a factor.
public struct NewMobile: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }
    let id: ID
    let accountID: Account.ID
    let mobile: String
    let codeHash: [UInt8]
    let begunBy: Account.ID

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        accountID = try row.get("account_id")
        mobile = try row.get("mobile")
        codeHash = try row.get("code_hash")
        begunBy = try row.get("begun_by")
    }
}

/// A number becomes a factor once a code that was sent to it has been typed, and never by that alone (D34, AUT-10):
/// either the registrar sees the person in front of her, whose factors two of the team have taken away before, or the
/// holder has just proved himself by an app or a passkey.
extension AccessActions {
    /// Sends a code to the number.
    /// - Parameter mobile: E.164.
    /// - Throws: `FactorRefusal.mobile`, `.stepUp`, `.strongFactorNeeded`, `.alreadyEnrolled` when the account of
    ///   another still has a number, `.tooManyTries`.
    public func beginNewMobile(of id: Account.ID, _ mobile: String, by holder: Holder) async throws
        -> NewMobile.ID
    {
        let digits = mobile.utf8.dropFirst()
        guard mobile.utf8.first == UInt8(ascii: "+"), (8...15).contains(digits.count),
            digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw FactorRefusal.mobile }
        let now = clock.now()
        let number = NewMobile.ID(rawValue: RandomText.identifier())
        let code = RandomText.sixDigits()
        try await database.write { transaction in
            try self.confirmMayChange(id, holder, in: transaction, at: now)
            guard
                try transaction.count(
                    "new-mobile \(id.rawValue)", per: 3_600_000, limit: self.rules.codesPerHour, at: now),
                try self.countText(to: mobile, perHour: self.rules.smsPerHour, in: transaction, at: now)
            else { throw FactorRefusal.tooManyTries }
            try transaction.insertNewMobile(
                number, mobile, of: id, hash: self.codeHash(code, number.rawValue), by: holder.accountID,
                at: now, expires: now.adding(minutes: self.rules.codeMinutes))
            try self.enqueue(
                CodeMessage(channel: .sms, to: mobile, code: code), id: number.rawValue, in: transaction,
                at: now)
            try transaction.record(
                AuditEntry(.codeSent, object: .account(id), detail: "newMobile"), by: .person(holder),
                at: now)
        }
        return number
    }

    /// The code that was sent to the number: from now on it is the account's, and codes go there. All sessions of the
    /// account end, but that of the holder who changes his own.
    /// - Throws: `FactorRefusal.wrongCode`, `.nothingBegun` when it is too old or five tries were wrong.
    /// - Returns: the new token of this session, where it is the holder's own number.
    public func confirmNewMobile(_ number: NewMobile.ID, code typed: String, by holder: Holder) async throws
        -> String?
    {
        let now = clock.now()
        let tokens = FreshTokens()
        let digits = Self.digits(typed)
        let isRight = try await database.write { transaction -> Bool in
            try transaction.confirm(holder, at: now)
            guard
                let new = try transaction.countNewMobileTry(
                    number, by: holder.accountID, limit: self.rules.triesPerCode, at: now),
                let account = try transaction.account(new.accountID)
            else { throw FactorRefusal.nothingBegun }
            try self.confirmMayChange(new.accountID, holder, in: transaction, at: now)
            guard self.codeHash(digits, number.rawValue).isEqualInConstantTime(to: new.codeHash),
                try transaction.confirmNewMobile(number, at: now)
            else { return false }
            try transaction.notifyByText(
                account, .mobileChanged, perHour: self.rules.smsPerHour, self.keyring, at: now)
            try transaction.setMobile(new.mobile, of: account.id)
            if account.id == holder.accountID {
                try self.settle(
                    .mobileChanged, "own", .mobileChanged, holder, tokens, in: transaction, at: now)
            } else {
                try transaction.endSessions(of: account.id, except: nil, at: now)
                try transaction.notify(account, .mobileChanged, self.keyring, at: now)
                try transaction.record(
                    AuditEntry(.mobileChanged, object: .account(account.id), detail: "proofed"),
                    by: .person(holder), at: now)
            }
            return true
        }
        guard isRight else { try await refuseFactor(.wrongCode, .mobileChanged, holder) }
        return try await database.read { try $0.newMobileOwner(number) } == holder.accountID
            ? tokens.session : nil
    }

    /// Whether the holder may change his own number now.
    /// - Throws: `FactorRefusal.stepUp`.
    public func mayChangeOwnMobile(_ holder: Holder) async throws -> Bool {
        let now = clock.now()
        do {
            try await database.read { try $0.confirmStrong(holder, at: now) }
            return true
        } catch FactorRefusal.strongFactorNeeded { return false }
    }

    /// One's own number that waits for its code, masked; nil when none does.
    public func ownNewMobile(_ holder: Holder) async throws -> (id: NewMobile.ID, target: String)? {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, at: now)
            return try transaction.begunMobile(of: holder.accountID, by: holder.accountID, at: now).map {
                ($0.id, SignInRules.masked(mobile: $0.mobile))
            }
        }
    }

    /// One's own with a strong factor; another's as one of the team, where there is none: taking one away takes two.
    private func confirmMayChange(
        _ id: Account.ID, _ holder: Holder, in transaction: any Transaction, at now: Timestamp
    ) throws {
        if id == holder.accountID { return try transaction.confirmStrong(holder, at: now) }
        try transaction.confirm(holder, as: Self.proofers, at: now)
        guard let account = try transaction.account(id) else { throw FactorRefusal.notFound }
        guard account.mobile == nil else { throw FactorRefusal.alreadyEnrolled }
    }
}
