import Foundation
import Testing

@testable import Portal

/// Writes every sample page to a folder, to be looked at in a browser.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PREVIEW"] != nil)) struct PreviewTests {
    @Test func `Every sample page is written to the folder named by PREVIEW`() throws {
        let folder = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["PREVIEW"]))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for page in SamplePages.all {
            try Data(page.html).write(to: folder.appendingPathComponent("\(page.name).html"))
        }
    }
}
