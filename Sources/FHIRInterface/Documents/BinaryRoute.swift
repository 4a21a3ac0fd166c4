import Access
import Dispatches
import Documents
import FHIR
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

extension FHIRInterface {
    /// `GET /fhir/Binary/{id}`: the bytes of a document for the program of a professional who may read it (IHE
    /// ITI-68), whole or a range. It counts as a download. A system of the hospital gets none: it has them.
    func retrieve(_ machine: MachineRequest) async throws -> Response {
        guard let reader = try await access.space(of: machine.viewer) else {
            throw OperationOutcome([.init(.notFound, "Unknown, or not yours", status: 404)])
        }
        let id = Document.ID(rawValue: try machine.parameters.require("id"))
        let asked = machine.request.headers[.range]
        let file = try await dispatches.documents.download(
            id, canServe: { ByteRange(asked, size: $0) != .unsatisfiable }, reader)
        let size = file.content.byteCount
        var headers: HTTPFields = [
            .contentType: file.label.mediaType, .acceptRanges: "bytes", .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename=\"\(id.rawValue.prefix(8)).pdf\"",
            .contentSecurityPolicy: "default-src 'none'; sandbox",
        ]
        let range: Range<Int>
        var status = HTTPResponse.Status.ok
        switch ByteRange(asked, size: size) {
        case .whole: range = 0..<size
        case .part(let part):
            (range, status) = (part, .partialContent)
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
        let access = access
        let body = ResponseBody(contentLength: range.count) { writer in
            var writer = writer
            try await file.content.read(range) { piece in
                try await access.confirm(reader, to: .read)
                try await writer.write(piece)
            }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }
}
