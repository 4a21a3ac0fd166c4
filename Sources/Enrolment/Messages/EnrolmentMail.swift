import Access
import Foundation
import Storage
import Vault

/// What somebody is told who has no account yet, or whose account is not active yet. The words are in
/// `Delivery/Texts/EnrolmentTexts.swift`.
public enum EnrolmentMail: String, Codable, Sendable, CaseIterable {
    /// The request has arrived; with the link to follow it.
    case received
    /// Somebody asked for an account with this address, which has one.
    case accountExists
    case appointmentFixed
    case appointmentMissed
    case complementAsked
    case refused
    /// Nobody decided in time, or the applicant did not come.
    case expired
    /// Decided by two people: the address is to be confirmed.
    case activated
    /// The same for somebody of the team, who chooses a password too.
    case staffInvited
    /// The account is active.
    case confirmed
}

/// What an `enrolmentMail` job carries, sealed.
public struct EnrolmentMailJob: Codable, Sendable {
    public let to: String
    public let mail: EnrolmentMail
    /// Where its link leads within the portal.
    public let path: String
    /// The appointment, UTC milliseconds.
    public let moment: Int64?

    public static let outboxKind = "enrolmentMail"
}

/// What a `controlCode` job carries, sealed: the control SMS.
public struct ControlCodeJob: Codable, Sendable {
    /// E.164.
    public let to: String
    public let code: String

    public static let outboxKind = "controlCode"
}

extension EnrolmentActions {
    /// Puts a mail into the outbox, in the transaction of what it tells. Tried for 72 hours.
    func send(
        _ mail: EnrolmentMail, to address: String, path: String, moment: Timestamp? = nil,
        in transaction: any Transaction, at now: Timestamp
    ) throws {
        let id = RandomText.identifier()
        let key = "enrolment-mail:\(id)"
        let job = EnrolmentMailJob(to: address, mail: mail, path: path, moment: moment?.rawValue)
        try transaction.enqueue(
            EnrolmentMailJob.outboxKind, key: key,
            payload: keyring.seal([UInt8](JSONEncoder().encode(job)), for: .outbox, context: key), id: id,
            at: now.rawValue, due: now.rawValue, expires: now.adding(hours: 72).rawValue)
    }

    /// The applicant's page.
    func followPath(_ request: AccountRequest.ID) -> String {
        "/creer-un-compte/suivi/\(linkToken(of: request))"
    }
}
