/// Says whether a file is a sound PDF that everybody can read, and what is in it. The work is done by qpdf in
/// confined child processes (security 3.2, "hostile file").
public struct PDFInspection: Sendable {
    let turnstile: Turnstile
    let limits: PDFLimits
    /// Nil: the installation has none, and files are taken without a verdict.
    let scanner: (any MalwareScanner)?
    var keeper = PDFKeeper.shared

    /// - Parameter turnstile: shared by all who start children, so that they never use more than two cores.
    public init(
        turnstile: Turnstile = Turnstile(atOnce: 2, maximumWaiting: 100), limits: PDFLimits = PDFLimits(),
        scanner: (any MalwareScanner)? = nil
    ) {
        self.turnstile = turnstile
        self.limits = limits
        self.scanner = scanner
    }

    /// For about how long a file that comes now waits for its turn.
    public var delay: Duration { get async { await turnstile.delay } }

    /// Inspects a file held in memory, and has it scanned: what is not scanned is not accepted.
    /// - Throws: as `inspect(_:)` of a `MemoryFile`; `PDFRefusal.malware`, `NotScanned`.
    public func inspect(_ bytes: [UInt8]) async throws -> PDFSummary {
        try bytes.withUnsafeBytes { try Self.precheck($0) }
        let summary = try await inspect(MemoryFile(bytes))
        try await scan(bytes)
        return summary
    }

    /// Has a file of any kind scanned, where the installation has a scanner.
    /// - Throws: `PDFRefusal.malware`, `NotScanned`.
    public func scan(_ bytes: [UInt8]) async throws {
        if let scanner, try await scanner.scan(bytes) != .clean { throw PDFRefusal.malware }
    }

    /// Whether the installation has a scanner.
    public var scansFiles: Bool { scanner != nil }

    /// What the scanner says of a file that was accepted before; nil without a scanner.
    /// - Throws: `NotScanned`.
    public func verdict(on bytes: [UInt8]) async throws -> MalwareVerdict? { try await scanner?.scan(bytes) }

    /// One child process for a plain file, a second when objects are compressed, names are disguised or files may be
    /// attached, a third when they are.
    /// - Throws: `PDFRefusal`; `Turnstile.Busy` when too many wait; `ChildProcess.Failure` for the machine's faults.
    public func inspect(_ file: MemoryFile) async throws -> PDFSummary {
        let plain = try file.withBytes { bytes in
            try Self.precheck(bytes)
            return (
                content: Self.activeContent(in: bytes), hidesNames: Self.hidesNames(bytes),
                mayAttach: Self.mayAttach(bytes)
            )
        }
        return try await turnstile.pass {
            let pages = try await check(file)
            var content = plain.content
            // what is hidden is either seen, all of it, or the file is refused
            if plain.hidesNames || plain.mayAttach || content.contains(.embeddedFile) {
                let list = try await listObjects(file)
                if plain.hidesNames {
                    content.formUnion(list.withUnsafeBytes { Self.activeContent(in: $0) })
                }
                let attaches = list.withUnsafeBytes { Self.listsAttachments($0) }
                if content.contains(.embeddedFile) || attaches, try await checkAttachments(list, file) {
                    content.insert(.embeddedFile)
                }
            }
            return PDFSummary(pages: pages, activeContent: content)
        }
    }

    /// qpdf decodes every stream: it finds truncation and damage that a look at the page tree does not. A
    /// file it could read only by searching for lost objects is refused too: words of the letter may be
    /// missing.
    /// - Returns: the number of pages.
    private func check(_ file: MemoryFile) async throws -> Int {
        let output: ChildProcess.Output
        do {
            output = try await keeper.run(.check, file, limits: limits)
        } catch PDFRefusal.tooLarge {
            throw PDFRefusal.broken  // endless warnings
        }
        let words = output.text
        if words.utf8Contains("invalid password") { throw PDFRefusal.encrypted }
        guard output.status == 0 || output.status == 3, !words.utf8Contains("file is damaged") else {
            throw PDFRefusal.broken
        }
        // to qpdf a warning: zlib's and the library's words for a stream that was not decoded to its end
        for sign in ["nsufficient memory", "bad_alloc"] where words.utf8Contains(sign) {
            throw PDFRefusal.broken
        }
        guard words.utf8Contains("File is not encrypted") else { throw PDFRefusal.encrypted }
        // the number is qpdf's last word; warnings, which may quote the file, come before it
        guard let last = words.utf8.split(separator: UInt8(ascii: "\n")).last,
            let pages = Int(String(decoding: last, as: UTF8.self)), pages > 0
        else { throw PDFRefusal.broken }
        guard pages <= limits.pages else { throw PDFRefusal.tooManyPages }
        return pages
    }

    /// All objects as qpdf lists them: decompressed, names in their plain spelling.
    /// - Throws: `PDFRefusal.tooManyObjects` when the list does not end within the limit, `.broken` when qpdf cannot make it.
    private func listObjects(_ file: MemoryFile) async throws -> [UInt8] {
        do {
            let output = try await keeper.run(.listObjects, file, limits: limits)
            guard output.status == 0 || output.status == 3 else { throw PDFRefusal.broken }
            return output.bytes
        } catch PDFRefusal.tooLarge {
            throw PDFRefusal.tooManyObjects
        }
    }

    /// Unpacks what is attached, in the confined child, and looks at its size and its beginning.
    /// - Returns: whether anything is attached.
    private func checkAttachments(_ list: [UInt8], _ file: MemoryFile) async throws -> Bool {
        guard list.count <= limits.attachmentListBytes else { throw PDFRefusal.tooManyObjects }
        let objects = try AttachedFiles.objects(in: list)
        guard !objects.isEmpty else { return false }
        let data = try await keeper.run(.unpackObjects(objects), file, limits: limits)
        try AttachedFiles.check(data.bytes)
        return true
    }
}
