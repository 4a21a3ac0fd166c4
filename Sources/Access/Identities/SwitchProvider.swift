import Storage

/// Whether a provider may be used at this moment.
public struct ProviderSwitch: Sendable {
    public let provider: IdentityProviderName
    public let isOn: Bool
}

extension AccessActions {
    /// All providers with their switches, for the portal team.
    public func providerSwitches(_ holder: Holder) async throws -> [ProviderSwitch] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return try IdentityProviderName.allCases.map {
                ProviderSwitch(provider: $0, isOn: try !transaction.isSwitchedOff($0))
            }
        }
    }

    /// Whether a provider is offered on the sign-in page.
    public func isSwitchedOn(_ provider: IdentityProviderName) async throws -> Bool {
        try await database.read { try !$0.isSwitchedOff(provider) }
    }

    /// The kill switch of a provider: at once, on all nodes. Switched off, it opens nothing, and all sessions that it
    /// opened end in the same transaction.
    public func switchProvider(_ provider: IdentityProviderName, isOn: Bool, _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            try self.turn(provider, isOn, by: .person(holder), in: transaction, at: now)
        }
    }

    /// The same by a command of the operator, for the night in which nobody can sign in.
    public func switchProvider(_ provider: IdentityProviderName, isOn: Bool) async throws {
        let now = clock.now()
        try await database.write {
            try self.turn(provider, isOn, by: .system(node: self.node), in: $0, at: now)
        }
    }

    private func turn(
        _ provider: IdentityProviderName, _ isOn: Bool, by actor: AuditActor, in transaction: any Transaction,
        at now: Timestamp
    ) throws {
        try transaction.setSwitch(of: provider, isOff: !isOn, at: now)
        let ended = isOn ? 0 : try transaction.endSessions(openedBy: provider.rawValue, at: now)
        try transaction.record(
            AuditEntry(
                .configurationChanged, object: AuditObject(kind: "identityProvider", id: provider.rawValue),
                detail: isOn ? "on" : "off sessions=\(ended)"), by: actor, at: now)
    }
}
