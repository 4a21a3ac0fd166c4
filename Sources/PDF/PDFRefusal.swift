/// Every reason for not accepting a file as a PDF, or for not showing a page of it.
public enum PDFRefusal: Error, Equatable, Sendable, CaseIterable {
    case emptyFile
    /// No `%PDF-` in the first 1024 bytes.
    case notPDF
    /// Truncated, or damaged so that qpdf or poppler cannot read it.
    case broken
    /// Encrypted, even with an empty password: the recipient's archive may not be able to keep it.
    case encrypted
    case tooManyPages
    /// The page image or the text is larger than we serve.
    case tooLarge
    case timeout
    /// The scanner knows it.
    case malware
    /// An archive or a program is attached, or more files than are looked through.
    case archiveInside
    /// It has more objects than are looked through, here or together with attached files: anything could be among them.
    case tooManyObjects
    /// The document has fewer pages than the one asked for.
    case noSuchPage

    /// The rule's name in answers to machines; it never changes.
    public var rule: String {
        switch self {
        case .emptyFile: "pdf-empty"
        case .notPDF: "pdf-header"
        case .broken: "pdf-structure"
        case .encrypted: "pdf-encrypted"
        case .tooManyPages: "pdf-pages"
        case .tooLarge: "pdf-output"
        case .timeout: "pdf-time"
        case .malware: "pdf-malware"
        case .archiveInside: "pdf-archive"
        case .tooManyObjects: "pdf-objects"
        case .noSuchPage: "pdf-page-number"
        }
    }
}
