import Access
import Dispatches
import Foundation

/// Lists of accesses as a table that spreadsheets open: UTF-8 with a byte order mark, semicolons, every cell quoted. A cell
/// that a spreadsheet would take for a formula gets an apostrophe in front.
enum AccessesCSV {
    static func file(_ lines: [AuditLine]) -> [UInt8] {
        table(
            ["Quand (UTC)", "Qui", "Pour qui", "Quoi", "Issue", "Objet", "Identifiant", "Adresse réseau"],
            lines.map { line in
                cells(line) + [line.record.address ?? ""]
            })
    }

    static func file(_ accesses: PatientAccesses) -> [UInt8] {
        table(
            [
                "Quand (UTC)", "Qui", "Pour qui", "Quoi", "Issue", "Objet", "Identifiant", "Type", "Service",
                "Base",
            ],
            accesses.lines.map { access in
                cells(access.line)
                    + [
                        access.typeCode.map { DocumentTypeTexts.name(code: $0) } ?? "", access.service ?? "",
                        access.line.record.basis ?? "",
                    ]
            })
    }

    private static func cells(_ line: AuditLine) -> [String] {
        let record = line.record
        return [
            instant(record.recordedAt),
            line.actorName ?? record.actorID.map { "\(record.actorKind) \($0)" } ?? record.actorKind,
            line.principalName ?? "", EventTexts.name(record.event),
            record.rule.map { "\(record.outcome) \($0)" } ?? record.outcome, record.objectKind ?? "",
            record.objectID ?? "",
        ]
    }

    private static func instant(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: false))
    }

    static func table(_ head: [String], _ rows: [[String]]) -> [UInt8] {
        let text = ([head] + rows).map { $0.map(cell).joined(separator: ";") }.joined(separator: "\r\n")
        return [0xEF, 0xBB, 0xBF] + Array(text.utf8) + [0x0D, 0x0A]
    }

    /// By bytes: `=`, `+`, `-`, `@`, tab and carriage return begin formulas.
    static func cell(_ text: String) -> String {
        let first = text.utf8.first ?? 0x20
        let isFormula = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A].contains(first)
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}
