import CPangoCairo

/// A4 pages drawn with cairo and pango: wrapped text, fonts embedded as subsets, structure tagged for screen
/// readers, bytes collected in memory. Lengths in points (1/72 inch), from the upper left corner. Must be
/// used by one thread at a time across the process: pango promises no more for one font map.
final class LetterCanvas {
    struct Style {
        var size = 9.5
        var isBold = false
        /// Whether all letters are equally wide.
        var hasOneWidth = false
        /// Red, green, blue, 0 to 1.
        var colour = (0.10, 0.13, 0.16)
    }
    struct Failure: Error { let reason: String }

    static let width = 595.0
    static let height = 842.0

    private let surface: OpaquePointer?
    private let context: OpaquePointer?
    private let sink = ByteSink()
    private var openTags: [String] = []

    init(title: String, language: String, created: String) {
        surface = cairo_pdf_surface_create_for_stream(
            { closure, data, count in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
                sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(sink).toOpaque(), Self.width, Self.height)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
        context = cairo_create(surface)
        let isCode = language.utf8.allSatisfy {
            $0 == 0x2D || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        }
        begin("Document", attributes: isCode ? "lang='\(language)'" : "")
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Opens an element of the structure tree (ISO 32000-1 14.8.4): `P`, `H1`, `Table` …
    func begin(_ tag: String, attributes: String = "") {
        cairo_tag_begin(context, tag, attributes)
        openTags.append(tag)
    }

    func end() {
        guard let tag = openTags.popLast() else { return }
        cairo_tag_end(context, tag)
    }

    func tagged(_ tag: String, _ body: () -> Void) {
        begin(tag)
        body()
        end()
    }

    /// The text, wrapped to this width.
    func layout(_ text: String, _ style: Style, width: Double) -> TextLayout {
        TextLayout(context: context, text: text, style: style, width: width)
    }

    /// Draws one line of a layout with its upper left corner at `x`, `y`.
    func draw(_ layout: TextLayout, line: Int, x: Double, y: Double) {
        let (red, green, blue) = layout.style.colour
        cairo_set_source_rgb(context, red, green, blue)
        cairo_move_to(context, x, y + layout.ascent(line))
        pango_cairo_show_layout_line(context, layout.line(line))
    }

    /// Draws all lines at once.
    func draw(_ layout: TextLayout, x: Double, y: Double) {
        var top = y
        for line in 0..<layout.lineCount {
            draw(layout, line: line, x: x, y: top)
            top += layout.lineHeight(line)
        }
    }

    func rule(x: Double, y: Double, width: Double, thickness: Double, colour: (Double, Double, Double)) {
        cairo_set_source_rgb(context, colour.0, colour.1, colour.2)
        cairo_rectangle(context, x, y, width, thickness)
        cairo_fill(context)
    }

    func fill(x: Double, y: Double, width: Double, height: Double, colour: (Double, Double, Double)) {
        rule(x: x, y: y, width: width, thickness: height, colour: colour)
    }

    func nextPage() { cairo_show_page(context) }

    /// Ends the last page and returns the file.
    /// - Throws: `Failure` with cairo's words, for example out of memory.
    func finish() throws -> [UInt8] {
        while !openTags.isEmpty { end() }
        cairo_show_page(context)
        cairo_surface_finish(surface)
        for status in [cairo_status(context), cairo_surface_status(surface)]
        where status != CAIRO_STATUS_SUCCESS {
            throw Failure(reason: String(cString: cairo_status_to_string(status)))
        }
        return sink.bytes
    }
}

private final class ByteSink {
    var bytes: [UInt8] = []
}
