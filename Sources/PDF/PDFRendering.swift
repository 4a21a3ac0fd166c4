/// Makes page images and text of a document, with poppler in confined child processes. The text is what a
/// screen reader gets where the page itself is a picture.
public struct PDFRendering: Sendable {
    let turnstile: Turnstile
    let limits: PDFLimits
    var keeper = PDFKeeper.shared

    /// - Parameter turnstile: shared by all who start children, so that they never use more than two cores.
    public init(
        turnstile: Turnstile = Turnstile(atOnce: 2, maximumWaiting: 100), limits: PDFLimits = .unhurried
    ) {
        self.turnstile = turnstile
        self.limits = limits
    }

    /// Draws one page as PNG, in colour; a page of text takes 50 to 90 kB at 110 dpi.
    /// - Parameters:
    ///   - page: from 1.
    ///   - dpi: 24 to 300; 110 makes an A4 page 910 pixels wide.
    /// - Throws: `PDFRefusal`, `Turnstile.Busy`, `ChildProcess.Failure.missing`.
    public func pageImage(_ file: MemoryFile, page: Int, dpi: Int = 110) async throws -> PageImage {
        guard (1...limits.pages).contains(page) else { throw PDFRefusal.noSuchPage }
        let output = try await run(.draw(page: page, dpi: min(max(dpi, 24), 300)), file)
        guard let image = PageImage(png: output.bytes, atMost: limits.imageBytes) else {
            throw PDFRefusal.noSuchPage
        }
        // what poppler draws of a page that is larger than it can
        guard image.width > 1 || image.height > 1 else { throw PDFRefusal.tooLarge }
        return image
    }

    /// The words of the whole document, laid out with spaces as on paper, pages separated by form feeds.
    /// - Throws: `PDFRefusal`, `.tooLarge` above 1 MiB; `Turnstile.Busy`; `ChildProcess.Failure.missing`.
    public func text(_ file: MemoryFile) async throws -> String {
        try await run(.readText(page: nil), file).text
    }

    /// The words of one page, from 1.
    /// - Throws: as `text(_:)`.
    public func text(_ file: MemoryFile, page: Int) async throws -> String {
        guard (1...limits.pages).contains(page) else { throw PDFRefusal.noSuchPage }
        return try await run(.readText(page: page), file).text
    }

    /// - Throws: as `text(_:)`.
    public func pageCount(_ file: MemoryFile) async throws -> Int {
        let output = try await turnstile.pass { try await keeper.run(.countPages, file, limits: limits) }
        let digits = output.bytes.prefix { $0 > 0x20 }
        guard output.status == 0 || output.status == 3,
            let count = Int(String(decoding: digits, as: UTF8.self))
        else { throw PDFRefusal.broken }
        return count
    }

    private func run(_ job: PDFJob, _ file: MemoryFile) async throws -> ChildProcess.Output {
        let output = try await turnstile.pass { try await keeper.run(job, file, limits: limits) }
        guard output.status == 0 else {
            throw output.status == 99 ? PDFRefusal.noSuchPage : PDFRefusal.broken
        }
        return output
    }
}
