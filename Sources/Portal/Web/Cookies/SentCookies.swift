import HTTPTypes
import Hummingbird

/// The cookies that a browser sent (RFC 6265, 4.2.1), taken apart once for all who ask for one of them: Hummingbird's
/// own type looks through the header anew at each question, and each request asks for half a dozen.
struct SentCookies: Sendable {
    private var pairs: [(name: Substring, value: Substring)] = []

    /// Whatever has no `=` is passed over, as browsers send none.
    init(_ request: Request) {
        for header in request.headers[values: .cookie] {
            for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = pair.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                guard let sign = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
                pairs.append((Substring(pair[..<sign]), Substring(pair[sign...].dropFirst())))
            }
        }
    }

    /// The value of the first cookie of this name, as it was sent.
    subscript(_ name: String) -> String? { pairs.first { $0.name == name }.map { String($0.value) } }
}
