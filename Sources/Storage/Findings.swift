/// The name of something that is found out in one table.
public struct Finding<Value: Sendable>: Sendable {
    let table: String
    let name: String

    /// - Parameters:
    ///   - name: told apart from others in the same table.
    ///   - table: a table with row numbers, which is never emptied by a DELETE without WHERE: SQLite tells of no such
    ///     change.
    public init(_ name: String, in table: String) {
        self.table = table
        self.name = name
    }
}

/// What the only writer of SQLite found in a transaction and knows in those after it, until a row of the same table changes,
/// a transaction is undone, or another program has written to the file (ADR 0033). Nobody has to say that it no longer
/// holds.
public final class Findings: Sendable {
    private struct Found: Sendable {
        let table: String
        let name: String
        let value: any Sendable
    }
    /// A handful.
    private let found = Locked<[Found]>([])

    init() {}

    func value<Value>(of finding: Finding<Value>) -> Value? {
        found.withLock { found in
            found.first { $0.name == finding.name && $0.table == finding.table }?.value as? Value
        }
    }

    func keep<Value>(_ value: Value, as finding: Finding<Value>) {
        found.withLock { found in
            found.removeAll { $0.name == finding.name && $0.table == finding.table }
            found.append(Found(table: finding.table, name: finding.name, value: value))
        }
    }

    /// A row of it changed.
    func forget(table: String) { found.withLock { $0.removeAll { $0.table == table } } }

    func forgetAll() { found.withLock { $0 = [] } }
}

extension Transaction {
    /// What `find` finds. A transaction that writes on SQLite asks once, and knows it until a row of the table changes; all
    /// others ask each time.
    public func known<Value>(_ finding: Finding<Value>, _ find: () throws -> Value) rethrows -> Value {
        if let value = findings?.value(of: finding) { return value }
        let value = try find()
        findings?.keep(value, as: finding)
        return value
    }

    /// Says what would be found from now on, after one's own change of the table.
    public func learn<Value>(_ value: Value, as finding: Finding<Value>) {
        findings?.keep(value, as: finding)
    }
}
