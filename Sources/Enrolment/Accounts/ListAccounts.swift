public import Access
public import Directory
import Storage

/// One line of the list of accounts.
public struct ListedAccount: Sendable {
    public let account: Account
    /// Digits, or empty.
    public let identifier: String
    public let practice: String
}

/// One page of a search for accounts.
public struct AccountList: Sendable {
    public let rows: [ListedAccount]
    /// Where the next page begins.
    public let next: Account.ID?
}

/// An account as the portal team sees it: who it is, how it signs in, how documents would reach it. Never what it has
/// received.
public struct AccountDetails: Sendable {
    public let account: Account
    public let identifier: ProfessionalIdentifier?
    public let practitioner: Practitioner?
    public let wantsScreening: Bool
    /// The request it came from.
    public let request: AccountRequest.ID?
    public let register: RegisterComparison
    /// Of somebody of the team.
    public let personNumber: String
    public let organisation: String
    /// Why the portal team changed its state, the newest first.
    public let reasons: [StateReason]
}

/// Why an account was put into a state.
public struct StateReason: Sendable {
    public let state: Account.State
    public let reason: String
    public let decidedBy: Account.ID
    public let decidedAt: Timestamp
}

extension EnrolmentActions {
    /// Accounts by name, address or number; the search is an event.
    /// - Parameter words: part of a name or of an address, or a whole GLN or RPPS; empty: all.
    public func listAccounts(
        _ words: String, state: Account.State?, after: Account.ID? = nil, _ holder: Holder
    ) async throws -> AccountList {
        let now = clock.now()
        let typed = PlainText.line(words)
        let limit = EnrolmentLimits.rowsPerPage
        return try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            if !typed.isEmpty {
                try transaction.record(AuditEntry(.accountSearched), by: .person(holder), at: now)
            }
            let last = try after.flatMap { try transaction.account($0) }
            let rows = try transaction.accounts(matching: typed, state: state, after: last, limit: limit + 1)
            return AccountList(
                rows: Array(rows.prefix(limit)), next: rows.count > limit ? rows[limit - 1].account.id : nil)
        }
    }

    /// One account. Looking at it is an event.
    /// - Throws: `EnrolmentRefusal.notFound`.
    public func account(_ id: Account.ID, _ holder: Holder) async throws -> AccountDetails {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: Self.administrators, at: now)
            guard let account = try transaction.account(id) else { throw EnrolmentRefusal.notFound }
            try transaction.record(
                AuditEntry(.accountRead, object: .account(id)), by: .person(holder), at: now)
            let practitioner = try transaction.recipient(account: id)?.practitioner
            let entries = try practitioner?.gln.map { try transaction.registerEntries(gln: $0) } ?? []
            let member = try transaction.teamMember(id)
            return AccountDetails(
                account: account, identifier: try transaction.professionalIdentifier(of: id),
                practitioner: practitioner, wantsScreening: try transaction.wantsScreening(id),
                request: try transaction.request(ofAccount: id)?.id,
                register: practitioner?.gln == nil
                    ? .notApplicable
                    : RegisterRules.compare(
                        familyName: account.familyName, givenName: account.givenName,
                        profession: try transaction.profession(of: id) ?? .other, specialities: "",
                        with: entries),
                personNumber: member?.personNumber ?? "", organisation: member?.organisation ?? "",
                reasons: try transaction.reasons(of: id, limit: 50))
        }
    }

    /// Suspends, reactivates or closes an account (D33). Its sessions end in the same transaction; its holder is told.
    /// - Parameter reason: kept in the trail's own table of reasons; required.
    /// - Throws: `EnrolmentRefusal.notFound`, `.incomplete`, `.wrongState`, `.samePerson` for one's own account.
    public func changeState(of id: Account.ID, to state: Account.State, reason: String, _ holder: Holder)
        async throws
    {
        let now = clock.now()
        let words = PlainText.note(reason, limit: 500)
        try await traced(.accountStateChanged, .account(id), holder) {
            try await database.write { transaction in
                try transaction.confirm(holder, as: Self.administrators, at: now)
                guard let account = try transaction.account(id) else { throw EnrolmentRefusal.notFound }
                guard id != holder.accountID else { throw EnrolmentRefusal.samePerson }
                guard !words.isEmpty else { throw EnrolmentRefusal.incomplete }
                guard let notice = Self.notice(from: account.state, to: state),
                    try transaction.changeState(of: account, to: state, at: now)
                else { throw EnrolmentRefusal.wrongState }
                if state == .closed { try transaction.voidConfirmations(of: id, at: now) }
                try transaction.insertReason(words, of: id, state: state, by: holder.accountID, at: now)
                try transaction.notify(account, notice, self.keyring, at: now)
                try transaction.record(
                    AuditEntry(.accountStateChanged, object: .account(id), detail: state.rawValue),
                    by: .person(holder), at: now)
            }
        }
    }

    /// Which changes there are, and what the holder is told.
    private static func notice(from old: Account.State, to new: Account.State) -> AccountNotice? {
        switch (old, new) {
        case (.active, .suspended): .accountSuspended
        case (.suspended, .active), (.expired, .active): .accountReactivated
        case (.active, .closed), (.suspended, .closed), (.expired, .closed), (.emailUnconfirmed, .closed):
            .accountClosed
        default: nil
        }
    }
}
