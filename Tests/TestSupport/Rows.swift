import Foundation
package import Storage

extension TestPortal {
    /// How many rows there are: `rows("document WHERE version = 1")`.
    package func rows(_ from: SQLText) async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) AS n FROM \(sql: from)")?.get("n") ?? 0 }
    }

    /// One column of a query, which must be texts.
    package func texts(_ column: String, _ query: SQLText) async throws -> [String] {
        try await database.read { try $0.query(query).map { try $0.get(column) } }
    }

    /// Changes rows behind the portal's back, as somebody at the database's file could.
    package func tamper(_ statement: SQLText) async throws {
        _ = try await database.write { try $0.execute(statement) }
    }

    /// The names of all sealed files.
    package var sealedFiles: [String] {
        let all = FileManager.default.enumerator(atPath: folder + "/contents")?.allObjects ?? []
        return all.compactMap { $0 as? String }.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(folder)/contents/\(name)", isDirectory: &isFolder)
            return !isFolder.boolValue
        }
    }
}
