/// A table as a copy sees it. The order of the list lets every reference point at a row that is there already;
/// a test compares the list with the schema, so that no table is forgotten.
public struct CopiedTable: Sendable {
    public let name: String
    /// The columns that order and identify its rows.
    let key: [String]
    /// Whether its rows mention sealed contents, in a column `blob`.
    public var holdsBlobs = false
    /// Whether it is half of the keys of contents: copied between engines, but in no backup of rows.
    public var isKeyStore = false

    public static let all: [CopiedTable] = [
        .init(name: "installation", key: ["name"]),
        .init(name: "account", key: ["id"]),
        .init(name: "delegation", key: ["id"]),
        .init(name: "session", key: ["id"]),
        .init(name: "kept_form", key: ["account_id"]),
        .init(name: "one_time_code", key: ["id"]),
        .init(name: "authenticator", key: ["id"]),
        .init(name: "passkey", key: ["id"]),
        .init(name: "passkey_challenge", key: ["challenge"]),
        .init(name: "recovery_code", key: ["id"]),
        .init(name: "session_factor", key: ["session_id"]),
        .init(name: "password_link", key: ["id"]),
        .init(name: "new_mobile", key: ["id"]),
        .init(name: "factor_reset", key: ["id"]),
        .init(name: "sign_in_guard", key: ["subject_hash"]),
        .init(name: "throttle", key: ["bucket", "window_start"]),
        .init(name: "client", key: ["id"]),
        .init(name: "client_assertion", key: ["client_id", "jti"]),
        .init(name: "access_token", key: ["token_hash"]),
        .init(name: "audit_event", key: ["id"]),
        .init(name: "audit_checkpoint", key: ["tree_size"]),
        .init(name: "audit_node", key: ["level", "position"]),
        .init(name: "outbox", key: ["id"]),
        .init(name: "period_key", key: ["period"]),
        .init(name: "practitioner", key: ["account_id"]),
        .init(name: "secured_domain", key: ["domain"]),
        .init(name: "secured_domain_question", key: ["domain", "asked_by"]),
        .init(name: "profile", key: ["account_id"]),
        .init(name: "profile_section", key: ["account_id", "section"]),
        .init(name: "practitioner_speciality", key: ["account_id", "code"]),
        .init(name: "postal_address", key: ["id"]),
        .init(name: "account_preference", key: ["account_id"]),
        .init(name: "name_change", key: ["id"]),
        .init(name: "patient", key: ["id"]),
        // a version comes after the one it replaces
        .init(name: "document", key: ["version", "id"]),
        .init(name: "content", key: ["document_id", "part", "number"], holdsBlobs: true),
        .init(name: "document_secret", key: ["document_id"], isKeyStore: true),
        .init(name: "document_reader", key: ["account_id", "document_id"]),
        .init(name: "withdrawal", key: ["document_id"]),
        .init(name: "document_hold", key: ["document_id", "kind"]),
        .init(name: "renewal_request", key: ["document_id", "account_id"]),
        .init(name: "secured_mail", key: ["token"]),
        .init(name: "post_export", key: ["id"]),
        .init(name: "post_item", key: ["id"]),
        .init(name: "document_word", key: ["document_id", "word"]),
        .init(name: "saved_view", key: ["id"]),
        .init(name: "document_class", key: ["type_code"]),
        .init(name: "designation", key: ["id"]),
        .init(name: "dispatch", key: ["document_id", "account_id"]),
        .init(name: "service", key: ["id"]),
        .init(name: "service_member", key: ["account_id", "service_id"]),
        .init(name: "manual_sending", key: ["document_id"]),
        .init(name: "refused_delivery", key: ["sender_id", "master_identifier", "gln"]),
        .init(name: "duty", key: ["account_id", "duty"]),
        .init(name: "stay", key: ["system", "number"]),
        .init(name: "stay_professional", key: ["stay_system", "stay_number", "gln"]),
        .init(name: "patient_link", key: ["system", "number"]),
        .init(name: "withdrawn_ahead", key: ["sender_id", "master_identifier"]),
        .init(name: "message_journal", key: ["sender_id", "application", "facility", "control_id"]),
        .init(name: "linked_identity", key: ["id"]),
        .init(name: "identity_sign_in", key: ["id"]),
        .init(name: "identity_switch", key: ["provider"]),
        .init(name: "account_request", key: ["id"]),
        .init(name: "identity_proof", key: ["request_id"]),
        .init(name: "control_code", key: ["id"]),
        .init(name: "identity_copy", key: ["id"], holdsBlobs: true),
        .init(name: "validation_site", key: ["id"]),
        .init(name: "validation_slot", key: ["id"]),
        .init(name: "appointment", key: ["request_id"]),
        .init(name: "email_confirmation", key: ["id"]),
        .init(name: "four_eyes_act", key: ["id"]),
        .init(name: "professional_identifier", key: ["account_id"]),
        .init(name: "staff_member", key: ["account_id"]),
        .init(name: "staff_draft", key: ["id"]),
        .init(name: "account_state_reason", key: ["id"]),
        .init(name: "profession_rule", key: ["profession"]),
        .init(name: "register_entry", key: ["register", "gln"]),
        .init(name: "register_change", key: ["id"]),
        .init(name: "document_event", key: ["event_id"]),
        .init(name: "document_change", key: ["document_id"]),
        .init(name: "reader_change", key: ["account_id", "document_id"]),
        .init(name: "record_feed", key: ["name"]),
        .init(name: "recipient_change", key: ["account_id"]),
        .init(name: "recipient_word", key: ["account_id", "word"]),
        .init(name: "practice_client", key: ["client_id"]),
        .init(name: "subscription", key: ["id"]),
    ]

    /// What the schema keeps about itself.
    public static let notCopied = ["schema_migration"]
}

extension Transaction {
    /// The names of all tables of ours.
    public func tableNames() throws -> Set<String> {
        Set(
            try query(
                """
                SELECT \(sqlite: "name", postgres: "tablename") AS name
                FROM \(sqlite: "sqlite_master", postgres: "pg_tables")
                WHERE \(sqlite: "type = 'table' AND name NOT LIKE 'sqlite_%'",
                        postgres: "schemaname = current_schema()")
                """
            ).map { try $0.get("name") })
    }

    /// The columns of `table`, by name, with whether they hold truth values: SQLite has none.
    func columns(of table: CopiedTable) throws -> [(name: String, isBool: Bool)] {
        switch dialect {
        case .sqlite:
            try query("SELECT name FROM pragma_table_info(\(table.name)) ORDER BY name")
                .map { (try $0.get("name"), false) }
        case .postgres:
            try query(
                """
                SELECT CAST(column_name AS TEXT) AS name, data_type = 'boolean' AS is_bool
                FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = \(table.name)
                ORDER BY column_name COLLATE "C"
                """
            ).map { (try $0.get("name"), try $0.get("is_bool")) }
        }
    }
}
