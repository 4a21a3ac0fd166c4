/// Places the parts of one letter on pages, from top to bottom. Drawn twice: the first time tells how many
/// pages there are, the second time writes it at the foot of each.
final class LetterFlow {
    private let letter: Letter
    private let totalPages: Int?
    private let canvas: LetterCanvas
    private(set) var page = 1
    private var y = 0.0

    private static let left = 62.0
    private static let width = 471.0
    private static let bottom = 780.0
    /// In points: 48 mm and 108 mm from the upper edge, 75 mm wide.
    private static let window = 136.0
    private static let underWindow = 306.0
    private static let windowWidth = 212.0
    private static let petrol = (0.043, 0.357, 0.459)
    private static let grey = (0.34, 0.40, 0.44)
    private static let pale = (0.88, 0.937, 0.957)

    init(_ letter: Letter, totalPages: Int?) {
        self.letter = letter
        self.totalPages = totalPages
        canvas = LetterCanvas(title: letter.subject, language: letter.language, created: letter.created)
    }

    func draw() throws -> [UInt8] {
        letterhead()
        addressee()
        subject()
        for block in letter.blocks { draw(block) }
        signature()
        footer()
        return try canvas.finish()
    }

    private func draw(_ block: Letter.Block) {
        switch block {
        case .heading(let text): heading(text)
        case .paragraph(let text): paragraph(text)
        case .list(let items): list(items)
        case .table(let table): draw(table)
        case .preformatted(let text):
            flow(text, .init(size: 8.5, hasOneWidth: true), tag: "P", after: 8)
        }
    }

    private func letterhead() {
        let sender = letter.letterhead
        let name = canvas.layout(
            sender.institution, .init(size: 15, isBold: true, colour: Self.petrol), width: 290)
        let department = canvas.layout(sender.department, .init(size: 10, colour: Self.grey), width: 290)
        let address = canvas.layout(
            sender.lines.joined(separator: "\n"), .init(size: 8, colour: Self.grey), width: 160)
        canvas.tagged("P") {
            canvas.draw(name, x: Self.left, y: 44)
            canvas.draw(department, x: Self.left, y: 46 + name.height)
        }
        canvas.tagged("P") { canvas.draw(address, x: Self.left + Self.width - 160, y: 46) }
        let foot = max(46 + name.height + department.height, 46 + address.height) + 10
        canvas.rule(x: Self.left, y: foot, width: Self.width, thickness: 1.5, colour: Self.petrol)
        y = foot + 22
    }

    private func addressee() {
        if !letter.returnLine.isEmpty { returnLine() }
        let window = canvas.layout(letter.addressee.joined(separator: "\n"), .init(), width: 200)
        let date = canvas.layout(letter.placeAndDate, .init(), width: 200)
        let x = Self.left + 270
        canvas.tagged("P") { canvas.draw(window, x: x, y: y) }
        y += max(window.height, 56) + 18
        // nothing else shows in the window, however the sheet slips in its envelope
        if !letter.returnLine.isEmpty { y = max(y, Self.underWindow) }
        canvas.tagged("P") { canvas.draw(date, x: x, y: y) }
        y += date.height + 20
    }

    /// SN 010130, window on the right: from 48 mm below the edge of the sheet, the address from 53 mm.
    private func returnLine() {
        let line = canvas.layout(
            letter.returnLine, .init(size: 7, colour: Self.grey), width: Self.windowWidth)
        let top = max(y, Self.window)
        canvas.tagged("P") { canvas.draw(line, x: Self.left + 270, y: top) }
        y = top + max(line.height, 10) + 4
    }

    private func subject() {
        flow(letter.subject, .init(size: 14, isBold: true, colour: Self.petrol), tag: "H1", after: 6)
        guard !letter.concerning.isEmpty else { return }
        flow(letter.concerning.joined(separator: "\n"), .init(isBold: true), tag: "P", after: 12)
    }

