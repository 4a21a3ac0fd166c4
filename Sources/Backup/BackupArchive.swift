/// Backups: all rows of one moment in a sealed file, and the sealed contents beside it. What is restored is
/// proved equal before it is called restored.
///
///     DIR/database.sealed   rows, as lines of JSON, sealed under the installation's key (`Vault.SealedFile`)
///     DIR/contents/…        the blobs, sealed already
///
/// The key is in neither: keep its own copy elsewhere.
import Foundation
import Storage

/// The lines of `database.sealed`: a header, then for each table a head and its rows, then the digests.
enum BackupLine: Codable {
    /// - Parameters:
    ///   - format: 1.
    ///   - schema: how many migrations had been applied.
    ///   - madeAt: UTC milliseconds.
    case header(format: Int, schema: Int, madeAt: Int64)
    case table(name: String, columns: [String])
    case row([Value])
    case digest(table: String, rows: Int, sha256: [UInt8])

    /// A value of either engine. Truth values travel as 1 and 0.
    enum Value: Codable {
        case null
        case int(Int64)
        case double(Double)
        case text(String)
        case blob(Data)
    }

    static let format = 1
}

extension BackupLine.Value {
    init(_ value: SQLValue) {
        self =
            switch value {
            case .null: .null
            case .int(let number): .int(number)
            case .bool(let bool): .int(bool ? 1 : 0)
            case .double(let number): .double(number)
            case .text(let text): .text(text)
            case .blob(let bytes): .blob(Data(bytes))
            }
    }

    var sqlValue: SQLValue {
        switch self {
        case .null: .null
        case .int(let number): .int(number)
        case .double(let number): .double(number)
        case .text(let text): .text(text)
        case .blob(let data): .blob([UInt8](data))
        }
    }
}
