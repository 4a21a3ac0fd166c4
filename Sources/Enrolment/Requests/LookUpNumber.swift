public import Access
public import Directory
import Storage

extension EnrolmentActions {
    /// What the registers say of a GLN, for somebody who asks for an account and wants to see whether he has typed his own
    /// («Est-ce vous ?», ui.md 4.2). It is public in the registers themselves; so many look-ups as a practice needs are
    /// answered, not a whole register. It says nothing about accounts.
    /// - Returns: nil when no register has the number.
    /// - Throws: `RequestMistakes` when it is no GLN, `EnrolmentRefusal.tooMany`.
    public func lookUp(_ typed: String, origin: RequestOrigin) async throws -> RegisterEntry? {
        let identifier: ProfessionalIdentifier
        switch ProfessionalIdentifier.parse(.gln, typed) {
        case .success(let found): identifier = found
        case .failure(let mistake): throw RequestMistakes([.identifier(mistake)])
        }
        guard let gln = identifier.gln else { throw RequestMistakes([.identifier(.checkDigit)]) }
        let now = clock.now()
        let network = NetworkAddress.network(of: origin.address)
        let entries = try await database.write { transaction -> [RegisterEntry]? in
            guard
                try transaction.count(
                    "look-up-from \(network)", per: 3_600_000, limit: self.rules.lookUpsPerNetworkPerHour,
                    at: now)
            else { return nil }
            try transaction.record(
                AuditEntry(.registerRead, object: AuditObject(kind: "gln", id: gln.rawValue)),
                by: .anonymous(origin), at: now)
            return try transaction.registerEntries(gln: gln)
        }
        guard let entries else {
            try await access.recordRepeatedRefusal(
                AuditEntry(.registerRead, .refused, rule: EnrolmentRefusal.tooMany.rule), session: nil,
                origin: origin)
            throw EnrolmentRefusal.tooMany
        }
        return entries.first { $0.licence == .valid } ?? entries.first
    }
}
