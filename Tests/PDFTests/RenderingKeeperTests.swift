import Foundation
import Synchronization
import Testing

@testable import PDF

/// Page images and text by poppler's programs that stand ready.
@Suite(.timeLimit(.minutes(2)), .serialized) struct RenderingKeeperTests {
    private static let words =
        "BT /F 24 Tf 56 700 Td (Lettre de sortie) Tj 0 -60 Td (deux  colonnes) Tj 3 Tr "
        + "250 0 Td (cachee) Tj ET"
    /// Long enough in work to be met there; the other is not waited for.
    private static let slow = strokes(1000)
    private static let endless = strokes(200_000)

    private static func strokes(_ count: Int) -> [UInt8] {
        SamplePDF.drawn(String(repeating: "9 w 0 0 m 590 840 l S ", count: count))
    }

    /// What a program told of starting again.
    private final class Told: Sendable {
        private let restarts = Mutex<[KeeperRestart]>([])
        var all: [KeeperRestart] { restarts.withLock { $0 } }
        func add(_ restart: KeeperRestart) { restarts.withLock { $0.append(restart) } }
    }

    /// A small picture.
    private func draw(_ keeper: PDFKeeper, _ bytes: [UInt8]) async throws -> [UInt8] {
        try await keeper.run(.draw(page: 1, dpi: 40), MemoryFile(bytes), limits: PDFLimits()).bytes
    }

    private func rendering(_ keeper: PDFKeeper) -> PDFRendering {
        var rendering = PDFRendering()
        rendering.keeper = keeper
        return rendering
    }

    @Test func `Pictures and words are to the byte what the programs give by themselves`() async throws {
        var child = ChildProcess()
        child.outputBytes = PDFLimits().imageBytes
        let chinese =
            "/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
            + "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            + "/Supplement 4>>>>]"
        let files = [
            try SamplePDF.letter(paragraphs: 12), SamplePDF.drawn(Self.words),
            SamplePDF.drawn(Self.words, font: "/Subtype/Type1/BaseFont/Times-Roman"),
            SamplePDF.drawn("BT /F 24 Tf 56 700 Td <4E2D6587> Tj ET", font: chinese),
            SamplePDF.drawn(Self.words, page: "/MediaBox[-9 -9 500.4 800]/CropBox[50 60 400 780]/Rotate 90"),
            Array(SamplePDF.drawn(Self.words).prefix(500)), Array("rubbish".utf8), [],
        ]
        for keeper in await KeeperProcesses.keepers() {
            for (number, bytes) in files.enumerated() {
                let file = try MemoryFile(bytes)
                let jobs = [PDFJob.draw(page: 1, dpi: 75), .draw(page: 7, dpi: 40), .readText(page: nil)]
                for job in jobs {
                    let arguments = Array(job.arguments.dropFirst())
                    let plain = try await child.run("/usr/bin/\(job.program)", arguments, input: file)
                    let kept = try await keeper.run(job, file, limits: PDFLimits())
                    #expect(kept.status == plain.status, "file \(number), \(job)")
                    // a picture leaves its child as PNG
                    let expected = try PNGTests.png(ofPPM: plain.bytes) ?? plain.bytes
                    #expect(Data(kept.bytes) == Data(expected), "file \(number), \(job)")
                }
            }
        }
    }

    @Test func `All programs say that they work`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            for program in KeptProgram.allCases {
                #expect(program.missingFile == nil)
                _ = try await keeper.check(program)
                #expect(keeper.starts(of: program) == 1)
            }
        }
    }

    @Test func `A program that is killed while it draws is started again, and so is its page`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            let told = Told()
            keeper.whenStartedAgain(told.add)
            var killed = 0
            while killed < 3 {
                let result = Task { try await draw(keeper, Self.slow) }
                let met = await KeeperProcesses.meet(keeper, .pdftoppm)
                if let (process, child) = met, kill(process, SIGKILL) == 0 {
                    killed += 1
                    #expect(await ProcessTree.eventually { ProcessTree.isGone(child) })
                }
                let image = try #require(PageImage(png: try await result.value, atMost: 1 << 20))
                #expect(image.width == 331 && image.height == 468)
            }
            _ = try await draw(keeper, Self.slow)
            let restart = KeeperRestart(program: .pdftoppm, crash: nil)
            #expect(told.all == Array(repeating: restart, count: 3))
        }
    }

    @Test func `A file that makes poppler crash harms itself only, and the next finds another program`()
        async throws
    {
        for keeper in await KeeperProcesses.keepers() {
            let told = Told()
            keeper.whenStartedAgain(told.add)
            let letter = try SamplePDF.letter(paragraphs: 1)
            let before = try await draw(keeper, letter)
            var crashed = false
            while !crashed {
                let result = Task { try await draw(keeper, Self.endless) }
                if let (_, child) = await KeeperProcesses.meet(keeper, .pdftoppm), kill(child, SIGSEGV) == 0 {
                    await #expect(throws: PDFRefusal.broken) { try await result.value }
                    crashed = true
                }
                result.cancel()
                _ = await result.result
            }
            #expect(try await draw(keeper, letter) == before)
            #expect(told.all == [KeeperRestart(program: .pdftoppm, crash: SIGSEGV)])
            #expect(keeper.starts(of: .pdftoppm) == 2 && keeper.starts(of: .qpdf) == 0)
        }
    }

    @Test func `Who draws pages gives way, who looks at a file that is sent does not`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            _ = try await draw(keeper, SamplePDF.letter(paragraphs: 1))
            _ = try await keeper.check()
            let drawing = try #require(KeeperProcesses.process(keeper, .pdftoppm))
            let looking = try #require(KeeperProcesses.process(keeper, .qpdf))
            let idle: Int32 = 5  // SCHED_IDLE, which Glibc's module lacks
            #expect(sched_getscheduler(drawing) == idle && sched_getscheduler(looking) == SCHED_OTHER)
            // beside the portal, where the kernel compares them
            #expect(getsid(drawing) == getsid(0) && getsid(looking) != getsid(0))
        }
    }

    @Test func `Time, pixels and words are limited for each child`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            var limits = PDFLimits()
            limits.seconds = 0
            await #expect(throws: PDFRefusal.timeout) {
                try await keeper.run(.draw(page: 1, dpi: 110), MemoryFile(Self.endless), limits: limits)
            }
            for box in ["/MediaBox[0 0 200000 200000]", "/MediaBox[0 0 3000 3000]"] {
                let poster = try MemoryFile(SamplePDF.drawn(Self.words, page: box))
                await #expect(throws: PDFRefusal.tooLarge, "\(box)") {
                    try await rendering(keeper).pageImage(poster, page: 1)
                }
            }
            let words = try MemoryFile(SamplePDF.drawn(Self.words))
            limits = PDFLimits()
            limits.textBytes = 20
            await #expect(throws: PDFRefusal.tooLarge) {
                try await keeper.run(.readText(page: nil), words, limits: limits)
            }
            #expect(try await rendering(keeper).text(words).contains("cachee"))
        }
    }

    @Test func `Children have their own file only, and none is left of what was cancelled`() async throws {
        for keeper in await KeeperProcesses.keepers() {
            for delay in stride(from: 0, to: 20_000, by: 2000) {
                let task = Task {
                    let file = try MemoryFile(Self.endless, label: "drawn-file")
                    return try await keeper.run(.draw(page: 1, dpi: 110), file, limits: PDFLimits())
                }
                if delay == 0, let (_, child) = await KeeperProcesses.meet(keeper, .pdftoppm), geteuid() == 0
                {
                    let open = Set(ProcessTree.descriptors(of: child).filter { $0.contains("memfd:") })
                    #expect(open.count <= 2 && open.contains { $0.contains("drawn-file") }, "\(open)")
                }
                try await Task.sleep(for: .microseconds(delay))
                task.cancel()
                _ = await task.result
                #expect(KeeperProcesses.children(keeper, .pdftoppm).isEmpty)
            }
            #expect(!ProcessTree.descriptors().contains { $0.contains("drawn-file") })
        }
    }
}
