import Access
import Directory
import Documents
import Storage

/// What stood in the way of a document and one recipient, the last time its sender tried.
struct RefusedDelivery: Sendable {
    let rule: String
    let at: Timestamp
    /// How often the sender tried.
    let tries: Int
    let typeCode: String
    let masterIdentifier: String

    /// After so many days it is told to nobody any more; the trail keeps it.
    static let days = 90
    /// Within so many it is told without being asked for.
    static let newsDays = 30
}

/// All SQL that touches `refused_delivery`: the latest refusal of each document and recipient, so that both sides can
/// ask why nothing came. The trail has all of them, and no index by recipient.
extension Transaction {
    func keepRefusal(
        _ rule: String, of command: PublishDocument, _ patient: Patient.ID, for gln: GLN, _ sender: Client.ID,
        at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO refused_delivery (sender_id, master_identifier, gln, rule, type_code, service,
              patient_id, stay_system, stay_number, tries, refused_at)
            VALUES (\(sender), \(command.masterIdentifier), \(gln), \(rule), \(command.typeCode),
              \(command.service), \(patient), \(command.stay.system), \(command.stay.number), 1, \(now))
            ON CONFLICT (sender_id, master_identifier, gln) DO UPDATE SET rule = excluded.rule,
              tries = refused_delivery.tries + 1, refused_at = excluded.refused_at
            """)
    }

    func forgetOldRefusals(at now: Timestamp) throws {
        try execute(
            "DELETE FROM refused_delivery WHERE refused_at < \(now.adding(days: -RefusedDelivery.days))")
    }

    /// The document has come after all.
    func forgetRefusal(of master: String, for gln: GLN, _ sender: Client.ID) throws {
        try execute(
            """
            DELETE FROM refused_delivery
            WHERE sender_id = \(sender) AND master_identifier = \(master) AND gln = \(gln)
            """)
    }

    /// The newest for one recipient.
    func refusedDeliveries(for gln: GLN, since: Timestamp, limit: Int) throws -> [RefusedDelivery] {
        try query(
            """
            SELECT * FROM refused_delivery WHERE gln = \(gln) AND refused_at >= \(since)
            ORDER BY refused_at DESC LIMIT \(limit)
            """
        ).map(RefusedDelivery.init)
    }

    /// About one document, under its sender's identifier, of one of these services.
    func refusedDelivery(of master: String, for gln: GLN, services: [String]) throws -> RefusedDelivery? {
        guard !services.isEmpty else { return nil }
        return try first(
            """
            SELECT * FROM refused_delivery WHERE gln = \(gln) AND master_identifier = \(master)
              AND service IN (\(list: services)) ORDER BY refused_at DESC LIMIT 1
            """
        ).map(RefusedDelivery.init)
    }

    /// About one patient, under all pseudonyms he has had, and a stay.
    func refusedDeliveries(
        for gln: GLN, patients: [Patient.ID], stayNumber: String, limit: Int
    ) throws -> [RefusedDelivery] {
        try query(
            """
            SELECT * FROM refused_delivery
            WHERE gln = \(gln) AND patient_id IN (\(list: patients)) AND stay_number = \(stayNumber)
            ORDER BY refused_at DESC LIMIT \(limit)
            """
        ).map(RefusedDelivery.init)
    }
}

extension RefusedDelivery {
    init(_ row: SQLRow) throws {
        rule = try row.get("rule")
        at = try row.get("refused_at")
        tries = try row.get("tries")
        typeCode = try row.get("type_code")
        masterIdentifier = try row.get("master_identifier")
    }
}
