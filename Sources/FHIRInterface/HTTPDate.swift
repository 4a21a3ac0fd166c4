import Access
import Foundation

/// Dates of HTTP headers and of FHIR instants.
enum HTTPDate {
    /// RFC 9110: «Fri, 20 Nov 2026 08:12:00 GMT».
    static func text(_ moment: Timestamp) -> String {
        var seconds = time_t(moment.rawValue / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 40)
        let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// FHIR instant in UTC with milliseconds.
    static func instant(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.rawValue) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