    private func heading(_ text: String) {
        y += 4
        reserve(52)  // never a heading alone at the foot of a page
        flow(text, .init(size: 10.5, isBold: true, colour: Self.petrol), tag: "H2", after: 4)
    }

    private func paragraph(_ text: String) { flow(text, .init(), tag: "P", after: 8) }

    private func list(_ items: [String]) {
        canvas.begin("L")
        for item in items {
            canvas.tagged("LI") { flow(item, .init(), tag: "LBody", indent: 12, bullet: "•", after: 2) }
        }
        canvas.end()
        y += 6
    }

    private func signature() {
        guard !letter.signature.isEmpty else { return }
        y += 10
        reserve(Double(letter.signature.count) * 15 + 10)
        flow(letter.signature.joined(separator: "\n"), .init(), tag: "P", after: 0)
    }

    /// Draws wrapped text and goes on to the next page where it does not fit.
    private func flow(
        _ text: String, _ style: LetterCanvas.Style, tag: String, indent: Double = 0, bullet: String? = nil,
        after: Double
    ) {
        let layout = canvas.layout(text, style, width: Self.width - indent)
        reserve(min(layout.height, 26))
        if let bullet {
            let sign = canvas.layout(bullet, style, width: indent)
            canvas.tagged("Lbl") { canvas.draw(sign, x: Self.left, y: y) }
        }
        canvas.begin(tag)
        for line in 0..<layout.lineCount {
            let height = layout.lineHeight(line)
            if y + height > Self.bottom {
                canvas.end()
                nextPage()
                canvas.begin(tag)
            }
            canvas.draw(layout, line: line, x: Self.left + indent, y: y)
            y += height
        }
        canvas.end()
        y += after
    }

    private func draw(_ table: Letter.Table) {
        let weights = table.widths.isEmpty ? table.header.map { _ in 1.0 } : table.widths
        let total = weights.reduce(0, +)
        let columns = weights.map { $0 / total * Self.width }
        canvas.begin("Table")
        row(table.header, columns, tag: "TH", style: .init(size: 8.5, isBold: true), isHeader: true)
        for cells in table.rows {
            row(cells, columns, tag: "TD", style: .init(size: 9), isHeader: false)
        }
        canvas.end()
        y += 10
    }

    private func row(
        _ cells: [String], _ columns: [Double], tag: String, style: LetterCanvas.Style, isHeader: Bool
    ) {
        let layouts = zip(cells, columns).map { canvas.layout($0, style, width: $1 - 10) }
        let height = (layouts.map(\.height).max() ?? 0) + 7
        reserve(isHeader ? height * 2 : height)
        if isHeader {
            canvas.fill(x: Self.left, y: y, width: Self.width, height: height, colour: Self.pale)
        }
        canvas.begin("TR")
        var x = Self.left
        for (layout, column) in zip(layouts, columns) {
            canvas.tagged(tag) { canvas.draw(layout, x: x + 5, y: y + 3.5) }
            x += column
        }
        canvas.end()
        y += height
        canvas.rule(x: Self.left, y: y - 0.5, width: Self.width, thickness: 0.5, colour: (0.80, 0.84, 0.87))
    }

    /// Starts a new page when less than this height is left.
    private func reserve(_ height: Double) {
        if y + height > Self.bottom { nextPage() }
    }

    private func nextPage() {
        footer()
        canvas.nextPage()
        page += 1
        y = 56
    }

    private func footer() {
        let style = LetterCanvas.Style(size: 7.5, colour: Self.grey)
        canvas.rule(
            x: Self.left, y: 796, width: Self.width, thickness: 0.5, colour: (0.80, 0.84, 0.87))
        canvas.draw(canvas.layout(letter.footer, style, width: Self.width - 60), x: Self.left, y: 802)
        let number = totalPages.map { "\(page)/\($0)" } ?? "\(page)"
        canvas.draw(canvas.layout(number, style, width: 50), x: Self.left + Self.width - 20, y: 802)
    }
}
