import Testing

/// House rules that neither the compiler nor the formatter can hold.
@Suite struct TidyTests {
    /// Words of SQL as it is written here, in capitals.
    private static let sql =
        #"((?:\bSELECT |\bINSERT INTO |\bUPDATE [a-z_]+\s+SET|\bDELETE FROM |\bCREATE TABLE |\bDROP |\bPRAGMA ))"#

    @Test func `SQL stands in the files of queries and in Storage, nowhere else`() throws {
        for file in try SourceTree.files("Sources", ".swift") {
            let isPlace = file.name.hasSuffix("Queries.swift") || file.name.hasPrefix("Sources/Storage/")
            // the question whether the database answers touches no table
            let found = try SourceTree.matches(Self.sql, in: file.text.replacing("\"SELECT 1\"", with: ""))
            #expect(isPlace || found.isEmpty, "\(file.name) has \(found)")
        }
    }

    @Test func `Values are bound: no statement is put together from texts`() throws {
        for file in try SourceTree.files("Sources", ".swift") where !file.name.hasPrefix("Sources/Storage/") {
            for sign in ["execute(sql:", "fetchAll(", "import GRDB", "import CPostgres", ".script("] {
                #expect(!file.text.contains(sign), "\(file.name) has \(sign)")
            }
        }
    }

    @Test func `Feature modules do not know the web, the edges do not know the database`() throws {
        for folder in ["Access", "Directory", "Documents", "Dispatches", "Enrolment"] {
            for file in try SourceTree.files("Sources/\(folder)", ".swift") {
                for module in ["Hummingbird", "HTML", "FHIR", "HL7v2", "Intake", "Portal"] {
                    #expect(!file.text.contains("import \(module)\n"), "\(file.name) imports \(module)")
                }
            }
        }
        for folder in ["Portal", "FHIRInterface", "Intake"] {
            for file in try SourceTree.files("Sources/\(folder)", ".swift") {
                #expect(!file.text.contains("import Storage\n"), "\(file.name) imports Storage")
            }
        }
    }

    @Test func `Programs are started in one place, which confines them`() throws {
        let place = "Sources/PDF/Confinement/ChildProcess.swift"
        for file in try SourceTree.files("Sources", ".swift") where file.name != place {
            for sign in [
                #"(\bProcess\(\))"#, #"(import Subprocess)"#, #"(Subprocess\.run)"#, #"(posix_spawn)"#,
                #"(\bexecve?\()"#, #"(\bpopen\()"#, #"(\bfork\(\))"#,
            ] {
                let found = try SourceTree.matches(sign, in: file.text)
                #expect(found.isEmpty, "\(file.name) has \(found)")
            }
        }
        #expect(try SourceTree.text(place).contains("Subprocess.run"), "the place is another now")
    }

    @Test func `No file is longer than one can read at once`() throws {
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.files(folder, ".swift") {
                #expect(file.lines.count <= 301, "\(file.name) has \(file.lines.count - 1) lines")
            }
        }
    }

    @Test func `No folder holds more files than one overlooks`() throws {
        for folder in ["Sources", "Tests"] {
            let names = try SourceTree.files(folder, ".swift").map(\.name)
            let folders = Dictionary(grouping: names) {
                $0.split(separator: "/").dropLast().joined(separator: "/")
            }
            for (name, files) in folders {
                #expect(files.count <= 15, "\(name) has \(files.count) files")
            }
        }
    }

    @Test func `Nothing crashes on purpose`() throws {
        for file in try SourceTree.files("Sources", ".swift") {
            for word in ["try!", "as!", "fatalError(", "preconditionFailure(", "print(\"DEBUG"] {
                #expect(!file.text.contains(word), "\(file.name) has \(word)")
            }
        }
    }

    @Test func `Nothing is left to do`() throws {
        let words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "@Test(.disab" + "led"]
        let places = [
            ("Sources", ".swift"), ("Tests", ".swift"), ("Tests", ".py"), ("Sources/Portal/Assets", ".css"),
            ("Sources/Portal/Assets", ".js"), ("Sources/Storage/Migrations", ".sql"), ("docs", ".md"),
            ("deploy", ".conf"), ("scripts", ".sh"),
        ]
        for (folder, suffix) in places {
            for file in try SourceTree.files(folder, suffix) {
                for word in words { #expect(!file.text.contains(word), "\(file.name) has \(word)") }
            }
        }
    }

    @Test func `The pages carry no script and no style of their own, as their policy demands`() throws {
        for file in try SourceTree.files("Sources/Portal", ".swift") {
            for word in ["style=\"", "onclick", "<script>", "javascript:"] {
                #expect(!file.text.contains(word), "\(file.name) has \(word)")
            }
        }
    }
}
