import Storage

/// All SQL that touches `delegation`.
extension Transaction {
    private var delegationColumns: SQLText {
        """
        delegation.id, delegation.principal_id, delegation.delegate_id, delegation.may_read,
        delegation.may_prepare, delegation.may_send, delegation.state, delegation.origin,
        delegation.proposed_by, delegation.evidence, delegation.offered_at, delegation.confirmed_at,
        delegation.ends_at, delegation.ended_at, delegation.end_reason
        """
    }

    /// In force for this delegate now: confirmed, not past its end, and the principal's account is active.
    func grant(_ id: Delegation.ID, to delegate: Account.ID, at now: Timestamp) throws -> DelegationGrant? {
        try grants(to: delegate, at: now, only: id).first
    }

    /// All that are in force for this delegate now, at most 200.
    func grants(to delegate: Account.ID, at now: Timestamp, only id: Delegation.ID? = nil) throws
        -> [DelegationGrant]
    {
        let isWanted: SQLText = id.map { "AND delegation.id = \($0)" } ?? ""
        return try query(
            """
            SELECT \(sql: delegationColumns), principal.honorific, principal.family_name, principal.given_name
            FROM delegation JOIN account AS principal ON principal.id = delegation.principal_id
            WHERE delegation.delegate_id = \(delegate) AND delegation.state = 'confirmed'
              AND delegation.ends_at > \(now) AND principal.state = 'active'
              AND principal.role = 'practitioner' \(sql: isWanted)
            ORDER BY principal.family_name, principal.given_name, delegation.id LIMIT 200
            """
        ).map { row in
            DelegationGrant(
                delegation: try Delegation(row),
                principalName: Account.name(
                    try row.get("honorific"), try row.get("given_name"), try row.get("family_name")))
        }
    }

    func delegation(_ id: Delegation.ID) throws -> Delegation? {
        try first("SELECT \(sql: delegationColumns) FROM delegation WHERE id = \(id)").map(Delegation.init)
    }

    /// The newest of one side, whatever their state.
    func delegations(of person: Account.ID, as side: DelegationSide) throws -> [Delegation] {
        let isTheirs: SQLText =
            switch side {
            case .principal: "principal_id = \(person)"
            case .delegate: "delegate_id = \(person)"
            }
        return try query(
            """
            SELECT \(sql: delegationColumns) FROM delegation WHERE \(sql: isTheirs)
            ORDER BY CASE WHEN state = 'ended' THEN 1 ELSE 0 END, offered_at DESC, id LIMIT 100
            """
        ).map(Delegation.init)
    }

    /// Of all people, in one state: those that wait first.
    func delegations(in state: Delegation.State, limit: Int) throws -> [Delegation] {
        try query(
            """
            SELECT \(sql: delegationColumns) FROM delegation WHERE state = \(state)
            ORDER BY offered_at DESC, id LIMIT \(limit)
            """
        ).map(Delegation.init)
    }

    /// - Throws: `StorageError.unique` when one is alive between the two.
    func insert(_ delegation: Delegation) throws {
        try execute(
            """
            INSERT INTO delegation (id, principal_id, delegate_id, may_read, may_prepare, may_send, state, origin,
              proposed_by, evidence, offered_at, ends_at)
            VALUES (\(delegation.id), \(delegation.principalID), \(delegation.delegateID),
              \(delegation.rights.contains(.read)), \(delegation.rights.contains(.prepare)),
              \(delegation.rights.contains(.send)), \(delegation.state), \(delegation.origin),
              \(delegation.proposedBy), \(delegation.evidence), \(delegation.offeredAt), \(delegation.endsAt))
            """)
    }

    /// - Returns: false when it has left `state` meanwhile.
    func advance(
        _ id: Delegation.ID, from state: Delegation.State, to next: Delegation.State, by person: Account.ID,
        at now: Timestamp
    ) throws -> Bool {
        let confirmation: SQLText =
            next == .confirmed ? ", confirmed_at = \(now), confirmed_by = \(person)" : ""
        return try execute(
            """
            UPDATE delegation SET state = \(next) \(sql: confirmation)
            WHERE id = \(id) AND state = \(state) AND ends_at > \(now)
            """) == 1
    }

    /// - Returns: false when it was over already.
    func endDelegation(_ id: Delegation.ID, by person: Account.ID?, reason: String, at now: Timestamp) throws
        -> Bool
    {
        try execute(
            """
            UPDATE delegation SET state = 'ended', ended_at = \(now), ended_by = \(person),
              end_reason = \(reason)
            WHERE id = \(id) AND state <> 'ended'
            """) == 1
    }

    /// All of an account that is not active any more, on both sides (D33).
    func endDelegations(of account: Account.ID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE delegation SET state = 'ended', ended_at = \(now)
            WHERE state <> 'ended' AND (principal_id = \(account) OR delegate_id = \(account))
            """)
    }

    /// Those whose last day has passed, between two people: they make room for a new one.
    func endPastDelegations(between principal: Account.ID, and delegate: Account.ID, at now: Timestamp) throws
    {
        try execute(
            """
            UPDATE delegation SET state = 'ended', ended_at = ends_at
            WHERE principal_id = \(principal) AND delegate_id = \(delegate) AND state <> 'ended'
              AND ends_at <= \(now)
            """)
    }

    /// When a delegate last acted in a principal's name.
    func lastAct(of delegate: Account.ID, inTheNameOf principal: Account.ID) throws -> Timestamp? {
        try first(
            """
            SELECT recorded_at FROM audit_event WHERE principal_id = \(principal) AND actor_id = \(delegate)
            ORDER BY id DESC LIMIT 1
            """)?.get("recorded_at")
    }
}

/// Which side of a delegation somebody is on.
public enum DelegationSide: Sendable { case principal, delegate }

extension Delegation {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        principalID = try row.get("principal_id")
        delegateID = try row.get("delegate_id")
        var rights: Set<DelegationRight> = []
        if try row.get("may_read", as: Bool.self) { rights.insert(.read) }
        if try row.get("may_prepare", as: Bool.self) { rights.insert(.prepare) }
        if try row.get("may_send", as: Bool.self) { rights.insert(.send) }
        self.rights = rights
        state = try row.get("state")
        origin = try row.get("origin")
        proposedBy = try row.get("proposed_by")
        evidence = try row.get("evidence")
        offeredAt = try row.get("offered_at")
        confirmedAt = try row.get("confirmed_at")
        endsAt = try row.get("ends_at")
        endedAt = try row.get("ended_at")
        endReason = try row.get("end_reason")
    }
}
