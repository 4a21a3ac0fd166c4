import GRDB
import GRDBSQLite

/// Reading through SQLite's own interface, on connections and statements that are GRDB's: its rows and arguments cost
/// several times what the query itself does. Only for statements that write nothing, since GRDB observes what is
/// written.
extension GRDB.Statement {
    /// SQLite's word: it writes nothing to the file. That holds for BEGIN and COMMIT, too.
    var onlyReads: Bool { sqlite3_stmt_readonly(sqliteStatement) != 0 }

    /// Sets the values for GRDB's next execution of it.
    func bind(_ binds: [SQLValue]) throws {
        setUncheckedArguments(StatementArguments())
        try bindAll(binds)
    }

    private func bindAll(_ binds: [SQLValue]) throws {
        guard sqlite3_bind_parameter_count(sqliteStatement) == binds.count else {
            throw StorageError.other(code: "binds", "another number of values than the statement takes")
        }
        for (index, value) in binds.enumerated() { value.bind(to: sqliteStatement, at: Int32(index + 1)) }
    }

    /// All rows of the result.
    func selected(_ binds: [SQLValue], by database: GRDB.Database) throws -> [SQLRow] {
        let statement = sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try bindAll(binds)
        let names = columnNames
        var rows: [SQLRow] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    SQLRow(
                        columns: names,
                        values: names.indices.map { SQLValue(statement, column: Int32($0)) }))
            case SQLITE_DONE: return rows
            // GRDB interrupts the reads of cancelled tasks
            case let code where code & 0xFF == SQLITE_INTERRUPT: throw CancellationError()
            default:
                throw GRDB.DatabaseError(
                    resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection)),
                    message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
            }
        }
    }
}

extension GRDB.Database {
    /// Whether no transaction is open any more.
    var hasEndedByItself: Bool { sqlite3_get_autocommit(sqliteConnection) != 0 }

    /// Begins or ends a transaction on a connection that only reads.
    /// - Parameter statement: BEGIN, COMMIT or ROLLBACK, which have no values and give no rows.
    func control(_ statement: String) throws {
        _ = try cachedStatement(sql: statement).selected([], by: self)
    }
}

extension SQLValue {
    /// Values are copied: the statement outlives them.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    fileprivate func bind(to statement: OpaquePointer, at place: Int32) {
        switch self {
        case .null: sqlite3_bind_null(statement, place)
        case .int(let number): sqlite3_bind_int64(statement, place, number)
        case .double(let number): sqlite3_bind_double(statement, place, number)
        case .bool(let bool): sqlite3_bind_int64(statement, place, bool ? 1 : 0)
        case .text(let text):
            sqlite3_bind_text(statement, place, text, Int32(text.utf8.count), Self.copied)
        case .blob(let bytes):
            if bytes.isEmpty {
                sqlite3_bind_zeroblob(statement, place, 0)
            } else {
                _ = bytes.withUnsafeBytes {
                    sqlite3_bind_blob(statement, place, $0.baseAddress, Int32($0.count), Self.copied)
                }
            }
        }
    }

    fileprivate init(_ statement: OpaquePointer, column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .int(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .double(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(statement, column),
                count: Int(sqlite3_column_bytes(statement, column)))
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, column),
                count: Int(sqlite3_column_bytes(statement, column)))
            self = .blob([UInt8](bytes))
        default: self = .null
        }
    }
}
