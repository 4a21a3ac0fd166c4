public import Access
public import Storage
public import Vault

/// What can be done with the directory: add a practitioner, keep the table of secured mail domains. Beside this file:
///
/// `Profile/ReadProfile` → `SaveIdentity`, `SaveAddresses`, `SaveOrganization`, `SavePreferences` ·
/// `CheckDocumentMail` · `Names/DecideNameChange`
public struct DirectoryActions: Sendable {
    let database: any Database
    let keyring: Keyring
    let clock: Clock
    let node: String
    /// The figures of the profile, for pages too.
    public let rules: ProfileRules

    public init(
        database: any Database, keyring: Keyring, clock: Clock, node: String,
        rules: ProfileRules = ProfileRules()
    ) {
        self.database = database
        self.keyring = keyring
        self.clock = clock
        self.node = node
        self.rules = rules
    }

    /// Makes an account a possible recipient, or changes its preferences.
    /// - Throws: `StorageError.unique` when the GLN belongs to another account.
    public func save(_ practitioner: Practitioner) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            try transaction.save(practitioner)
            try transaction.record(
                AuditEntry(
                    .accountStateChanged, object: .account(practitioner.accountID), detail: "practitioner"),
                by: actor, at: now)
        }
    }

    /// Says of a mail domain whether it is secured by HIN, and who says so.
    public func decide(domain: String, isSecured: Bool, provenance: String, by person: String) async throws {
        let now = clock.now()
        let actor = AuditActor.system(node: node)
        try await database.write { transaction in
            try transaction.saveDomain(
                domain.lowercased(), isSecured: isSecured, provenance: provenance, by: person, at: now)
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "mailDomain", id: domain.lowercased()),
                    detail: "secured=\(isSecured)"), by: actor, at: now)
        }
    }

    /// The practitioner behind an account, for its own pages.
    public func practitioner(_ viewer: Viewer) async throws -> Practitioner? {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(viewer, to: .read, at: now)
            return try transaction.recipient(account: viewer.principalID)?.practitioner
        }
    }

    /// The account of the professional with this GLN, for the operator's commands.
    public func account(of gln: GLN) async throws -> Account.ID? {
        try await database.read { try $0.recipient(gln: gln)?.practitioner.accountID }
    }
}
