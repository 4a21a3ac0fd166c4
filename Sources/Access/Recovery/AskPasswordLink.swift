import Foundation
import Storage
import Vault

/// What an outbox job of a forgotten password carries, sealed. It is written whether the address has an account or not:
/// the page does the same work for all, and only the worker looks.
public struct PasswordLinkJob: Codable, Sendable {
    public let email: String

    public static let outboxKind = "passwordLink"
}

/// What the page of the forgotten password can answer.
public enum PasswordLinkAnswer: Sendable, Equatable {
    /// The same for known and unknown addresses, also when the address was asked for too often.
    case taken
    /// Too many from this network.
    case wait(until: Timestamp)
}

extension AccessActions {
    /// Minutes for which a link opens.
    public static var linkMinutes: Int { 60 }
    static var linksPerAddressPerHour: Int { 3 }
    static var linksPerNetworkPerHour: Int { 30 }
    private static var hour: Int64 { 3_600_000 }

    /// Somebody has forgotten the password of an address.
    /// - Throws: `AccessRefusal.email`.
    public func askPasswordLink(email typed: String, origin: RequestOrigin) async throws
        -> PasswordLinkAnswer
    {
        guard let email = EmailAddress.normalised(typed) else { throw AccessRefusal.email }
        let now = clock.now()
        let network = NetworkAddress.network(of: origin.address)
        let address = Base64URL.encode(keyring.mac(.codes, Array("password-link \(email)".utf8)))
        let id = RandomText.identifier()
        let key = "password-link:\(id)"
        let payload = try keyring.seal(
            [UInt8](JSONEncoder().encode(PasswordLinkJob(email: email))), for: .outbox, context: key)
        return try await database.write { transaction in
            guard
                try transaction.count(
                    "password-link \(network)", per: Self.hour, limit: Self.linksPerNetworkPerHour, at: now)
            else {
                try transaction.recordRepeated(
                    AuditEntry(.passwordLinkAsked, .refused, rule: "passwordLink.network"),
                    of: network.isEmpty ? "-" : network, by: .anonymous(origin), at: now)
                return .wait(until: Timestamp(rawValue: now.rawValue - now.rawValue % Self.hour + Self.hour))
            }
            let isWithin = try transaction.count(
                "password-link \(address)", per: Self.hour, limit: Self.linksPerAddressPerHour, at: now)
            if isWithin {
                // a link that comes an hour late only confuses
                try transaction.enqueue(
                    PasswordLinkJob.outboxKind, key: key, payload: payload, id: id, at: now.rawValue,
                    due: now.rawValue, expires: now.adding(minutes: 30).rawValue)
            }
            try transaction.recordRepeated(
                AuditEntry(
                    .passwordLinkAsked, isWithin ? .success : .refused,
                    rule: isWithin ? nil : "passwordLink.address"),
                of: network.isEmpty ? "-" : network, by: .anonymous(origin), at: now)
            return .taken
        }
    }

    /// Makes the link of a job, which voids those before.
    /// - Returns: nil when the address has no account that may have one.
    public func makePasswordLink(for job: PasswordLinkJob) async throws -> (email: String, token: String)? {
        let now = clock.now()
        let token = RandomText.token()
        let actor = AuditActor.system(node: node)
        return try await database.write { transaction in
            guard let account = try transaction.account(email: job.email), account.state == .active,
                try transaction.passwordHash(of: account.id) != nil
            else { return nil }
            try transaction.insertPasswordLink(
                Self.tokenHash(token), of: account.id, at: now, expires: now.adding(minutes: Self.linkMinutes)
            )
            try transaction.record(
                AuditEntry(.passwordLinkSent, object: .account(account.id)), by: actor, at: now)
            return (account.email, token)
        }
    }
}
