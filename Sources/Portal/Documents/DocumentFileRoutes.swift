import Access
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

/// The bytes of a document, and the images of its pages.
enum DocumentFileRoutes {
    /// `GET /documents/{id}/fichier`: the file as it was published, whole or a range. A small one is sent at once: the
    /// transaction that wrote the event has just asked for the permission. A larger one is decrypted chunk by chunk while
    /// it is sent, and before each piece of 64 KiB the session and the delegation are asked for again: after a
    /// revocation nothing more is sent.
    static func file(_ visit: Visit) async throws -> Response {
        let viewer = try visit.viewer()
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let asked = visit.request.headers[.range]
        let isAttachment = visit.query("telecharger") != nil
        let file = try await visit.site.documents.download(
            id, isSaved: isAttachment, canServe: { ByteRange(asked, size: $0) != .unsatisfiable }, viewer)
        let size = file.content.byteCount
        var headers = fileHeaders(of: file, isAttachment: isAttachment)
        let range: Range<Int>
        var status = HTTPResponse.Status.ok
        switch ByteRange(asked, size: size) {
        case .whole: range = 0..<size
        case .part(let part):
            range = part
            status = .partialContent
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
        if case .whole(let plain) = file.content,
            let part = plain.getSlice(at: range.lowerBound, length: range.count)
        {
            return Response(status: status, headers: headers, body: .init(byteBuffer: part))
        }
        let access = visit.site.access
        let body = ResponseBody(contentLength: range.count) { writer in
            var writer = writer
            try await file.content.read(range) { piece in
                try await access.confirm(viewer, to: .read)
                try await writer.write(piece)
            }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }

    /// `HEAD`: the size, and no reading.
    static func fileHead(_ visit: Visit) async throws -> Response {
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let isAttachment = visit.query("telecharger") != nil
        let file = try await visit.site.documents.download(
            id, isTraced: false, isSaved: isAttachment, visit.viewer())
        var headers = fileHeaders(of: file, isAttachment: isAttachment)
        headers[.contentLength] = String(file.content.byteCount)
        return Response(status: .ok, headers: headers)
    }

    /// `GET /documents/{id}/pages/{n}`: a page image of a document that was opened. It never changes, so the
    /// browser may keep it for the session; never a shared cache.
    static func page(_ visit: Visit) async throws -> Response {
        guard let number = Int(try visit.parameter("page")),
            (1...DocumentLimits.renderedPages).contains(number)
        else {
            throw PageRefusal.notFound
        }
        let id = Document.ID(rawValue: try visit.parameter("id"))
        let png = try await visit.site.documents.page(number, of: id, visit.viewer())
        return Response(
            status: .ok, headers: [.contentType: "image/png", .cacheControl: "private, no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: png)))
    }

    private static func fileHeaders(of file: DocumentFile, isAttachment: Bool) -> HTTPFields {
        let name = DocumentFileName.text(file.label, about: file.namedPatient)
        return [
            .contentType: file.label.mediaType, .acceptRanges: "bytes", .cacheControl: "private, no-store",
            .contentDisposition: "\(isAttachment ? "attachment" : "inline"); filename=\"\(name)\"",
            // a PDF of the hospital is shown by the browser's own viewer and runs nothing of ours
            .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ]
    }
}
