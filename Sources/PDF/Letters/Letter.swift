/// A letter or report as plain values; `LetterPDF` draws it.
public struct Letter: Sendable, Equatable {
    /// Who writes: printed at the top of the first page.
    public struct Letterhead: Sendable, Equatable {
        public var institution: String
        public var department: String
        /// Address and telephone, one line each.
        public var lines: [String]
        public init(institution: String, department: String, lines: [String]) {
            self.institution = institution
            self.department = department
            self.lines = lines
        }
    }
    public struct Table: Sendable, Equatable {
        public var header: [String]
        public var rows: [[String]]
        /// Relative widths of the columns; equal when empty.
        public var widths: [Double]
        public init(header: [String], rows: [[String]], widths: [Double] = []) {
            self.header = header
            self.rows = rows
            self.widths = widths
        }
    }
    public enum Block: Sendable, Equatable {
        case heading(String)
        case paragraph(String)
        case list([String])
        case table(Table)
        /// As it was typed: each line by itself, in letters of one width.
        case preformatted(String)
    }

    public var letterhead: Letterhead
    public var addressee: [String]
    /// One line above the addressee: to whom it goes back. With it both lie where Swiss envelopes (C5, C6/5) have their
    /// window on the right; empty: the addressee follows the letterhead.
    public var returnLine: String
    public var placeAndDate: String
    /// The heading of the page and the title of the file.
    public var subject: String
    /// Below the subject, one line each: whom the letter is about.
    public var concerning: [String]
    public var blocks: [Block]
    public var signature: [String]
    /// At the foot of each page, beside the page number.
    public var footer: String
    /// BCP 47, for screen readers.
    public var language: String
    /// ISO 8601, written into the file in place of the moment of drawing, so that the same letter always
    /// makes the same bytes.
    public var created: String

    public init(
        letterhead: Letterhead, addressee: [String], returnLine: String = "", placeAndDate: String,
        subject: String,
        concerning: [String] = [], blocks: [Block], signature: [String], footer: String = "",
        language: String = "fr", created: String = "2026-01-01T00:00:00Z"
    ) {
        self.letterhead = letterhead
        self.addressee = addressee
        self.returnLine = returnLine
        self.placeAndDate = placeAndDate
        self.subject = subject
        self.concerning = concerning
        self.blocks = blocks
        self.signature = signature
        self.footer = footer
        self.language = language
        self.created = created
    }
}
