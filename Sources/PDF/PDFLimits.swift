/// How much work one file may cause.
public struct PDFLimits: Sendable {
    public var pages = 500
    /// Of the processor, for each child process.
    public var seconds = 10
    /// How many times that by the clock: more for children that give way to everything else.
    public var patience = 1
    var wallSeconds: Int { seconds * patience }
    public var memoryBytes = 512 << 20
    /// Of a page before and after compression, three bytes per pixel: A4 at 300 dpi takes 26 MB.
    public var imageBytes = 32 << 20
    public var textBytes = 1 << 20
    /// Of the list of objects looked through for active content: a file with a longer one is refused.
    public var objectListBytes = 64 << 20
    /// Of the same list where files are attached, each of which is looked for in it.
    public var attachmentListBytes = 16 << 20
    public init() {}

    /// For what is drawn once there is time.
    public static let unhurried: PDFLimits = {
        var limits = PDFLimits()
        limits.patience = 12
        return limits
    }()
}
