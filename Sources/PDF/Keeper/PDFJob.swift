/// What is asked about a file, and of which program. The arguments are those of its command line.
enum PDFJob: Equatable, Sendable {
    /// Decode every stream, and count the pages.
    case check
    case countPages
    /// All objects, decompressed, names in their plain spelling, streams left out.
    case listObjects
    /// These objects, with the data of their streams.
    case unpackObjects([String])
    /// The page of this number, as PNG.
    case draw(page: Int, dpi: Int)
    /// The words of one page, or of all.
    case readText(page: Int?)
    /// Looks at no file: shows that children can be started.
    case sayVersion(KeptProgram)

    var program: KeptProgram {
        switch self {
        case .check, .countPages, .listObjects, .unpackObjects: .qpdf
        case .draw: .pdftoppm
        case .readText: .pdftotext
        case .sayVersion(let program): program
        }
    }

    var arguments: [String] {
        let json = ["--json=2", "--json-key=qpdf"]
        let options =
            switch self {
            case .check: ["--check", "--show-npages", "/dev/stdin"]
            case .countPages: ["--show-npages", "/dev/stdin"]
            case .listObjects: json + ["--json-stream-data=none", "/dev/stdin"]
            case .unpackObjects(let objects):
                json + ["--json-stream-data=inline", "--decode-level=all"]
                    + objects.map { "--json-object=\($0)" } + ["/dev/stdin"]
            case .draw(let page, let dpi):
                Self.range(page) + ["-r", String(dpi), "-singlefile", "/dev/stdin"]
            case .readText(let page):
                ["-layout", "-enc", "UTF-8"] + (page.map(Self.range) ?? []) + ["/dev/stdin", "-"]
            case .sayVersion(.qpdf): ["--version"]
            case .sayVersion: ["-v"]
            }
        return [program.rawValue] + options
    }

    /// What it may write at most.
    func outputBytes(_ limits: PDFLimits) -> Int {
        switch self {
        case .check, .sayVersion: 64 << 10
        case .countPages: 64
        case .listObjects: limits.objectListBytes
        case .unpackObjects: AttachedFiles.maximumBytes / 3 * 4 + (1 << 20)
        case .draw: limits.imageBytes
        case .readText: limits.textBytes
        }
    }

    /// Whether its warnings belong to the output.
    var includesErrors: Bool {
        switch self {
        case .check, .sayVersion: true
        default: false
        }
    }

    private static func range(_ page: Int) -> [String] { ["-f", String(page), "-l", String(page)] }
}
