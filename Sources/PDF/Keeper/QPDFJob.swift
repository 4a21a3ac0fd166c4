/// What qpdf is asked about a file. The arguments are those of its command line.
enum QPDFJob: Equatable, Sendable {
    /// Decode every stream, and count the pages.
    case check
    case countPages
    /// All objects, decompressed, names in their plain spelling, streams left out.
    case listObjects
    /// These objects, with the data of their streams.
    case unpackObjects([String])
    /// Looks at no file: shows that children can be started.
    case sayVersion

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
            case .sayVersion: ["--version"]
            }
        return ["qpdf"] + options
    }

    /// What it may write at most.
    func outputBytes(_ limits: PDFLimits) -> Int {
        switch self {
        case .check, .sayVersion: 64 << 10
        case .countPages: 64
        case .listObjects: limits.objectListBytes
        case .unpackObjects: AttachedFiles.maximumBytes / 3 * 4 + (1 << 20)
        }
    }

    /// Whether its warnings belong to the output.
    var includesErrors: Bool { self == .check }
}
