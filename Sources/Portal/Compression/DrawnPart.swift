import HTML
import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers

/// A part of a page that was drawn before, and compressed once for all who ask for it so.
final class DrawnPart: Sendable {
    let plain: ByteBuffer
    private let packed = NIOLockedValueBox<PackedPart?>(nil)
    /// Worth more effort than what is compressed for one answer only.
    private static let level: Int32 = 6

    init(_ node: Node) { plain = ByteBuffer(bytes: node.markup) }
    init(bytes: some Collection<UInt8>) { plain = ByteBuffer(bytes: bytes) }

    /// Compressed when it is first asked for.
    func inGzip() -> PackedPart {
        packed.withLockedValue { packed in
            if let packed { return packed }
            let made = GzipStream.pack(plain, level: Self.level)
            packed = made
            return made
        }
    }
}

extension Response {
    /// A page whose `Node.gap` is filled with a part that was drawn before.
    init(html: [UInt8], filledWith part: DrawnPart) {
        let gap = html.firstIndex(of: Node.gapByte) ?? html.endIndex
        let before = ByteBuffer(bytes: html[..<gap])
        let after = ByteBuffer(bytes: html[gap...].dropFirst())
        let size = before.readableBytes + part.plain.readableBytes + after.readableBytes
        let body = ResponseBody(contentLength: size) { writer in
            if var gzip = writer as? GzipWriter {
                try await gzip.write(before)
                try await gzip.write([part.inGzip()])
                try await gzip.write(after)
                return try await gzip.finish(nil)
            }
            var writer = writer
            var whole = ByteBufferAllocator().buffer(capacity: size)
            for piece in [before, part.plain, after] { whole.writeImmutableBuffer(piece) }
            try await writer.write(whole)
            try await writer.finish(nil)
        }
        self.init(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: body)
    }
}
