/// How much work one file may cause.
public struct PDFLimits: Sendable {
    public var pages = 500
    /// For each child process: wall-clock and processor seconds.
    public var seconds = 10
    public var memoryBytes = 512 << 20
    /// Of a page before compression, three bytes per pixel: A4 at 300 dpi takes 26 MB.
    public var imageBytes = 32 << 20
    public var textBytes = 1 << 20
    /// Of the list of objects looked through for active content.
    public var objectListBytes = 16 << 20
    public init() {}
}
