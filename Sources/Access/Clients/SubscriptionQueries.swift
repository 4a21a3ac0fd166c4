public import Storage

/// A call that a subscriber is owed. It carries nothing but the subscription: who is called, asks what is new.
public enum SubscriptionJob {
    public static let outboxKind = "subscription"
    /// For so long a call is tried again: over a weekend, from Friday at noon to Tuesday morning.
    static let hours = 90

    static func key(_ subscription: String, _ event: Int64) -> String {
        "\(outboxKind):\(subscription):\(event)"
    }
    /// The subscription in a payload.
    public static func subscription(in payload: [UInt8]) -> String {
        String(decoding: payload, as: UTF8.self)
    }
}

/// All SQL that touches subscriptions.
extension Transaction {
    /// Owes a call to each subscriber whose professional reads the document.
    /// - Parameter recipient: the reader whom it concerns; all of them when nil.
    func callSubscribers(of document: String, recipient: String?, event: Int64, at now: Timestamp) throws {
        let one: SQLText = recipient.map { "AND reader.account_id = \($0)" } ?? ""
        let rows = try query(
            """
            SELECT subscription.id FROM document_reader reader
            JOIN subscription ON subscription.account_id = reader.account_id
              AND subscription.state = 'active' AND subscription.ends_at > \(now)
            WHERE reader.document_id = \(document) \(sql: one)
            LIMIT 200
            """)
        try call(rows.map { try $0.get("id") }, of: event, at: now)
    }

    /// The same to each whose professional reads a document about a patient; once, however many he reads.
    func callSubscribers(ofPatient patient: String, event: Int64, at now: Timestamp) throws {
        let rows = try query(
            """
            SELECT DISTINCT subscription.id FROM document
            JOIN document_reader reader ON reader.document_id = document.id
            JOIN subscription ON subscription.account_id = reader.account_id
              AND subscription.state = 'active' AND subscription.ends_at > \(now)
            WHERE document.patient_id = \(patient) AND document.state IN ('current', 'superseded')
              AND reader.expires_at > \(now)
            LIMIT 200
            """)
        try call(rows.map { try $0.get("id") }, of: event, at: now)
    }

    /// A call that still waits tells this too; it is tried at once, in case the program is back. So a program that is away
    /// is owed one call, however much happens meanwhile.
    private func call(_ subscriptions: [String], of event: Int64, at now: Timestamp) throws {
        for id in subscriptions {
            let isOwed = try execute(
                """
                UPDATE outbox SET due_at = \(now) WHERE kind = \(SubscriptionJob.outboxKind)
                  AND state = 'waiting' AND payload = \(Array(id.utf8)) AND expires_at > \(now)
                """)
            if isOwed > 0 {
                try notify(.outbox, SubscriptionJob.outboxKind)
                continue
            }
            let key = SubscriptionJob.key(id, event)
            try enqueue(
                SubscriptionJob.outboxKind, key: key, payload: Array(id.utf8), id: key, at: now.rawValue,
                due: now.rawValue, expires: now.adding(hours: SubscriptionJob.hours).rawValue)
        }
    }

    func insert(_ subscription: Subscription) throws {
        try execute(
            """
            INSERT INTO subscription (id, client_id, account_id, endpoint, criteria, reason, state, created_at,
              ends_at, version)
            VALUES (\(subscription.id), \(subscription.clientID), \(subscription.accountID),
              \(subscription.endpoint), \(subscription.criteria), \(subscription.reason),
              \(subscription.state), \(subscription.createdAt), \(subscription.endsAt),
              \(subscription.version))
            """)
    }

    func subscription(_ id: String) throws -> Subscription? {
        try first("SELECT * FROM subscription WHERE id = \(id)").map(Subscription.init)
    }

    func subscriptions(of client: Client.ID) throws -> [Subscription] {
        try query(
            "SELECT * FROM subscription WHERE client_id = \(client) ORDER BY created_at DESC, id LIMIT 100"
        ).map(Subscription.init)
    }

    /// - Returns: false when it is another's, or ended before.
    func endSubscription(_ id: String, of client: Client.ID) throws -> Bool {
        try execute(
            """
            UPDATE subscription SET state = 'off', version = version + 1
            WHERE id = \(id) AND client_id = \(client) AND state <> 'off'
            """) == 1
    }

    /// Those of a professional's programs, the newest first; not what was ended.
    func subscriptions(of account: Account.ID, limit: Int) throws -> [Subscription] {
        try query(
            """
            SELECT * FROM subscription WHERE account_id = \(account) AND state IN ('active', 'error')
            ORDER BY created_at DESC, id LIMIT \(limit)
            """
        ).map(Subscription.init)
    }

    /// Lets a subscription that is in error be called once more.
    /// - Returns: false when there is none, or its time is over.
    @discardableResult
    public func resumeSubscription(_ id: String, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE subscription SET state = 'active', fault = NULL, version = version + 1
            WHERE id = \(id) AND state = 'error' AND ends_at > \(now)
            """) == 1
    }

    /// Owes one call to a subscription, so that its program asks what it missed.
    func callAnew(_ subscription: Subscription, at now: Timestamp) throws {
        let key = "\(SubscriptionJob.outboxKind):\(subscription.id):resumed-\(subscription.version)"
        try enqueue(
            SubscriptionJob.outboxKind, key: key, payload: Array(subscription.id.utf8), id: key,
            at: now.rawValue, due: now.rawValue,
            expires: now.adding(hours: SubscriptionJob.hours).rawValue)
    }

    func failSubscription(_ id: String, _ fault: String) throws -> Bool {
        try execute(
            """
            UPDATE subscription SET state = 'error', fault = \(fault), version = version + 1
            WHERE id = \(id) AND state = 'active'
            """) == 1
    }
}

extension Subscription {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        clientID = try row.get("client_id")
        accountID = try row.get("account_id")
        endpoint = try row.get("endpoint")
        criteria = try row.get("criteria")
        reason = try row.get("reason")
        state = try row.get("state")
        fault = try row.get("fault")
        createdAt = try row.get("created_at")
        endsAt = try row.get("ends_at")
        version = try row.get("version")
    }
}
