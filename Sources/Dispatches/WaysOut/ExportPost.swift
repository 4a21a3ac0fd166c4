public import Access
import Documents
import Exports
import Foundation
import PDF
import Storage

/// Letters for the printers: a ZIP archive with each document, a sheet with its address, and a table of all.
public struct PostExport: Sendable {
    /// Under which it can be made again.
    public let id: String
    public let archive: [UInt8]
    public let letters: Int
    /// Whether others still wait.
    public let hasMore: Bool
}

/// Who takes letters out of the queue.
public enum PostExporter: Sendable {
    /// By a command on the machine.
    case `operator`
    case member(Holder)

    var person: Account.ID? {
        if case .member(let holder) = self { holder.accountID } else { nil }
    }
}

extension DispatchActions {
    /// Takes the letters that wait the longest, for a member those of his services, at most 200 of 64 MiB
    /// together, marks them as exported in one
    /// transaction, and makes the archive. If that fails afterwards, `exportPostAgain` makes it.
    /// - Returns: nil when none waits.
    /// - Throws: `AccessRefusal` for whoever is not of the hospital's services.
    public func exportPost(by exporter: PostExporter) async throws -> PostExport? {
        guard let claimed = try await claimPost(by: exporter) else { return nil }
        return PostExport(
            id: claimed.id, archive: try await archive(claimed.items), letters: claimed.items.count,
            hasMore: claimed.hasMore)
    }

    /// Marks letters as exported, without the archive: who asked for it fetches it with `exportPostAgain`.
    /// - Returns: the identifier of the export, and whether others still wait; nil when none waits.
    /// - Throws: `AccessRefusal` for whoever is not of the hospital's services.
    public func markForPost(by exporter: PostExporter) async throws -> (id: String, hasMore: Bool)? {
        try await claimPost(by: exporter).map { ($0.id, $0.hasMore) }
    }

    private func claimPost(by exporter: PostExporter) async throws -> ClaimedPost? {
        _ = try await keepPostQueue()
        let now = clock.now()
        let id = RandomText.identifier()
        let claimed = try await database.write { transaction -> (items: [PostItem], hasMore: Bool) in
            let (actor, viewer) = try self.confirm(exporter, in: transaction, at: now)
            let waiting = try transaction.postItems(
                .waiting, followedBy: viewer, limit: PostLimits.perExport + 1)
            var items: [PostItem] = []
            var bytes = 0
            for item in waiting.prefix(PostLimits.perExport) where item.document.state == .current {
                bytes += item.document.byteCount
                // one alone always goes
                guard items.isEmpty || bytes <= PostLimits.exportBytes else { break }
                items.append(item)
            }
            guard !items.isEmpty else { return ([], false) }
            try transaction.insertPostExport(id, by: exporter.person, items: items.count, at: now)
            for item in items {
                guard try transaction.advance(item.id, from: .waiting, to: .exported, export: id, at: now)
                else { continue }
                try transaction.hold(
                    item.document.id, for: .post, until: now.adding(days: PostLimits.againDays))
                try transaction.record(
                    .post(item.id, of: item.document, "exported export=\(id)", to: item.accountID),
                    by: actor, at: now)
            }
            return (items, waiting.count > items.count)
        }
        guard !claimed.items.isEmpty else { return nil }
        return ClaimedPost(id: id, items: claimed.items, hasMore: claimed.hasMore)
    }

    /// Makes the archive of an export, once more or after `markForPost`, while its contents are kept: thirty days.
    /// - Throws: `DispatchRefusal.notFound`; `DocumentRefusal.expired`; `AccessRefusal`.
    public func exportPostAgain(_ id: String, by exporter: PostExporter) async throws -> PostExport {
        guard id.isIdentifier else { throw DispatchRefusal.notFound }
        let now = clock.now()
        let items = try await database.write { transaction -> [PostItem] in
            let (actor, viewer) = try self.confirm(exporter, in: transaction, at: now)
            let items = try transaction.postItems(ofExport: id, followedBy: viewer)
                .filter { $0.document.state == .current }
            for item in items {
                try transaction.record(
                    .post(item.id, of: item.document, "archive export=\(id)", to: item.accountID),
                    by: actor, at: now)
            }
            return items
        }
        guard !items.isEmpty else { throw DispatchRefusal.notFound }
        return PostExport(id: id, archive: try await archive(items), letters: items.count, hasMore: false)
    }

    /// - Returns: whose services sent what may be exported; nil: all of it.
    private func confirm(_ exporter: PostExporter, in transaction: any Transaction, at now: Timestamp) throws
        -> (AuditActor, ServiceViewer?)
    {
        switch exporter {
        case .operator: return (.system(node: access.nodeName), nil)
        case .member(let holder): return (.person(holder), try transaction.confirmService(holder, at: now))
        }
    }

    private func archive(_ items: [PostItem]) async throws -> [UInt8] {
        var archive = ZIPArchive()
        var bytes: [UInt8] = []
        var table = PostTable()
        for (index, item) in items.enumerated() {
            // no name of a patient in the name of a file
            let number = String(String(10_000 + index + 1).dropFirst())
            let document = "\(number)-document.pdf"
            let sheet = "\(number)-adresse.pdf"
            // without dates: the same letters make the same archive
            bytes += archive.file(sheet, try addressSheet(item, number: number), at: .unsaid)
            bytes += archive.file(document, try await documents.original(of: item.document), at: .unsaid)
            table.add(item, number: number, document: document, sheet: sheet)
        }
        bytes += archive.file("courrier.csv", table.bytes, at: .unsaid)
        return bytes + archive.directory()
    }

    /// The first page of a letter: sender and address where the window of an envelope is. The service is not on it: its
    /// name can be clinical, and the sheet is what a postman sees.
    private func addressSheet(_ item: PostItem, number: String) throws -> [UInt8] {
        let sender = [waysOut.hospitalName] + waysOut.hospitalAddress
        return try LetterPDF.draw(
            Letter(
                letterhead: .init(
                    institution: waysOut.hospitalName, department: "", lines: waysOut.hospitalAddress),
                addressee: item.addressee.lines,
                returnLine: sender.filter { !$0.isEmpty }.joined(separator: ", "),
                placeAndDate: SwissDate.written(item.queuedAt), subject: "Document confidentiel",
                blocks: [
                    .paragraph("Vous trouverez ci-joint un document qui vous est adressé."),
                    .paragraph("Envoi \(number) · \(item.id.rawValue.prefix(8))"),
                ], signature: []))
    }
}

/// The letters of an export whose archive is not made yet.
private struct ClaimedPost {
    let id: String
    let items: [PostItem]
    let hasMore: Bool
}

extension PostLimits {
    /// Bytes of the documents of one export: it is made in memory.
    static let exportBytes = 64 << 20
}
