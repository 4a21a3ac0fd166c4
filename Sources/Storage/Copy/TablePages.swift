import Crypto

/// Rows of a table with all their columns, in the order of its key.
public struct TablePage: Sendable {
    /// Sorted by name.
    public let columns: [String]
    public let rows: [[SQLValue]]

    public init(columns: [String], rows: [[SQLValue]]) {
        self.columns = columns
        self.rows = rows
    }
}

extension Transaction {
    /// Hands all rows of `table` to `consume`, at most 500 at a time. For one snapshot call it in one `read`.
    /// - Parameter after: the key of the last row that is not wanted.
    public func eachPage(
        of table: CopiedTable, after: [SQLValue]? = nil, _ consume: (TablePage) throws -> Void
    ) throws {
        var last = after
        while let page = try page(of: table, after: last) {
            try consume(page)
            last = page.rows.last.map { row in
                table.key.compactMap { name in page.columns.firstIndex(of: name).map { row[$0] } }
            }
        }
    }

    /// The next rows after a key, nil when there are none.
    func page(of table: CopiedTable, after key: [SQLValue]?) throws -> TablePage? {
        let columns = try columns(of: table).map(\.name)
        let list = SQLText(verbatim: columns.joined(separator: ", "))
        let order = SQLText(verbatim: table.key.joined(separator: ", "))
        var place: SQLText = "TRUE"
        if let key { place = "(\(sql: order)) > (\(list: key))" }
        let rows = try query(
            """
            SELECT \(sql: list) FROM \(sql: SQLText(verbatim: table.name)) WHERE \(sql: place)
            ORDER BY \(sql: order) LIMIT 500
            """)
        guard !rows.isEmpty else { return nil }
        return TablePage(columns: columns, rows: try rows.map { row in try columns.map { try row.get($0) } })
    }

    /// The key of the last row, to go on from there.
    func lastKey(of table: CopiedTable) throws -> [SQLValue]? {
        let order = SQLText(verbatim: table.key.map { "\($0) DESC" }.joined(separator: ", "))
        let row = try first(
            """
            SELECT \(sql: SQLText(verbatim: table.key.joined(separator: ", ")))
            FROM \(sql: SQLText(verbatim: table.name)) ORDER BY \(sql: order) LIMIT 1
            """)
        return try row.map { row in try table.key.map { try row.get($0) } }
    }

    /// Adds rows as they are.
    /// - Throws: `StorageError.decoding` when the columns are not those of this schema.
    public func insert(_ page: TablePage, into table: CopiedTable) throws {
        let own = try columns(of: table)
        guard own.map(\.name) == page.columns else {
            throw StorageError.decoding("\(table.name) has other columns")
        }
        let list = SQLText(verbatim: page.columns.joined(separator: ", "))
        for start in stride(from: 0, to: page.rows.count, by: 100) {
            var values: SQLText = ""
            for (number, row) in page.rows[start..<min(start + 100, page.rows.count)].enumerated() {
                let converted = zip(row, own).map { $1.isBool ? $0.asBool : $0 }
                values = "\(sql: values)\(sql: number == 0 ? "" : ", ")(\(list: converted))"
            }
            try execute(
                "INSERT INTO \(sql: SQLText(verbatim: table.name)) (\(sql: list)) VALUES \(sql: values)")
        }
    }

    /// After a restore: nobody is signed in, and no code, token or waiting code message is of use.
    public func endAllAccess(at milliseconds: Int64) throws {
        try execute("UPDATE session SET ended_at = \(milliseconds) WHERE ended_at IS NULL")
        try execute("DELETE FROM one_time_code")
        try execute("DELETE FROM recovery_code")
        try execute("DELETE FROM new_mobile WHERE confirmed_at IS NULL")
        try execute("DELETE FROM authenticator WHERE confirmed_at IS NULL")
        try execute("DELETE FROM password_link WHERE used_at IS NULL")
        try execute("DELETE FROM access_token")
    }

    /// After a restore: contents whose secret the key store does not have any more are destroyed, as they were where the
    /// backup came from; secrets of documents that came after the backup are of no use.
    /// - Returns: how many contents.
    public func destroyContentsWithoutSecret() throws -> Int {
        try execute(
            """
            DELETE FROM document_secret WHERE NOT EXISTS
              (SELECT 1 FROM document WHERE document.id = document_secret.document_id)
            """)
        return try execute(
            """
            UPDATE content SET wrapped_key = NULL
            WHERE is_bound = TRUE AND wrapped_key IS NOT NULL AND NOT EXISTS
              (SELECT 1 FROM document_secret WHERE document_secret.document_id = content.document_id)
            """)
    }

    /// Lets numbers that the engine gives go on after the highest there is. SQLite does so by itself.
    public func continueNumbering() throws {
        guard dialect == .postgres else { return }
        _ = try query(
            """
            SELECT CAST(setval(pg_get_serial_sequence('audit_event', 'id'),
              (SELECT COALESCE(MAX(id), 0) + 1 FROM audit_event), FALSE) AS TEXT)
            """)
    }
}

/// What a table holds, in one number: the same on both engines for the same rows.
public struct TableDigest: Sendable, Equatable {
    public private(set) var rows = 0
    private var hash = SHA256()
    public init() {}

    public mutating func add(_ page: TablePage) {
        for row in page.rows {
            rows += 1
            for value in row { value.hash(into: &hash) }
        }
    }

    /// SHA-256 of all values, each with its type and length in front.
    public var sha256: [UInt8] { Array(hash.finalize()) }
    public static func == (one: TableDigest, other: TableDigest) -> Bool {
        one.rows == other.rows && one.sha256 == other.sha256
    }
}

extension SQLValue {
    fileprivate var asBool: SQLValue { if case .int(let number) = self { .bool(number != 0) } else { self } }

    fileprivate func hash(into hash: inout SHA256) {
        func add(_ type: UInt8, _ bytes: [UInt8]) {
            hash.update(data: [type])
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: bytes)
        }
        switch self {
        case .null: add(0, [])
        case .int(let number): add(1, Array(String(number).utf8))
        case .bool(let bool): add(1, [bool ? 0x31 : 0x30])  // as SQLite, which has 1 and 0
        case .double(let number): add(2, Array(String(number).utf8))
        case .text(let text): add(3, Array(text.utf8))
        case .blob(let bytes): add(4, bytes)
        }
    }
}
