public import Access
import Foundation
public import Storage

/// What an import said anew about somebody who has an account.
public struct RegisterChange: Sendable {
    public enum Field: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case name, licence, address, specialities
        /// The entry is gone.
        case removed
    }
    public let id: String
    public let gln: GLN
    public let field: Field
    public let oldValue: String
    public let newValue: String
    public let seenAt: Timestamp
    /// Whose it is, where it is read for the portal team.
    public let accountID: Account.ID?
    public let holderName: String

    init(_ gln: GLN, _ field: Field, from old: String, to new: String, at now: Timestamp) {
        id = RandomText.identifier()
        self.gln = gln
        self.field = field
        oldValue = old
        newValue = new
        seenAt = now
        accountID = nil
        holderName = ""
    }
}

/// What an import did.
public struct RegisterReport: Sendable, Equatable {
    public var entries = 0
    /// Entries that the register no longer has.
    public var removed = 0
    /// Changes about people who have an account, for the portal team to look at.
    public var changes = 0
}

extension DirectoryActions {
    /// Replaces what is known of a register by an extract. What changed about people who have an account is kept for
    /// the portal team. The same extract again changes nothing.
    /// - Throws: `RegisterFileMistake`, naming the line; then nothing was written of that page of 500.
    public func importRegister(_ register: ProfessionalRegister, _ file: [UInt8]) async throws
        -> RegisterReport
    {
        let entries = try RegisterFile.entries(file, register)
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        var report = RegisterReport()
        for start in stride(from: 0, to: entries.count, by: 500) {
            let page = Array(entries[start..<min(start + 500, entries.count)])
            report.changes += try await database.write { transaction in
                var changes = 0
                for entry in page {
                    if let known = try transaction.registerEntry(register, entry.gln),
                        try transaction.hasAccount(entry.gln)
                    {
                        for change in Self.changes(from: known, to: entry, at: now) {
                            try transaction.insert(change)
                            changes += 1
                        }
                    }
                    try transaction.save(entry, at: now)
                }
                return changes
            }
        }
        let (gone, removed) = try await database.write { transaction -> (Int, Int) in
            let gone = try transaction.entriesGone(register, since: now)
            for entry in gone {
                try transaction.insert(
                    RegisterChange(entry.gln, .removed, from: register.name, to: "", at: now))
            }
            return (gone.count, try transaction.removeEntries(register, before: now))
        }
        report.entries = entries.count
        report.removed = removed
        report.changes += gone
        try await database.write { [report] transaction in
            try transaction.record(
                AuditEntry(
                    .registerImported, object: AuditObject(kind: "register", id: register.rawValue),
                    detail: "entries=\(report.entries) removed=\(report.removed) changes=\(report.changes)"),
                by: actor, at: now)
        }
        return report
    }

    static func changes(from old: RegisterEntry, to new: RegisterEntry, at now: Timestamp) -> [RegisterChange]
    {
        let pairs: [(RegisterChange.Field, String, String)] = [
            (.name, "\(old.familyName) \(old.givenName)", "\(new.familyName) \(new.givenName)"),
            (.licence, old.licence.rawValue, new.licence.rawValue), (.address, old.address, new.address),
            (.specialities, old.specialities, new.specialities),
        ]
        return pairs.filter { !$1.utf8.elementsEqual($2.utf8) }
            .map { RegisterChange(new.gln, $0, from: $1, to: $2, at: now) }
    }

    /// Changes that the portal team has not looked at yet.
    public func registerChanges(_ holder: Holder) async throws -> [RegisterChange] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return try transaction.openChanges(limit: 200)
        }
    }

    /// Notes that somebody of the team has looked at a change.
    /// - Returns: false when another was faster.
    public func settleRegisterChange(_ id: String, _ holder: Holder) async throws -> Bool {
        let now = clock.now()
        return try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            guard try transaction.settle(id, by: holder.accountID, at: now) else { return false }
            try transaction.record(
                AuditEntry(.registerSettled, object: AuditObject(kind: "registerChange", id: id)),
                by: .person(holder), at: now)
            return true
        }
    }
}
