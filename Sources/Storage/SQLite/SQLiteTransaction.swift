import Foundation
import GRDB

final class SQLiteTransaction: Transaction {
    private let database: GRDB.Database
    private(set) var wakeUps: [(Channel, String)] = []
    private(set) var hasFailed = false
    var dialect: Dialect { .sqlite }

    init(database: GRDB.Database) { self.database = database }

    func query(_ sql: SQLText) throws -> [SQLRow] {
        try mapped {
            let (text, binds) = try sql.render(.sqlite)
            let statement = try database.cachedStatement(sql: text)
            if statement.onlyReads { return try statement.selected(binds, by: database) }
            // what it writes is GRDB's to observe
            try statement.bind(binds)
            let names = statement.columnNames
            var rows: [SQLRow] = []
            let cursor = try Row.fetchCursor(statement)
            while let row = try cursor.next() {
                rows.append(SQLRow(columns: names, values: names.indices.map { SQLValue(row[$0]) }))
            }
            return rows
        }
    }
    func execute(_ sql: SQLText) throws -> Int {
        try mapped {
            let (text, binds) = try sql.render(.sqlite)
            let statement = try database.cachedStatement(sql: text)
            try statement.bind(binds)
            try statement.execute()
            return database.changesCount
        }
    }
    func notify(_ channel: Channel, _ payload: String) { wakeUps.append((channel, payload)) }

    private func mapped<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as GRDB.DatabaseError {
            hasFailed = true
            throw StorageError(error)
        }
    }
}

extension SQLValue {
    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob([UInt8](data))
        }
    }
}

extension StorageError {
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
