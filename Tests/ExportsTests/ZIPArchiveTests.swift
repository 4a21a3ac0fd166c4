import Exports
import Foundation
import Testing

/// Archives that other programs open.
@Suite struct ZIPArchiveTests {
    private static let moment = ZIPArchive.Moment(year: 2026, month: 11, day: 20, hour: 9, minute: 42)

    /// What Python's reader says of an archive; it verifies the checksums while it reads.
    private func read(_ archive: [UInt8], asserting lines: String) throws -> Int32 {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
        try Data(archive).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/python3")
        let program =
            "import sys, zipfile\narchive = zipfile.ZipFile(sys.argv[1])\nassert archive.testzip() is None\n"
        python.arguments = ["-c", program + lines, file.path(percentEncoded: false)]
        try python.run()
        python.waitUntilExit()
        return python.terminationStatus
    }

    @Test func `Files of any length come out as they went in, under names in UTF-8`() throws {
        var archive = ZIPArchive()
        var bytes = archive.begin("2026-11-20 Lettre – JAQUET Hélène.pdf", at: Self.moment)
        // in pieces, one of them longer than a block
        for piece in [[UInt8](repeating: 1, count: 70_000), [], [2], [UInt8](repeating: 3, count: 32_768)] {
            bytes += archive.add(piece)
        }
        bytes += archive.end()
        bytes += archive.file("vide.txt", Data(), at: .unsaid)
        bytes += archive.directory()
        let status = try read(
            bytes,
            asserting: """
                letter, empty = archive.infolist()
                assert letter.filename == '2026-11-20 Lettre – JAQUET Hélène.pdf' and letter.flag_bits & 1 << 11
                assert letter.date_time == (2026, 11, 20, 9, 42, 0), letter.date_time
                assert archive.read(letter) == b'\\x01' * 70000 + b'\\x02' + b'\\x03' * 32768
                assert empty.date_time == (1980, 1, 1, 0, 0, 0) and archive.read(empty) == b''
                """)
        #expect(status == 0)
    }

    @Test func `An archive without files is one, too`() throws {
        #expect(try read(ZIPArchive().directory(), asserting: "assert archive.namelist() == []") == 0)
    }
}
