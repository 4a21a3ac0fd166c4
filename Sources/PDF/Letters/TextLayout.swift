import CPangoCairo

/// A wrapped text, measured and ready to be drawn line by line.
final class TextLayout {
    let style: LetterCanvas.Style
    private let layout: OpaquePointer?

    /// - Parameter width: in points; lines break at words, and inside words that are longer.
    init(context: OpaquePointer?, text: String, style: LetterCanvas.Style, width: Double) {
        self.style = style
        layout = pango_cairo_create_layout(context)
        let family = style.hasOneWidth ? "DejaVu Sans Mono" : "DejaVu Sans"
        let description = pango_font_description_from_string(style.isBold ? family + " Bold" : family)
        defer { pango_font_description_free(description) }
        pango_font_description_set_absolute_size(description, style.size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_text(layout, text, Int32(text.utf8.count))
    }

    deinit { g_object_unref(layout.map { gpointer($0) }) }

    var lineCount: Int { Int(pango_layout_get_line_count(layout)) }

    func line(_ index: Int) -> UnsafeMutablePointer<PangoLayoutLine>? {
        pango_layout_get_line_readonly(layout, Int32(index))
    }

    /// From the top of the line to its baseline, in points.
    func ascent(_ index: Int) -> Double {
        -Double(extents(index).y) / Double(PANGO_SCALE)
    }

    /// With an eighth of air below the letters.
    func lineHeight(_ index: Int) -> Double {
        Double(extents(index).height) / Double(PANGO_SCALE) * 1.125
    }

    /// Of all lines, in points.
    var height: Double { (0..<lineCount).reduce(0) { $0 + lineHeight($1) } }

    private func extents(_ index: Int) -> PangoRectangle {
        var rectangle = PangoRectangle()
        pango_layout_line_get_extents(line(index), nil, &rectangle)
        return rectangle
    }
}
