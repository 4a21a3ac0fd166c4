import Access
import Documents
import HTML
import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers

/// The whole pages of plain lists that were drawn last. A page is a pure function of the list, of the frame around it,
/// and of the minute; only the tokens of its forms are made anew for each answer. That somebody may see the list was
/// confirmed, and his event written, before it is asked for here.
package final class DrawnPages: Sendable {
    /// All that such a page shows.
    struct Key: Hashable {
        private let edition: Int
        private let address: String
        private let person: String
        private let place: Shell.Place
        private let space: Account.ID
        private let theme: Theme
        private let language: Language
        private let hasKeys: Bool
        fileprivate let minute: Int64

        /// - Returns: nil for a list that is not remembered, and where the address says more than the way to it, such
        ///   as what was done just before.
        init?(_ inbox: Inbox, _ visit: Visit) throws {
            guard let edition = inbox.edition, visit.request.uri.query == nil,
                let found = visit.context.found
            else { return nil }
            self.edition = edition
            address = visit.request.uri.string
            person = found.account.displayName
            place = Shell.Place(found)
            space = try visit.viewer().principalID
            theme = visit.theme
            language = Catalogue.current.language
            hasKeys = visit.hasShortcuts
            minute = visit.now.rawValue / 60_000
        }
    }
    private let drawn = NIOLockedValueBox([Key: DrawnPage]())
    /// Of some 50 KB each.
    private static let most = 100

    /// How many pages are kept.
    package var count: Int { drawn.withLockedValue(\.count) }

    subscript(_ key: Key) -> DrawnPage? {
        get { drawn.withLockedValue { $0[key] } }
        set {
            drawn.withLockedValue { drawn in
                // what is older than its minute is asked for no more
                drawn = drawn.filter { $0.key.minute == key.minute }
                if drawn.count >= Self.most { drawn = [:] }
                drawn[key] = newValue
            }
        }
    }
}

/// A page that was drawn before, cut where the token of its forms stands.
final class DrawnPage: Sendable {
    /// One more than there are tokens.
    let pieces: [DrawnPart]
    /// Of the pieces.
    let size: Int

    /// - Parameters:
    ///   - html: with the gap that `rows` fill.
    ///   - token: masked: random digits, so nothing else on the page is the same.
    init(_ html: [UInt8], filledWith rows: DrawnPart, cutAt token: String) {
        let gap = html.firstIndex(of: Node.gapByte) ?? html.endIndex
        let whole = html[..<gap] + Array(rows.plain.readableBytesView) + html[gap...].dropFirst()
        pieces = Self.cut(Array(whole), at: Array(token.utf8)).map { DrawnPart(bytes: $0) }
        size = pieces.reduce(0) { $0 + $1.plain.readableBytes }
    }

    /// What stands before, between and behind the tokens; some of it may be empty. `split` with a separator of several
    /// bytes takes milliseconds for a page, several times as long as drawing it.
    private static func cut(_ page: [UInt8], at token: [UInt8]) -> [ArraySlice<UInt8>] {
        guard let first = token.first else { return [page[...]] }
        var pieces: [ArraySlice<UInt8>] = []
        var (start, place) = (0, 0)
        while let hit = page[place...].firstIndex(of: first) {
            place = hit + 1
            guard page[hit...].starts(with: token) else { continue }
            pieces.append(page[start..<hit])
            start = hit + token.count
            place = start
        }
        return pieces + [page[start...]]
    }
}

extension Response {
    /// The page with the token in its places, in gzip if it is asked for so. Nothing is compressed again, and all is
    /// written at once.
    init(_ page: DrawnPage, formToken: String, to request: Request) {
        let token = ByteBuffer(string: formToken)
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
        var whole: ByteBuffer
        if acceptsGzip(request) {
            headers[.contentEncoding] = "gzip"
            headers[.vary] = "Accept-Encoding"
            let stored = GzipStream.store(token)
            var parts: [PackedPart] = []
            for piece in page.pieces { parts += [piece.inGzip(), stored] }
            let stream = GzipStream(level: 0)
            whole = stream.write(parts.dropLast())
            whole.writeImmutableBuffer(stream.finish())
        } else {
            let size = page.size + (page.pieces.count - 1) * token.readableBytes
            whole = ByteBufferAllocator().buffer(capacity: size)
            for (number, piece) in page.pieces.enumerated() {
                if number > 0 { whole.writeImmutableBuffer(token) }
                whole.writeImmutableBuffer(piece.plain)
            }
        }
        self.init(status: .ok, headers: headers, body: .init(byteBuffer: whole))
    }
}
