package import Storage

/// Asks for the plan of each query in place of its rows, so that a test sees how real queries find theirs.
package final class ExplainingTransaction: Transaction {
    private let real: any Transaction
    /// The steps of each query, in the words of the engine.
    package private(set) var plans: [[String]] = []

    package init(_ real: any Transaction) { self.real = real }

    package var dialect: Dialect { real.dialect }
    package func query(_ sql: SQLText) throws -> [SQLRow] {
        switch dialect {
        case .sqlite:
            plans.append(try real.query("EXPLAIN QUERY PLAN \(sql: sql)").map { try $0.get("detail") })
        case .postgres:
            // with three rows in a table PostgreSQL reads them all, unless reading all is the last resort
            try real.execute("SET LOCAL enable_seqscan = off")
            plans.append(try real.query("EXPLAIN \(sql: sql)").map { try $0.get("QUERY PLAN") })
        }
        return []
    }
    /// Whether a plan reads all rows of `table`, which queries call `alias`.
    package static func scans(_ plan: [String], _ table: String, as alias: String) -> Bool {
        plan.contains { $0.hasPrefix("SCAN \(alias)") || $0.contains("Seq Scan on \(table)") }
    }
    /// Whether a plan puts rows in order by itself, instead of finding them in order.
    package static func sorts(_ plan: [String]) -> Bool {
        plan.contains { $0.contains("TEMP B-TREE") || $0.contains("Sort Key") }
    }
    package func execute(_ sql: SQLText, isRemembered: Bool) throws -> Int { 0 }
    package func insertNumbered(_ sql: SQLText) throws -> Int64 { 0 }
    package func notify(_ channel: Channel, _ payload: String) throws {}
}
