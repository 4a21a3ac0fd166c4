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
    /// What the file could do by itself in a viewer that lets it. It is never run here.
    public let activeContent: ActiveContent

    /// For callers that know a summary from their own records; `PDFInspection` makes the others.
    public init(pages: Int, activeContent: ActiveContent = []) {
        self.pages = pages
        self.activeContent = activeContent
    }
}
