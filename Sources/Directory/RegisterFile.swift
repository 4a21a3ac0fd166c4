import Foundation

/// What is wrong with an extract of a register. The text tells the operator what to do.
public struct RegisterFileMistake: Error, Sendable, Equatable, CustomStringConvertible {
    /// 1 is the line of the column names.
    public let line: Int
    public let reason: String
    public var description: String { "Line \(line): \(reason)" }
}

/// Reads an extract: UTF-8 text, one person a line, values separated by `;` or `,`, quoted with `"` where they hold
/// one. The columns are named in the first line, in any order; docs/operations.md lists them.
enum RegisterFile {
    static let required = ["gln", "family_name", "given_name", "profession", "licence"]
    static let optional = ["birth_year", "specialities", "canton", "street", "postcode", "locality"]
    static let maximumBytes = 200 << 20
    private static let maximumValue = 500

    static func entries(_ file: [UInt8], _ register: ProfessionalRegister) throws -> [RegisterEntry] {
        guard file.count <= maximumBytes else {
            throw RegisterFileMistake(line: 1, reason: "the file is larger than 200 MB")
        }
        var bytes = file[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let separator = bytes[..<end].contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
        var rows = CSVRows(bytes, separator: separator)
        guard let head = try rows.next() else {
            throw RegisterFileMistake(line: 1, reason: "the file is empty")
        }
        let names = head.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        for name in required where !names.contains(name) {
            throw RegisterFileMistake(line: 1, reason: "there is no column «\(name)»")
        }
        for name in names where !(required + optional).contains(name) {
            throw RegisterFileMistake(line: 1, reason: "the column «\(name)» is not known")
        }
        var entries: [RegisterEntry] = []
        var seen: Set<GLN> = []
        while let row = try rows.next() {
            if row.count == 1, row[0].isEmpty { continue }
            guard row.count == names.count else {
                throw RegisterFileMistake(
                    line: rows.line, reason: "\(row.count) values in place of \(names.count)")
            }
            let person = try entry(Dictionary(zip(names, row)) { $1 }, register, line: rows.line)
            guard seen.insert(person.gln).inserted else {
                throw RegisterFileMistake(line: rows.line, reason: "the GLN is there twice")
            }
            entries.append(person)
        }
        return entries
    }

    private static func entry(_ row: [String: String], _ register: ProfessionalRegister, line: Int) throws
        -> RegisterEntry
    {
        func value(_ name: String) throws -> String {
            let value = (row[name] ?? "").trimmingCharacters(in: .whitespaces)
            guard value.utf8.count <= maximumValue, !value.utf8.contains(where: { $0 < 0x20 }) else {
                throw RegisterFileMistake(line: line, reason: "«\(name)» is too long or not a line of text")
            }
            return value
        }
        guard let gln = GLN(rawValue: try value("gln")) else {
            throw RegisterFileMistake(line: line, reason: "the GLN is not 13 digits with a right check digit")
        }
        guard let licence = RegisterEntry.Licence(rawValue: try value("licence")) else {
            throw RegisterFileMistake(line: line, reason: "licence must be valid, withdrawn or none")
        }
        let year = try value("birth_year")
        guard year.isEmpty || Int(year).map({ (1900...2100).contains($0) }) == true else {
            throw RegisterFileMistake(line: line, reason: "birth_year must be a year")
        }
        return RegisterEntry(
            register: register, gln: gln, familyName: try value("family_name"),
            givenName: try value("given_name"), birthYear: Int(year), profession: try value("profession"),
            specialities: try value("specialities"), licence: licence, canton: try value("canton"),
            street: try value("street"), postcode: try value("postcode"), locality: try value("locality"))
    }
}

/// The rows of a CSV file (RFC 4180), by bytes.
struct CSVRows {
    private var rest: ArraySlice<UInt8>
    private let separator: UInt8
    /// Where the row that was read last begins.
    private(set) var line = 0
    private var nextLine = 1

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
        rest = bytes
        self.separator = separator
    }

    /// - Returns: nil at the end.
    /// - Throws: `RegisterFileMistake` for a quote that does not end, or bytes that are no UTF-8.
    mutating func next() throws -> [String]? {
        guard !rest.isEmpty else { return nil }
        line = nextLine
        var values: [String] = []
        var value: [UInt8] = []
        var isQuoted = false
        func text() throws -> String {
            guard let text = String(validating: value, as: UTF8.self) else {
                throw RegisterFileMistake(line: line, reason: "not UTF-8")
            }
            return text
        }
        while let byte = rest.popFirst() {
            if byte == 0x0A { nextLine += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && rest.first == UInt8(ascii: "\""):
                rest = rest.dropFirst()
                value.append(byte)
            case UInt8(ascii: "\"") where isQuoted: isQuoted = false
            case UInt8(ascii: "\"") where value.isEmpty: isQuoted = true
            case separator where !isQuoted:
                values.append(try text())
                value = []
            case 0x0D where !isQuoted && rest.first == 0x0A: continue
            case 0x0A where !isQuoted:
                values.append(try text())
                return values
            default: value.append(byte)
            }
        }
        guard !isQuoted else {
            throw RegisterFileMistake(line: line, reason: "a quotation mark does not end")
        }
        values.append(try text())
        return values
    }
}
