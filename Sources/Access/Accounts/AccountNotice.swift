import Foundation
public import Storage
public import Vault

/// What the holder of an account is told by mail about his own account. The words are in
/// `Delivery/Texts/AccountNoticeTexts.swift`; none names a patient, a document or another person.
public enum AccountNotice: String, Codable, Sendable, CaseIterable {
    /// To the delegate: a professional offers a delegation.
    case delegationOffered
    /// To the principal: the delegate has accepted; the portal team looks at it, if it must.
    case delegationAccepted
    /// To both: it is in force.
    case delegationConfirmed
    /// To both: refused, ended, or drawn back.
    case delegationEnded
    /// To the principal, on Mondays: things were done in his name.
    case delegationDigest
    /// Another mail for notices or for documents: if it was not the holder, he learns it at his sign-in address.
    case profileMailChanged
    /// The portal team agreed to another name, or not.
    case nameChangeApproved, nameChangeRefused
    /// The password was changed by who knew the one before; or by a link.
    case passwordChanged, passwordReset
    /// An app, a passkey.
    case factorAdded, factorRemoved
    case recoveryCodesMade, recoveryCodeUsed
    /// The portal team prepares to take the second factors away: the holder can stop it.
    case factorResetAsked
    case factorsReset
    case mobileChanged
    /// The SIM card of the number was exchanged lately: no codes go there for a while.
    case simChanged
    /// An identity from outside, unknown here, claims the holder's GLN.
    case identityWaiting
    /// An identity from outside opens the account from now on.
    case identityLinked
    /// A program reads his documents from now on.
    case softwareAdded
    /// A program that wants to be called did not answer for days: it is not called any more.
    case softwareUnreachable
    /// To both people: an act of two was decided.
    case fourEyesExecuted
    /// A document did not reach the secured mailbox; it is in the portal.
    case documentMailReturned
    case accountSuspended
    case accountReactivated
    case accountClosed
    /// The hospital took back a document of which he had been told.
    case documentWithdrawn
    /// The hospital corrected a document of which he had been told, and the correction is not for him.
    case documentReplaced
    /// The same of a document that went to his secured mailbox: the copy there has to go, too.
    case mailedDocumentWithdrawn, mailedDocumentReplaced
}

/// What an `accountNotice` job carries, sealed.
public struct AccountNoticeJob: Codable, Sendable {
    public let to: String
    public let notice: AccountNotice
    /// Where the link of the mail leads, within the portal; nil for the notice's own place.
    public let path: String?

    public static let outboxKind = "accountNotice"
    /// The kind of those that go to a telephone: `to` is its number.
    public static let textKind = "accountNoticeText"
}

extension Transaction {
    /// Puts a mail to the holder of an account into the outbox, in the transaction of what it tells. Tried for 72
    /// hours.
    /// - Parameters:
    ///   - key: makes it exactly one; nil for one each time.
    ///   - address: where it goes, if not to the mail with which one signs in.
    ///   - path: where its link leads, if not to the notice's own place.
    public func notify(
        _ account: Account, _ notice: AccountNotice, to address: String? = nil, path: String? = nil,
        key: String? = nil, _ keyring: Keyring, at now: Timestamp
    ) throws {
        let job = AccountNoticeJob(to: address ?? account.email, notice: notice, path: path)
        try enqueue(job, AccountNoticeJob.outboxKind, "account-notice", key: key, keyring, at: now)
    }

    /// The same in a few words to the telephone that the account has, or had until now: who took over the mailbox does
    /// not keep the holder from learning it (REC-1). Nothing where there is no number. Within the installation's
    /// budget of texts.
    func notifyByText(
        _ account: Account, _ notice: AccountNotice, perHour budget: Int, _ keyring: Keyring,
        at now: Timestamp
    ) throws {
        guard let mobile = account.mobile, try count("sms", per: 3_600_000, limit: budget, at: now) else {
            return
        }
        let job = AccountNoticeJob(to: mobile, notice: notice, path: nil)
        try enqueue(job, AccountNoticeJob.textKind, "account-text", key: nil, keyring, at: now)
    }

    private func enqueue(
        _ job: AccountNoticeJob, _ kind: String, _ prefix: String, key: String?, _ keyring: Keyring,
        at now: Timestamp
    ) throws {
        let id = RandomText.identifier()
        let key = "\(prefix):\(key ?? id)"
        try enqueue(
            kind, key: key,
            payload: keyring.seal([UInt8](JSONEncoder().encode(job)), for: .outbox, context: key), id: id,
            at: now.rawValue, due: now.rawValue, expires: now.adding(hours: 72).rawValue)
    }
}
