/// One row of a result.
public struct SQLRow: Sendable {
    @usableFromInline let columns: SQLColumns
    /// In the order of the columns.
    @usableFromInline let values: [SQLValue]

    /// - Throws: `StorageError.decoding` when the column is missing or of another type. The message names the
    ///   column and the type, never the value.
    @inlinable
    public func get<T: SQLDecodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        guard let place = columns.place(of: column) else {
            throw StorageError.decoding("no column \(column)")
        }
        guard let value = T(sql: values[place]) else {
            throw StorageError.decoding("\(column) is not \(T.self)")
        }
        return value
    }
}

/// The names of a result's columns, shared by its rows; on SQLite also by the results of a prepared statement.
@usableFromInline final class SQLColumns: Sendable {
    private let names: [String]
    /// A number for each name, in the same order: ten or thirty numbers are looked through faster than one name is hashed
    /// for a dictionary.
    private let marks: [UInt64]

    var count: Int { names.count }

    init(_ names: [String]) {
        self.names = names
        marks = names.map(Self.mark)
    }

    /// - Returns: the first of this name; nil when there is none.
    @usableFromInline func place(of name: String) -> Int? {
        let mark = Self.mark(name)
        for place in marks.indices where marks[place] == mark && names[place] == name { return place }
        return nil
    }

    /// Its length, its beginning and its end: two columns of one result seldom share all three.
    private static func mark(_ name: String) -> UInt64 {
        let bytes = name.utf8
        return UInt64(bytes.count) << 16 | UInt64(bytes.first ?? 0) << 8 | UInt64(bytes.last ?? 0)
    }
}
