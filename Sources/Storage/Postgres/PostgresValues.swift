import CPostgres
import Foundation

/// How values travel to PostgreSQL and back: texts, but bytes as they are on the way there.
extension SQLValue {
    /// 0 lets the server infer the type; the others are said, so that `SELECT $1` works.
    var oid: Oid {
        switch self {
        case .int: 20
        case .double: 701
        case .blob: 17
        case .bool: 16
        case .text, .null: 0
        }
    }
    var wireFormat: Int32 { if case .blob = self { 1 } else { 0 } }
    var wireBytes: [UInt8]? {
        switch self {
        case .null: nil
        case .int(let number): Array(String(number).utf8)
        case .double(let number): Array(String(number).utf8)
        case .text(let text): Array(text.utf8)
        case .bool(let bool): [bool ? 0x74 : 0x66]
        case .blob(let bytes): bytes
        }
    }

    /// - Parameters:
    ///   - oid: the column's type; what is not a number, a truth value or bytes is text.
    ///   - text: `length` bytes and a NUL.
    init(oid: Oid, _ text: UnsafePointer<CChar>, _ length: Int) {
        let bytes = UnsafeRawBufferPointer(start: text, count: length)
        switch oid {
        case 16: self = .bool(bytes.first == 0x74)
        case 20, 21, 23: self = .int(strtoll(text, nil, 10))
        case 700, 701, 1700: self = .double(strtod(text, nil))
        case 17: self = .blob(SQLValue.bytes(fromHex: bytes.dropFirst(2)))  // \x…
        default: self = .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func bytes(fromHex hex: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        func value(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : digit - 0x57 }
        return stride(from: hex.startIndex, to: hex.endIndex - 1, by: 2).map {
            value(hex[$0]) << 4 | value(hex[$0 + 1])
        }
    }
}
