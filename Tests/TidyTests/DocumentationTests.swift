import Foundation
import Testing

/// What the documents say exists.
@Suite struct DocumentationTests {
    private static func documents() throws -> [SourceTree.File] {
        try SourceTree.files("docs", ".md")
            + ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map {
                SourceTree.File(name: $0, text: try SourceTree.text($0))
            }
    }

    @Test func `Every relative link leads to a file, and its anchor to a heading`() throws {
        var checked = 0
        for document in try Self.documents() {
            let folder = (document.name as NSString).deletingLastPathComponent
            for link in try SourceTree.matches(#"\]\(([^)\s]+)\)"#, in: document.text)
            where !link.contains("://") && !link.hasPrefix("mailto:") {
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                    .map(String.init)
                let path = (folder as NSString).appendingPathComponent(parts[0])
                let target =
                    parts[0].isEmpty
                    ? document.name : URL(filePath: "/" + path).standardizedFileURL.path.dropFirst() + ""
                #expect(SourceTree.exists(target), "\(document.name) links to \(link)")
                checked += 1
                guard parts.count == 2, target.hasSuffix(".md"), SourceTree.exists(target) else { continue }
                let anchors = try SourceTree.matches(#"(?m)^#+ (.+)$"#, in: try SourceTree.text(target))
                    .map(Self.anchor)
                #expect(anchors.contains(parts[1]), "\(document.name) links to \(link)")
            }
        }
        #expect(checked > 50, "only \(checked) links were found")
    }

    /// As the usual viewers make it from a heading.
    private static func anchor(_ heading: String) -> String {
        String(
            heading.lowercased().unicodeScalars
                .filter {
                    $0.properties.isAlphabetic || ("0"..."9").contains($0)
                        || " -_".unicodeScalars.contains($0)
                }
                .map { $0 == " " ? Character("-") : Character($0) })
    }

    @Test func `Every decision stands in the index, and the index names no other`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: SourceTree.root.appending(path: "docs/adr").path
        ).filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted()
        let index = try SourceTree.text("docs/adr/README.md")
        let rows = try SourceTree.matches(#"(?m)^\| \[\d{4}\]\(([^)]+)\) \|"#, in: index)
        #expect(rows == files, "the index in the order of numbers")
        for file in files {
            #expect(index.contains("[\(file.prefix(4))](\(file))"), "\(file)")
            let title = try SourceTree.text("docs/adr/\(file)").split(separator: "\n").first ?? ""
            #expect(title.hasPrefix("# \(file.prefix(4)). "), "\(file) begins with «\(title)»")
        }
    }

    @Test func `Every setting is described, and no other`() throws {
        let settings = try SourceTree.text("Sources/passerelle/Settings.swift")
        let keys = try SourceTree.matches(#"Key\("([a-z0-9-]+)""#, in: settings)
        #expect(keys.count > 30 && Set(keys).count == keys.count)
        let page = try SourceTree.text("docs/configuration.md")
        let described = try SourceTree.matches(#"(?m)^\| `--([a-z0-9-]+)` \|"#, in: page)
        #expect(Set(described) == Set(keys), "\(Set(described).symmetricDifference(keys).sorted())")
        for key in keys {
            let uses = try SourceTree.files("Sources/passerelle", ".swift").filter {
                !$0.name.hasSuffix("/Settings.swift") && $0.text.contains("\"\(key)\"")
            }
            #expect(!uses.isEmpty, "--\(key) is read nowhere")
        }
    }

    @Test func `A default that is described is the one that counts`() throws {
        let settings = try SourceTree.text("Sources/passerelle/Settings.swift")
        let page = try SourceTree.text("docs/configuration.md")
        for pair in try SourceTree.matches(#"(Key\("[a-z0-9-]+", "[^"]+"\))"#, in: settings) {
            let words = pair.split(separator: "\"").map(String.init)
            let row = page.split(separator: "\n").first { $0.hasPrefix("| `--\(words[1])` |") } ?? ""
            #expect(row.contains("`\(words[3])`"), "--\(words[1]): \(words[3])")
        }
    }
}
