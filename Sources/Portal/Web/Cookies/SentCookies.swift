import HTTPTypes
import Hummingbird

/// The cookies that a browser sent (RFC 6265, 4.2.1), taken apart once for all who ask for one of them: Hummingbird's
/// own type looks through the header anew at each question, and each request asks for half a dozen.
struct SentCookies: Sendable {
    /// What was sent, one header after the other.
    private var text: [UInt8] = []
    private var pairs: [(name: Range<Int>, value: Range<Int>)] = []

    /// Whatever has no `=` is passed over, as browsers send none.
    init(_ request: Request) {
        for header in request.headers[values: .cookie] {
            var start = text.count
            text += header.utf8
            while start < text.count {
                let end = text[start...].firstIndex(of: UInt8(ascii: ";")) ?? text.count
                let name = text[start..<end].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                if let sign = name.firstIndex(of: UInt8(ascii: "=")) {
                    pairs.append((name.startIndex..<sign, sign + 1..<end))
                }
                start = end + 1
            }
        }
    }

    /// The value of the first cookie of this name, as it was sent.
    subscript(_ name: String) -> String? {
        pairs.first { text[$0.name].elementsEqual(name.utf8) }
            .map { String(decoding: text[$0.value], as: UTF8.self) }
    }
}
