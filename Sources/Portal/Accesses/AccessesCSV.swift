import Access
import Dispatches
import Documents
import Exports
import Foundation

/// Lists of accesses as tables for spreadsheets.
enum AccessesCSV {
    /// - Parameter isCut: there are older events: the last row says so.
    static func file(_ lines: [AuditLine], isCut: Bool = false) -> [UInt8] {
        SpreadsheetTable(
            ["Quand (UTC)", "Qui", "Pour qui", "Quoi", "Issue", "Objet", "Identifiant", "Adresse réseau"],
            lines.map { line in
                cells(line) + [line.record.address ?? ""]
            } + (isCut ? [[cutText(lines.count)] + Array(repeating: "", count: 7)] : [])
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
                + (accesses.next == nil
                    ? [] : [[cutText(accesses.lines.count)] + Array(repeating: "", count: 14)])
        ).bytes
    }

    private static func cutText(_ count: Int) -> String {
        t(
            "Tableau incomplet : les {count} événements les plus récents seulement. Choisissez une période pour les autres.",
            ["count": Typography.number(count)])
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
