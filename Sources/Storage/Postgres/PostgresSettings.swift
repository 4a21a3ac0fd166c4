import CPostgres
import Foundation

/// Where a PostgreSQL server is and how long anything may take. What the address says wins over what is set
/// here (`?connect_timeout=…`).
public struct PostgresSettings: Sendable {
    /// `postgres://user:password@host:5432/database?sslmode=verify-full`. Several hosts with
    /// `target_session_attrs=read-write` find the primary after a fail-over. A secret: it holds the password.
    let address: String
    /// The schema that holds the tables; nil: the server's search path.
    let schema: String?

    /// Seconds after which a server that says nothing is given up: longer than its own `statement_timeout`.
    static let answerSeconds = 20
    /// The same for COMMIT, which a server does not end by itself while its synchronous standby is away.
    static let commitSeconds = 10

    public init(address: String, schema: String? = nil) {
        self.address = address
        self.schema = schema
    }

    /// Seconds and milliseconds: a lost server is noticed, no statement or lock hangs for ever.
    private var defaults: KeyValuePairs<String, String> {
        [
            "application_name": "passerelle",
            "connect_timeout": "3",
            "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
            "tcp_user_timeout": "15000",
            // a page read out of order costs hardly more than the next one, on disks without arms: else the planner
            // reads all patients rather than look up two thousand of them
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c random_page_cost=1.1 "
                + "-c idle_in_transaction_session_timeout=30000 -c client_min_messages=warning"
                + (schema.map { " -c search_path=\($0)" } ?? ""),
        ]
    }

    /// Whether the server is on this machine, or proves with a certificate that it is the one named and
    /// encrypts what travels. Read by libpq itself, so that we understand the address as it will.
    public var isLocalOrVerified: Bool {
        guard let options = PQconninfoParse(address, nil) else { return false }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        if values["sslmode"] == "verify-full" { return true }
        let hosts =
            (values["host"] ?? "").split(separator: ",").map(String.init)
            + (values["hostaddr"] ?? "").split(separator: ",").map(String.init)
        return hosts.allSatisfy { ["localhost", "127.0.0.1", "::1"].contains($0) || $0.hasPrefix("/") }
    }

    /// A fresh connection, open or broken; nil without memory.
    func connect() -> OpaquePointer? {
        var words: [UnsafeMutablePointer<CChar>?] = []
        var values: [UnsafeMutablePointer<CChar>?] = []
        for (word, value) in defaults {
            words.append(strdup(word))
            values.append(strdup(value))
        }
        words += [strdup("dbname"), nil]
        values += [strdup(address), nil]
        defer { for text in words + values { free(text) } }
        // 1: the database's name is a whole address, and what it says replaces what stands before it
        return words.map { UnsafePointer($0) }.withUnsafeBufferPointer { words in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectdbParams(words.baseAddress, values.baseAddress, 1)
            }
        }
    }
}
