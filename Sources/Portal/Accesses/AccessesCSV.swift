import Access
import Dispatches
import Documents
import Exports
import Foundation

/// Lists of accesses as tables for spreadsheets.
enum AccessesCSV {
    static func file(_ lines: [AuditLine]) -> [UInt8] {
        SpreadsheetTable(
            ["Quand (UTC)", "Qui", "Pour qui", "Quoi", "Issue", "Objet", "Identifiant", "Adresse réseau"],
            lines.map { line in
                cells(line) + [line.record.address ?? ""]
            }
        ).bytes
    }

    static func file(_ accesses: PatientAccesses) -> [UInt8] {
        SpreadsheetTable(
            [
                "Quand (UTC)", "Qui", "Pour qui", "Quoi", "Issue", "Objet", "Identifiant", "Type", "Service",
                "Base", "Titre", "Identifiant du document", "Séjour", "Destinataire", "GLN du destinataire",
            ],
            accesses.lines.map { access in
                cells(access.line)
                    + [
                        access.document.map { DocumentTypeTexts.name(code: $0.typeCode) } ?? "",
                        access.document?.service ?? "", access.line.record.basis ?? "",
                        access.document?.title ?? "", access.document?.identifier ?? "",
                        access.document?.stayNumber ?? "", access.recipient?.name ?? "",
                        access.recipient?.gln ?? "",
                    ]
            }
        ).bytes
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
}
