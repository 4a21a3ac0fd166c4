import Foundation
import Storage
import TestSupport

/// JSON that wants to cost more than it is worth.
enum HostileJSON {
    /// Arrays in arrays.
    static func deep(_ levels: Int) -> [UInt8] {
        Array("{\"resourceType\":\"DocumentReference\",\"content\":".utf8)
            + [UInt8](repeating: UInt8(ascii: "["), count: levels)
            + [UInt8](repeating: UInt8(ascii: "]"), count: levels) + Array("}".utf8)
    }

    static func deepObjects(_ levels: Int) -> [UInt8] {
        Array(
            (String(repeating: "{\"contained\":", count: levels) + "1"
                + String(repeating: "}", count: levels))
                .utf8)
    }

    /// One array of many numbers.
    static func wide(_ count: Int) -> [UInt8] {
        Array("{\"resourceType\":\"DocumentReference\",\"author\":[0".utf8)
            + Array(String(repeating: ",0", count: count - 1).utf8) + Array("]}".utf8)
    }
}

/// A PDF with a lock on it, made by qpdf.
enum LockedPDF {
    static func bytes() async throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "lock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (open, locked) = (folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("b.pdf"))
        try Data(Letter.pdf()).write(to: open)
        let qpdf = Process()
        qpdf.executableURL = URL(filePath: "/usr/bin/qpdf")
        qpdf.arguments = ["--encrypt", "", "geheim", "256", "--", open.path, locked.path]
        try qpdf.run()
        qpdf.waitUntilExit()
        guard qpdf.terminationStatus == 0 else { throw TestFailure("qpdf could not lock the file") }
        return [UInt8](try Data(contentsOf: locked))
    }
}

extension TestPortal {
    func isEmpty(_ table: String) async throws -> Bool {
        switch table {
        case "document": try await rows("document") == 0
        case "patient": try await rows("patient") == 0
        case "content": try await rows("content") == 0
        case "dispatch": try await rows("dispatch") == 0
        default: try await rows("document_reader") == 0
        }
    }
}
