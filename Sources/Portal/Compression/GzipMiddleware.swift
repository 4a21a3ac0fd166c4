import HTTPTypes
public import Hummingbird

/// Compresses text answers. Added only to groups whose pages do not mix secrets with reflected input
/// (BREACH), or whose form token is masked anew in each answer.
public struct GzipMiddleware<Context: RequestContext>: RouterMiddleware {
    let level: Int32
    let minimumBytes: Int

    public init(level: Int32 = 4, minimumBytes: Int = 1024) {
        self.level = level
        self.minimumBytes = minimumBytes
    }
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.method != .head, response.status == .ok, !response.headers.contains(.contentEncoding),
            let type = response.headers[.contentType], Self.isText(type),
            response.body.contentLength.map({ $0 >= minimumBytes }) ?? true
        else { return response }
        response.headers[values: .vary].append("Accept-Encoding")
        guard acceptsGzip(request) else { return response }
        let stream = GzipStream(level: level)
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = nil
        let body = response.body
        response.body = ResponseBody { try await body.write(GzipWriter(parent: $0, stream: stream)) }
        return response
    }
    static func isText(_ type: String) -> Bool {
        [
            "text/html", "text/plain", "text/css", "text/javascript", "application/json",
            "application/fhir+json",
        ]
        .contains { type.utf8.starts(with: $0.utf8) }
    }
}

/// Whether `Accept-Encoding` names gzip without `q=0`.
func acceptsGzip(_ request: Request) -> Bool {
    request.headers[values: .acceptEncoding].contains { value in
        value.utf8.split(separator: UInt8(ascii: ",")).contains { item in
            let parts = item.split(separator: UInt8(ascii: ";")).map { $0.filter { $0 != 0x20 } }
            return parts.first?.elementsEqual("gzip".utf8) == true
                && !parts.dropFirst().contains {
                    $0.starts(with: "q=0".utf8) && !$0.contains { (0x31...0x39).contains($0) }
                }
        }
    }
}
