import Storage

/// The SQL of the logs that people read: each follows an index from the newest event back.
extension Transaction {
    func auditRecords(
        of account: Account.ID, _ source: AccessLogSource, _ filter: AccessLogFilter, before: Int64,
        limit: Int
    ) throws -> [(id: Int64, record: AuditRecord)] {
        var condition: SQLText =
            switch source {
            case .acted: "actor_id = \(account)"
            case .represented: "principal_id = \(account)"
            case .concerned: "object_id = \(account) AND (actor_id IS NULL OR actor_id <> \(account))"
            }
        condition = "\(sql: condition) AND id < \(before)"
        if let person = filter.personID { condition = "\(sql: condition) AND actor_id = \(person)" }
        if let from = filter.from { condition = "\(sql: condition) AND recorded_at >= \(from)" }
        if let until = filter.until { condition = "\(sql: condition) AND recorded_at < \(until)" }
        return try query("SELECT * FROM audit_event WHERE \(sql: condition) ORDER BY id DESC LIMIT \(limit)")
            .map { (try $0.get("id"), try AuditRecord($0)) }
    }

    func auditRecords(
        ofPatient patient: String, in period: (from: Timestamp?, until: Timestamp?), before: Int64, limit: Int
    ) throws -> [(id: Int64, record: AuditRecord)] {
        var condition: SQLText = "patient_id = \(patient) AND id < \(before)"
        if let from = period.from { condition = "\(sql: condition) AND recorded_at >= \(from)" }
        if let until = period.until { condition = "\(sql: condition) AND recorded_at < \(until)" }
        return try query("SELECT * FROM audit_event WHERE \(sql: condition) ORDER BY id DESC LIMIT \(limit)")
            .map { (try $0.get("id"), try AuditRecord($0)) }
    }
}
