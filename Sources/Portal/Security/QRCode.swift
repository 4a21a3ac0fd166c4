import CQRencode
import HTML

/// Pictures that telephones read, drawn by the server as SVG: no image, no script and nobody else sees what is in them.
enum QRCode {
    /// Light squares around, as the standard demands.
    private static let margin = 4
    private static let pixels = 232

    /// - Parameters:
    ///   - text: at most 1,000 bytes.
    ///   - label: what somebody hears who does not see it.
    /// - Returns: nothing when it cannot be drawn; the page has the same as text.
    static func drawing(of text: String, label: String) -> Node {
        let rows = modules(of: text)
        guard !rows.isEmpty else { return Node() }
        let side = rows.count + 2 * margin
        return svg(
            .viewBox(side: side), .width(pixels), .height(pixels), .role("img"), .ariaLabel(label)
        ) {
            // on white in the dark, too: readers expect dark on light
            rect(0, 0, Double(side), Double(side), .fill("#fff"))
            bars(dark(rows), .fill("#000"))
        }
    }

    /// The rows of the code, true for dark; empty when it cannot be made.
    static func modules(of text: String) -> [[Bool]] {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 1000,
            let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M)
        else { return [] }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let data = code.pointee.data else { return [] }
        return (0..<width).map { row in (0..<width).map { data[row * width + $0] & 1 == 1 } }
    }

    private static func dark(_ rows: [[Bool]]) -> [(x: Int, y: Int, length: Int)] {
        var found: [(x: Int, y: Int, length: Int)] = []
        for (y, row) in rows.enumerated() {
            var x = 0
            while x < row.count {
                let length = row[x...].prefix { $0 == row[x] }.count
                if row[x] { found.append((x + margin, y + margin, length)) }
                x += length
            }
        }
        return found
    }
}
