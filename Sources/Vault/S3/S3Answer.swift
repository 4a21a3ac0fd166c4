import Foundation

/// What an S3-compatible store answered.
struct S3Answer: Sendable {
    let status: Int
    let body: [UInt8]
    let eTag: String?
    let contentRange: String?
    let contentLength: Int?
    /// The store encrypts with keys of its own: its ETag is not the MD5 of what was sent.
    let isETagOpaque: Bool

    /// The code of a refusal, or the status where there is none; nothing but letters and digits.
    var code: String {
        let code = (texts("Code").first ?? "").unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
        }
        return code.isEmpty ? "\(status)" : String(String.UnicodeScalarView(code.prefix(64)))
    }

    /// The texts of all elements of this name, in order. What we ask S3 for are flat lists of plain words, so
    /// that finding tags is enough: a parser of XML (libxml2) with its entities and depths is not needed.
    func texts(_ element: String) -> [String] {
        let open = Array("<\(element)>".utf8)
        let close = Array("</\(element)>".utf8)
        var rest = body[...]
        var found: [String] = []
        while let start = rest.firstRange(of: open), let end = rest[start.upperBound...].firstRange(of: close)
        {
            found.append(Self.unescaped(rest[start.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return found
    }

    func text(_ element: String) -> String? { texts(element).first }

    /// For each element `outer` the text of each of its `inner`; those that lack one are left out.
    func rows(_ outer: String, _ inner: String...) -> [[String]] {
        texts(outer).compactMap { text in
            let row = S3Answer(
                status: status, body: Array(text.utf8), eTag: nil, contentRange: nil, contentLength: nil,
                isETagOpaque: false)
            let values = inner.compactMap(row.text)
            return values.count == inner.count ? values : nil
        }
    }

    /// «2026-11-21T07:09:35.000Z» in seconds since 1970.
    static func seconds(_ text: String) -> Int? {
        let plain = String(decoding: text.utf8.prefix(19), as: UTF8.self) + "Z"
        return (try? Date(plain, strategy: .iso8601)).map { Int($0.timeIntervalSince1970) }
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&apos;", with: "'").replacing("&amp;", with: "&")
    }
}
