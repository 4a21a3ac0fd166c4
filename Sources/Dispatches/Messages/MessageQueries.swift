import Access
import Storage

/// All SQL that touches the journal of messages, and what was taken back before it came.
extension Transaction {
    func digest(of message: NumberedMessage, _ sender: Client.ID, since: Timestamp) throws -> [UInt8]? {
        try first(
            """
            SELECT digest FROM message_journal
            WHERE sender_id = \(sender) AND application = \(message.application)
              AND facility = \(message.facility) AND control_id = \(message.controlID)
              AND recorded_at > \(since)
            """)?.get("digest")
    }

    func save(_ message: NumberedMessage, _ sender: Client.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO message_journal (sender_id, application, facility, control_id, digest, recorded_at)
            VALUES (\(sender), \(message.application), \(message.facility), \(message.controlID),
              \(message.digest), \(now))
            ON CONFLICT (sender_id, application, facility, control_id) DO UPDATE
              SET digest = excluded.digest, recorded_at = excluded.recorded_at
            """)
    }

    func isWithdrawnAhead(_ master: String, by sender: Client.ID) throws -> Bool {
        try first(
            """
            SELECT 1 AS one FROM withdrawn_ahead
            WHERE sender_id = \(sender) AND master_identifier = \(master)
            """) != nil
    }

    func withdrawAhead(_ master: String, by sender: Client.ID, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO withdrawn_ahead (sender_id, master_identifier, withdrawn_at)
            VALUES (\(sender), \(master), \(now)) ON CONFLICT (sender_id, master_identifier) DO NOTHING
            """)
    }

    func deleteMessages(before end: Timestamp) throws {
        try execute("DELETE FROM message_journal WHERE recorded_at < \(end)")
    }
}
