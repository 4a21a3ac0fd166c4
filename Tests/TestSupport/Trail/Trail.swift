package import Access
import Demo
import Foundation
import Storage
import Vault

extension TestPortal {
    /// The names of all events, in order.
    package func events() async throws -> [String] {
        let collected = Collected()
        try await access.exportAudit(from: 0) { event, _ in collected.add(event.record.event) }
        return collected.texts
    }

    /// All events, in order.
    package func trail() async throws -> [AuditRecord] {
        let collected = CollectedRecords()
        try await access.exportAudit(from: 0) { event, _ in collected.add(event.record) }
        return collected.records
    }

    /// The rules that refused something, in order.
    package func refusals() async throws -> [String] {
        let collected = Collected()
        try await access.exportAudit(from: 0) { event, _ in
            if event.record.outcome == "refused", let rule = event.record.rule { collected.add(rule) }
        }
        return collected.texts
    }

    /// What holders of accounts are told by mail, in order; waiting in the outbox.
    package func accountNotices() async throws -> [String] {
        let jobs = try await database.read { transaction in
            try transaction.query(
                "SELECT idempotency_key, payload FROM outbox WHERE kind = 'accountNotice' ORDER BY created_at"
            ).map {
                (try $0.get("idempotency_key", as: String.self), try $0.get("payload", as: [UInt8].self))
            }
        }
        return try jobs.map { key, payload in
            let plain = try keyring.open(payload, for: .outbox, context: key)
            return try JSONDecoder().decode(AccountNoticeJob.self, from: Data(plain)).notice.rawValue
        }
    }

    /// A bearer token of the record system.
    package func recordSystemToken() async throws -> String {
        guard let client = try await access.client(DemoHospital.clientID) else {
            throw TestFailure("no client")
        }
        let issued = try await access.issueToken(
            to: client, asking: client.scopes, assertion: nil, origin: .system(node: "test"))
        guard let issued else { throw TestFailure("no token") }
        return issued.token
    }
}

/// Texts gathered by a closure; used by one task at a time.
private final class Collected: @unchecked Sendable {
    private(set) var texts: [String] = []
    func add(_ text: String) { texts.append(text) }
}

/// Events gathered by a closure; used by one task at a time.
private final class CollectedRecords: @unchecked Sendable {
    private(set) var records: [AuditRecord] = []
    func add(_ record: AuditRecord) { records.append(record) }
}
