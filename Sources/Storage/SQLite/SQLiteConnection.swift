import GRDB
import GRDBSQLite

/// The statements that a connection has prepared, found by what they say. For one connection, and used where it is used.
/// They are GRDB's, which lets go of them with the connection, and when the schema changes.
final class SQLiteStatements: @unchecked Sendable {
    /// An object: a weak reference in a structure is counted at each copy.
    private final class Known {
        weak var statement: Statement?
        let columns: SQLColumns

        init(_ prepared: SQLiteStatement) {
            statement = prepared.statement
            columns = prepared.columns
        }
    }
    private var known: [SQLShape: Known] = [:]
    /// Where the texts and blobs of the statement that runs lie.
    let values = BoundBytes()

    func statement(_ shape: SQLShape, in database: GRDB.Database) throws -> SQLiteStatement {
        if let known = known[shape], let statement = known.statement {
            return SQLiteStatement(statement: statement, columns: known.columns)
        }
        let prepared = try SQLiteStatement(shape, in: database)
        known[shape] = Known(prepared)
        return prepared
    }
}

/// A prepared statement, and what the columns of its result are called.
struct SQLiteStatement {
    let statement: Statement
    let columns: SQLColumns

    init(statement: Statement, columns: SQLColumns) {
        self.statement = statement
        self.columns = columns
    }

    init(_ shape: SQLShape, in database: GRDB.Database) throws {
        statement = try database.cachedStatement(sql: shape.text(.sqlite))
        columns = SQLColumns(statement.columnNames)
    }
}

/// Statements through SQLite's own interface, on connections and statements that are GRDB's: its rows, its arguments and
/// its way of executing cost several times what a look-up by key does (ADR 0033).
struct SQLiteConnection {
    let database: GRDB.Database
    /// Nil where GRDB chooses among its connections: then GRDB finds the statement, by its text.
    var statements: SQLiteStatements?

    /// Executes a statement, which is prepared once for each connection.
    /// - Returns: all rows of its result.
    @discardableResult func run(_ sql: SQLText) throws -> [SQLRow] {
        try sql.check()
        let prepared =
            try statements?.statement(sql.shape, in: database) ?? SQLiteStatement(sql.shape, in: database)
        let statement = prepared.statement.sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        guard sqlite3_bind_parameter_count(statement) == sql.binds.count else {
            throw StorageError.other(code: "binds", "another number of values than the statement takes")
        }
        statements?.values.removeAll()
        for (index, value) in sql.binds.enumerated() {
            guard value.bind(to: statement, at: Int32(index + 1), keeping: statements?.values) == SQLITE_OK
            else { throw failure }
        }
        var rows: [SQLRow] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    SQLRow(
                        columns: prepared.columns,
                        values: (0..<prepared.columns.count).map {
                            SQLValue(statement, column: Int32($0))
                        }))
            case SQLITE_DONE: return rows
            // GRDB interrupts the reads of cancelled tasks
            case let code where code & 0xFF == SQLITE_INTERRUPT: throw CancellationError()
            default: throw failure
            }
        }
    }

    /// What the connection says of its last call.
    private var failure: GRDB.DatabaseError {
        GRDB.DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection)),
            message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
    }

    /// Runs `body` between BEGIN and COMMIT, and rolls back what it throws out of.
    /// - Parameter begin: the kind of transaction.
    func transaction<T>(_ begin: SQLText = "BEGIN", _ body: () throws -> T) throws -> T {
        try run(begin)
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            // a full disk ends a transaction by itself; what went wrong first is what is told
            if database.isInsideTransaction { _ = try? run("ROLLBACK") }
            throw error
        }
    }
}

extension SQLValue {
    /// - Parameter kept: keeps the bytes until the statement has run; without it, or without room there, SQLite copies them.
    /// - Returns: SQLite's code: it may be out of memory, or the value too large.
    fileprivate func bind(to statement: OpaquePointer, at place: Int32, keeping kept: BoundBytes?) -> Int32 {
        switch self {
        case .null: return sqlite3_bind_null(statement, place)
        case .int(let number): return sqlite3_bind_int64(statement, place, number)
        case .double(let number): return sqlite3_bind_double(statement, place, number)
        case .bool(let bool): return sqlite3_bind_int64(statement, place, bool ? 1 : 0)
        case .text(var text):
            return text.withUTF8 { bytes in
                let (start, lifetime) = BoundBytes.place(UnsafeRawBufferPointer(bytes), in: kept)
                return sqlite3_bind_text(
                    statement, place, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), lifetime)
            }
        case .blob(let bytes) where bytes.isEmpty: return sqlite3_bind_zeroblob(statement, place, 0)
        case .blob(let bytes):
            return bytes.withUnsafeBytes { bytes in
                let (start, lifetime) = BoundBytes.place(bytes, in: kept)
                return sqlite3_bind_blob(statement, place, start, Int32(bytes.count), lifetime)
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
