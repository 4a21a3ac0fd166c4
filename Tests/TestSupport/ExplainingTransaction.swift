package import Storage

/// Asks for the plan of each query in place of its rows, so that a test sees how real queries find theirs.
package final class ExplainingTransaction: Transaction {
    private let real: any Transaction
    /// The steps of each query, in the words of SQLite.
    package private(set) var plans: [[String]] = []

    package init(_ real: any Transaction) { self.real = real }

    package var dialect: Dialect { real.dialect }
    package func query(_ sql: SQLText) throws -> [SQLRow] {
        plans.append(try real.query("EXPLAIN QUERY PLAN \(sql: sql)").map { try $0.get("detail") })
        return []
    }
    package func execute(_ sql: SQLText) throws -> Int { 0 }
    package func notify(_ channel: Channel, _ payload: String) throws {}
}
