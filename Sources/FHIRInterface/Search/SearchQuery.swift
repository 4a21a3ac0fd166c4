import Access
import Dispatches
import FHIR
import Foundation
import HTTPTypes
import Hummingbird

/// The parameters of a search, checked: what is not kept is refused, not passed over, unless the client asks for
/// leniency.
struct SearchQuery {
    /// In the order given; a name may come twice.
    let parameters: [(name: String, value: String)]
    let count: Int
    let cursor: NewsCursor?

    static let maximumCount = 100
    private static let everywhere: Set<String> = ["_count", "_cursor", "_sort", "_format"]

    /// - Parameter names: what can be searched by here.
    /// - Throws: `OperationOutcome`.
    init(_ given: [(name: String, value: String)], names: Set<String>, isLenient: Bool = false) throws {
        guard given.count <= 30 else {
            throw OperationOutcome([.init(.tooCostly, "More than 30 search parameters")])
        }
        let unknown = given.filter { !names.contains($0.name) && !Self.everywhere.contains($0.name) }
        if !unknown.isEmpty, !isLenient {
            throw OperationOutcome([
                .init(
                    .notSupported, "Search parameters here are \(names.sorted().joined(separator: ", "))",
                    status: 400)
            ])
        }
        parameters = given.filter { names.contains($0.name) }
        guard parameters.allSatisfy({ $0.value.utf8.count <= 300 && !$0.value.utf8.contains(0) }) else {
            throw Self.wrong("A value is longer than 300 bytes")
        }
        func one(_ name: String) -> String? { given.first { $0.name == name }?.value }
        if let sort = one("_sort"), sort != "_lastUpdated" {
            throw Self.wrong("The only order is _sort=_lastUpdated, which is the usual one")
        }
        if let format = one("_format"), !format.contains("json") {
            throw OperationOutcome([.init(.notSupported, "The only format is JSON", status: 406)])
        }
        guard let count = Int(one("_count") ?? "50"), count > 0 else {
            throw Self.wrong("_count is a number from 1 to \(Self.maximumCount)")
        }
        self.count = min(count, Self.maximumCount)
        if let text = one("_cursor") {
            guard let cursor = NewsCursor(text: text) else {
                throw Self.wrong("_cursor is not one of ours: follow link[next] as it is")
            }
            self.cursor = cursor
        } else {
            cursor = nil
        }
    }

    static func wrong(_ words: String) -> OperationOutcome {
        OperationOutcome([.init(.value, words, status: 400)])
    }

    /// The values of a parameter.
    subscript(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }

    /// The value of a parameter that may come once.
    func one(_ name: String) throws -> String? {
        let values = self[name]
        guard values.count <= 1 else { throw Self.wrong("\(name) can be given once") }
        return values.first
    }

    /// `system|value`; the system may be left out.
    func token(_ name: String) throws -> (system: String?, value: String)? {
        guard let text = try one(name) else { return nil }
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        if parts.count == 2 { return (parts[0].isEmpty ? nil : parts[0], parts[1]) }
        return (nil, text)
    }

    /// Codes of which one must be there: `a,b`, each with or without its system.
    func codes(_ name: String) throws -> [String]? {
        guard let text = try one(name) else { return nil }
        return text.split(separator: ",").prefix(50).map {
            String($0.split(separator: "|", omittingEmptySubsequences: false).last ?? "")
        }
    }

    /// The time that all values of a parameter leave: from, before. A day is one of Switzerland.
    func range(_ names: String...) throws -> (from: Timestamp, until: Timestamp) {
        var range = (from: Timestamp(rawValue: 0), until: Timestamp(rawValue: .max))
        for (name, value) in parameters where names.contains(name) {
            let prefix = ["eq", "gt", "ge", "lt", "le", "sa", "eb"].first { value.hasPrefix($0) }
            let text = value.dropFirst(prefix == nil ? 0 : 2).replacing(" ", with: "+")
            guard let span = Self.span(String(text)) else {
                throw Self.wrong("\(name) is a date, or a moment with zone: gt2026-11-20T08:00:00Z")
            }
            switch prefix {
            case "gt", "sa": range.from = max(range.from, span.end)
            case "ge": range.from = max(range.from, span.start)
            case "lt", "eb": range.until = min(range.until, span.start)
            case "le": range.until = min(range.until, span.end)
            default: range = (max(range.from, span.start), min(range.until, span.end))
            }
        }
        return range
    }

    /// The first millisecond of it, and the first one after it.
    private static func span(_ text: String) -> (start: Timestamp, end: Timestamp)? {
        switch DateTime(text) {
        case .instant(let instant):
            // what is written without milliseconds stands for its whole second
            let length: Int64 = text.utf8.contains(UInt8(ascii: ".")) ? 1 : 1000
            let start = Timestamp(rawValue: instant.milliseconds)
            return (start, start.adding(milliseconds: length))
        case .date(let date):
            return (SwissDay.start(of: date.first), SwissDay.start(after: date.last))
        case nil: return nil
        }
    }
}

/// When days begin in Switzerland.
enum SwissDay {
    private static let zone =
        TimeZone(identifier: "Europe/Zurich") ?? TimeZone(secondsFromGMT: 3600) ?? .current

    static func start(of day: CalendarDay) -> Timestamp { moment("\(day)", adding: 0) }
    static func start(after day: CalendarDay) -> Timestamp { moment("\(day)", adding: 1) }

    private static func moment(_ day: String, adding days: Int) -> Timestamp {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = day.split(separator: "-").compactMap { Int($0) }
        let date = calendar.date(
            from: DateComponents(year: parts.first, month: parts.dropFirst().first, day: parts.last))
        let moved = date.flatMap { calendar.date(byAdding: .day, value: days, to: $0) }
        return Timestamp(rawValue: Int64((moved ?? .distantPast).timeIntervalSince1970 * 1000))
    }
}

extension NewsCursor {
    /// What stands in a `link[next]`.
    var text: String { "\(at.rawValue)-\(key)" }

    init?(text: String) {
        let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, let at = Int64(parts[0]), (1...40).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else { return nil }
        self.init(at: Timestamp(rawValue: at), key: parts[1])
    }
}
