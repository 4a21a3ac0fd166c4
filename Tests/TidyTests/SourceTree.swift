import Foundation
import Testing

/// The files of this repository, as the tidy rules read them.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    struct File: Sendable {
        /// From the root: `Sources/Access/Viewer.swift`.
        let name: String
        let text: String
        var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }

    /// All files of a folder, or one file, whose name ends so.
    static func files(_ place: String, _ suffix: String) throws -> [File] {
        let start = root.appending(path: place)
        let found = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
        var urls = (found?.allObjects as? [URL] ?? []).filter { $0.lastPathComponent.hasSuffix(suffix) }
        if urls.isEmpty, start.lastPathComponent.hasSuffix(suffix) { urls = [start] }
        #expect(!urls.isEmpty, "nothing was found in \(place): the test looks in the wrong place")
        return try urls.map {
            File(
                name: String($0.path.dropFirst(root.path.count + 1)),
                text: try String(contentsOf: $0, encoding: .utf8))
        }
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: root.appending(path: name), encoding: .utf8)
    }

    static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: name).path)
    }

    /// The parts of `text` that the pattern's first group matches.
    static func matches(_ pattern: String, in text: String) throws -> [String] {
        let expression = try NSRegularExpression(pattern: pattern)
        let whole = NSRange(text.startIndex..., in: text)
        return expression.matches(in: text, range: whole).compactMap {
            Range($0.range(at: 1), in: text).map { String(text[$0]) }
        }
    }
}
