import Foundation
import Testing

/// House rules that neither the compiler nor the formatter can hold.
@Suite struct TidyTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func files(_ folder: String, _ suffix: String) throws -> [(name: String, text: String)] {
        let found = FileManager.default.enumerator(
            at: root.appending(path: folder), includingPropertiesForKeys: nil)
        let files = (found?.allObjects as? [URL] ?? []).filter { $0.lastPathComponent.hasSuffix(suffix) }
        #expect(!files.isEmpty, "nothing was found: the test looks in the wrong place")
        return try files.map {
            (String($0.path.dropFirst(root.path.count + 1)), try String(contentsOf: $0, encoding: .utf8))
        }
    }

    @Test func `SQL stands in the files of queries and beside the action it serves, never at the edges`()
        throws
    {
        for folder in ["Sources/Portal", "Sources/FHIRInterface", "Sources/HTML"] {
            for (name, text) in try Self.files(folder, ".swift") {
                for word in ["SELECT ", "INSERT INTO", "UPDATE document", "DELETE FROM"] {
                    #expect(!text.contains(word), "\(name) has SQL")
                }
            }
        }
    }

    @Test func `Feature modules do not know the web, the edges do not know the database`() throws {
        for folder in ["Access", "Directory", "Documents", "Dispatches"] {
            for (name, text) in try Self.files("Sources/\(folder)", ".swift") {
                for module in ["Hummingbird", "HTML", "FHIR", "Portal"] {
                    #expect(!text.contains("import \(module)\n"), "\(name) imports \(module)")
                }
            }
        }
        for folder in ["Portal", "FHIRInterface"] {
            for (name, text) in try Self.files("Sources/\(folder)", ".swift") {
                #expect(!text.contains("import Storage\n"), "\(name) imports Storage")
                #expect(!text.contains("import GRDB"), "\(name) imports GRDB")
            }
        }
    }

    @Test func `No file is longer than one can read at once`() throws {
        for (name, text) in try Self.files("Sources", ".swift") {
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 320, "\(name)")
        }
    }

    @Test func `Nothing crashes on purpose, and nothing is left to do`() throws {
        let words = ["try!", "as!", "fatalError(", "TODO", "FIXME", "print(\"DEBUG"]
        for (name, text) in try Self.files("Sources", ".swift") {
            for word in words { #expect(!text.contains(word), "\(name) has \(word)") }
        }
    }

    @Test func `The pages carry no script and no style of their own, as their policy demands`() throws {
        for (name, text) in try Self.files("Sources/Portal", ".swift") {
            for word in ["style=\"", "onclick", "<script>", "javascript:"] {
                #expect(!text.contains(word), "\(name) has \(word)")
            }
        }
    }
}
