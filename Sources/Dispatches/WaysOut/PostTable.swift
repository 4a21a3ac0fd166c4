import Access
import Documents
import Exports

/// The table of an export, for the printers' mail merge.
struct PostTable {
    private var table = SpreadsheetTable(
        ["numero", "document", "adresse", "pages"] + (1...8).map { "ligne\($0)" }
            + ["motif", "en attente depuis", "identifiant"])

    mutating func add(_ item: PostItem, number: String, document: String, sheet: String) {
        let lines = item.addressee.lines
        table.add(
            [number, document, sheet, String(item.document.pageCount)]
                + (0..<8).map { $0 < lines.count ? lines[$0] : "" }
                + [item.reason.word, SwissDate.day(of: item.queuedAt), item.id.rawValue])
    }

    var bytes: [UInt8] { table.bytes }
}

extension PostItem.Reason {
    /// As the printers read it.
    fileprivate var word: String {
        switch self {
        case .noElectronicWay: "pas de voie électronique"
        case .unreadDays: "non ouvert dans le portail"
        case .asked: "demandé par le service"
        }
    }
}
