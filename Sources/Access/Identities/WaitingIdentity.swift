import Storage

/// An identity that waits for the portal team, as one of the team sees it.
public struct WaitingIdentity: Sendable {
    /// What keeps the one who looks from agreeing.
    public enum Hurdle: Sendable {
        case ownAccount
        /// Two people decide, and he was the first.
        case ownProposal
        /// Nobody has entered the number of the person behind his account (ADR 0022).
        case personUnknown
        /// The identity claims another GLN than the account's.
        case otherGLN
    }

    public let identity: LinkedIdentity
    /// Whose account it would open.
    public let owner: Account?
    /// Who takes it for the owner's; nil while nobody does.
    public let proposerName: String?
    public let hurdle: Hurdle?
}

extension Transaction {
    /// Who has proposed to let a waiting identity in. It counts for a day, and as long as that person is of the team and
    /// can be told from others.
    func proposer(of linked: LinkedIdentity, at now: Timestamp) throws -> Account? {
        guard let person = linked.proposedBy, let since = linked.proposedAt, since.adding(hours: 24) > now,
            let account = try self.account(person), account.state == .active, account.role == .portalAdmin,
            try personNumber(of: person) != nil
        else { return nil }
        return account
    }

    func hurdle(
        of linked: LinkedIdentity, proposer: Account.ID?, known: GLNLookup, _ person: Account.ID
    ) throws -> WaitingIdentity.Hurdle? {
        guard let owner = linked.accountID, try known.owner(of: linked.gln, in: self) == owner else {
            return .otherGLN
        }
        if try isSamePerson(owner, person) { return .ownAccount }
        // without a number nobody can tell whether two accounts are two people
        guard try personNumber(of: person) != nil else { return .personUnknown }
        if let proposer, try isSamePerson(proposer, person) { return .ownProposal }
        return nil
    }
}
