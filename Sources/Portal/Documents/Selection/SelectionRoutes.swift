import Access
import Documents
import Exports
import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

/// What is done with several documents at once.
enum SelectionRoutes {
    /// What the buttons over a list say.
    enum Act: String {
        case archive = "zip"
        case print = "imprimer"
        case read = "lu"
        case unread = "nonlu"
    }

    /// `POST /documents/selection`.
    static func act(_ visit: Visit) async throws -> Response {
        let viewer = try visit.reader()
        let form = try await visit.form()
        guard let act = Act(rawValue: form["action"]) else { throw PageRefusal.badForm }
        let ids = form.all("d").map(Document.ID.init(rawValue:))
        do {
            switch act {
            case .archive: return try await archive(DocumentSelection(ids), viewer, visit)
            case .print:
                return try await print(DocumentSelection(ids, limit: DocumentLimits.printed), viewer, visit)
            case .read, .unread:
                let isUnread = act == .unread
                let changed = try await visit.site.documents.mark(
                    DocumentSelection(ids), asUnread: isUnread, viewer)
                let flash = isUnread ? Flash.markedUnread : .markedRead
                return back(form["retour"], flash, undoing: changed)
            }
        } catch SelectionRefusal.empty {
            return back(form["retour"], .selectionEmpty)
        } catch let refusal as SelectionRefusal where refusal.kind == .invalid {
            let shell = try await visit.shell()
            let page = SelectionRefusedPage(shell: shell, refusal: refusal)
            return Response(html: page.html, status: .unprocessableContent)
        }
    }

    /// To the list from which one came, with what was done and what would undo it.
    private static func back(_ address: String, _ flash: Flash, undoing ids: [Document.ID] = []) -> Response {
        let back = ReturnAddress(address).text
        let path = back == "/" ? "/documents" : back
        let sign = path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        let undo = ids.isEmpty ? "" : "&choix=" + ids.map(\.rawValue).joined(separator: ".")
        return .toPage("\(path)\(sign)fait=\(flash.rawValue)\(undo)")
    }

    /// One page with all page images of the selected documents; each is a printing of its own in the trail.
    private static func print(
        _ selection: DocumentSelection, _ viewer: Viewer, _ visit: Visit
    ) async throws -> Response {
        var documents: [DocumentView] = []
        var pages = 0
        for id in selection.ids {
            // what has gone since the list was made is left out, as in an archive
            guard let opened = try await found(id, viewer, visit) else { continue }
            pages += opened.pages.count
            guard pages <= DocumentLimits.printedPages || documents.isEmpty else {
                throw SelectionRefusal.tooLarge
            }
            documents.append(DocumentView(opened, query: InboxQuery(), at: visit.now))
        }
        guard !documents.isEmpty else { throw DocumentRefusal.notFound }
        let page = SelectedPrintPage(
            presentation: visit.presentation, documents: documents,
            missing: selection.ids.count - documents.count, printedBy: viewer.displayName)
        return Response(html: page.html)
    }

    private static func found(_ id: Document.ID, _ viewer: Viewer, _ visit: Visit) async throws
        -> OpenedDocument?
    {
        do { return try await visit.site.documents.open(id, for: .printing, viewer) } catch is DocumentRefusal
        { return nil }
    }

    /// The files in one archive, made while it is sent: never whole in memory, never on a disk. Before each piece of
    /// 64 KiB the session and the delegation are asked for again.
    private static func archive(
        _ selection: DocumentSelection, _ viewer: Viewer, _ visit: Visit
    ) async throws -> Response {
        let export = try await visit.site.documents.export(selection, viewer)
        let (access, now) = (visit.site.access, visit.now)
        let names = ArchiveNames.paths(of: export.items, namingPatients: export.namesPatients)
        let index = ArchiveIndex.table(of: export.items, names)
        let note = ArchiveNames.note(missing: export.missing)
        let body = ResponseBody { writer in
            var writer = writer
            var archive = ZIPArchive()
            for (item, name) in zip(export.items, names) {
                try await writer.write(archive.begin(name, at: .init(item.document.authoredAt)))
                let content = try await export.open(item)
                try await content.read(0..<content.byteCount) { piece in
                    try await access.confirm(viewer, to: .read)
                    try await writer.write(archive.add(piece))
                }
                try await writer.write(archive.end())
            }
            try await writer.write(archive.file("index.csv", index, at: .init(now)))
            try await writer.write(archive.file("LISEZ-MOI.txt", note, at: .init(now)))
            try await writer.write(archive.directory())
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip", .cacheControl: "private, no-store",
                // no patient's name: it would stand in the list of downloads
                .contentDisposition: "attachment; filename=\"documents-\(LocalTime(now.rawValue).iso).zip\"",
            ], body: body)
    }
}

extension Visit {
    /// What takes back a mark that was set just before, on the list to which one came back.
    func undo(to way: Path) -> MarkForm? {
        let act: SelectionRoutes.Act
        switch query("fait").flatMap(Flash.init(rawValue:)) {
        case .markedRead: act = .unread
        case .markedUnread: act = .read
        default: return nil
        }
        let ids = (longQuery("choix") ?? "").split(separator: ".").map(String.init).filter {
            $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit)
        }
        guard !ids.isEmpty, ids.count <= DocumentLimits.selected else { return nil }
        return MarkForm(formToken: formToken, ids: ids, act: act, way: way, text: t("Annuler"))
    }
}

extension ResponseBodyWriter {
    fileprivate mutating func write(_ bytes: [UInt8]) async throws {
        try await write(ByteBuffer(bytes: bytes))
    }
}

extension ZIPArchive.Moment {
    fileprivate init(_ moment: Timestamp) {
        let local = LocalTime(moment.rawValue)
        self.init(
            year: local.year, month: local.month, day: local.day, hour: local.hour, minute: local.minute)
    }
}
