/// `PDF` deals with documents in the Portable Document Format without ever parsing a foreign one in this
/// process. `PDFInspection` says whether a file is sound before the portal accepts it; `PDFRendering` makes
/// page images and text of an accepted one; both hand the bytes to qpdf or poppler in a confined child
/// process, from memory, never through a file on disk. `LetterPDF` draws letters of our own with cairo and
/// pango.
///
/// What an inspection found out about a sound, readable file.
public struct PDFSummary: Sendable, Equatable {
    /// At least 1, at most `PDFLimits.pages`.
    public let pages: Int
    /// Width and height of the first page in points (1/72 inch); 595 × 842 is A4 upright.
    public let pageWidth: Double
    public let pageHeight: Double
    /// Always false for a file that was accepted; kept because the caller's record states it.
    public let isEncrypted: Bool
    /// What the file could do by itself in a viewer that lets it. It is never run here.
    public let activeContent: ActiveContent

    /// For callers that know a summary from their own records; `PDFInspection` makes the others.
    public init(
        pages: Int, pageWidth: Double, pageHeight: Double, isEncrypted: Bool = false,
        activeContent: ActiveContent = []
    ) {
        self.pages = pages
        self.pageWidth = pageWidth
        self.pageHeight = pageHeight
        self.isEncrypted = isEncrypted
        self.activeContent = activeContent
    }
}
