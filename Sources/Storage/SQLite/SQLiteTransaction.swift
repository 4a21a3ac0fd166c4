import Foundation
import GRDB

final class SQLiteTransaction: Transaction {
    private let connection: SQLiteConnection
    private(set) var wakeUps: [(Channel, String)] = []
    private(set) var hasFailed = false
    var dialect: Dialect { .sqlite }
    var findings: Findings? { changes?.findings }

    /// Nil in a transaction that only reads.
    private let changes: SQLiteChanges?

    init(_ connection: SQLiteConnection, noting changes: SQLiteChanges? = nil) {
        self.connection = connection
        self.changes = changes
    }

    func query(_ sql: SQLText) throws -> [SQLRow] {
        try mapped { try connection.run(sql) }
    }
    func execute(_ sql: SQLText, isRemembered: Bool) throws -> Int {
        try mapped {
            if !isRemembered { changes?.passOver(true) }
            defer { if !isRemembered { changes?.passOver(false) } }
            try connection.run(sql)
            return connection.database.changesCount
        }
    }
    func insertNumbered(_ sql: SQLText) throws -> Int64 {
        guard try execute(sql, isRemembered: true) == 1 else {
            throw StorageError.decoding("no row was inserted")
        }
        // RETURNING would build a table for its one row
        return connection.database.lastInsertedRowID
    }
    func notify(_ channel: Channel, _ payload: String) { wakeUps.append((channel, payload)) }

    private func mapped<T>(_ body: () throws -> T) throws -> T {
        // a full disk may have ended the transaction: what follows would be one of its own, statement by statement
        guard !hasFailed else { throw StorageError.ignored }
        do { return try body() } catch let error as GRDB.DatabaseError {
            hasFailed = true
            throw StorageError(error)
        }
    }
}

extension StorageError {
    /// PostgreSQL says so, too, to whoever goes on after a statement that failed.
    static let ignored = StorageError.other(
        code: "ignored", "a failed statement was ignored: rolled back")

    init(_ error: GRDB.DatabaseError) {
        let text = error.message ?? ""
        self =
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: .unique(text)
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey(text)
            case .SQLITE_CONSTRAINT_CHECK: .check(text)
            case .SQLITE_BUSY, .SQLITE_BUSY_SNAPSHOT, .SQLITE_LOCKED: .serialization(text)
            default: .other(code: "sqlite \(error.extendedResultCode.rawValue)", text)
            }
    }
}
