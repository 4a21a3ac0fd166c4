import Foundation
import PDF

/// Files the tests inspect: letters of ours, hand-made files, and what qpdf makes of them.
enum SamplePDF {
    /// A letter of `pages` pages or a few more.
    static func letter(paragraphs: Int = 6) throws -> [UInt8] {
        try LetterPDF.draw(sampleLetter(paragraphs: paragraphs))
    }

    static func sampleLetter(paragraphs: Int) -> Letter {
        let text = "Évolution favorable sous traitement, patiente afébrile, marche sans aide. "
        return Letter(
            letterhead: .init(
                institution: "Hôpital universitaire du Lac", department: "Service de médecine interne",
                lines: ["Quai du Lac 1", "1000 Rive-sur-Lac", "Tél. 021 555 00 00"]),
            addressee: ["Dre Claire Favre", "Médecine interne générale", "Rue du Marché 4", "1200 Genève"],
            placeAndDate: "Rive-sur-Lac, le 19.11.2026", subject: "Lettre de sortie",
            concerning: ["Madame Hélène Jaquet, née le 14.03.1958"],
            blocks: [
                .heading("Diagnostic principal"), .paragraph("Pneumonie communautaire basale droite."),
                .list(["Hypertension artérielle", "Diabète de type 2"]),
                .table(
                    .init(
                        header: ["Médicament", "Dose", "Posologie"],
                        rows: [["Amoxicilline", "1 g", "1–1–1"], ["Métoprolol", "50 mg", "1–0–0"]],
                        widths: [3, 1, 1])),
            ] + (0..<paragraphs).map { .paragraph("\($0 + 1). " + String(repeating: text, count: 6)) },
            signature: ["Dr Marc Aebischer", "Médecin adjoint"], footer: "Lettre de sortie")
    }

    /// A hand-made file with a sound cross-reference table; `extra` objects start at number 4, and `page` says what
    /// each page has.
    static func handmade(
        catalog: String = "", extra: [String] = [], pages: Int = 1, page: String = "/MediaBox[0 0 595 842]"
    ) -> [UInt8] {
        let first = 3 + extra.count + 1
        let kids = (0..<pages).map { "\(first + $0) 0 R" }.joined(separator: " ")
        var objects = [
            "<</Type/Catalog/Pages 2 0 R \(catalog)>>", "<</Type/Pages/Kids[\(kids)]/Count \(pages)>>",
            "<</Producer(Handmade)>>",
        ]
        objects += extra
        objects += (0..<pages).map { _ in "<</Type/Page/Parent 2 0 R\(page)>>" }
        var text = "%PDF-1.7\n"
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = String(text.utf8.count)
            table += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += table + "trailer<</Size \(objects.count + 1)/Root 1 0 R/Info 3 0 R>>\n"
        return Array((text + "startxref\n\(start)\n%%EOF\n").utf8)
    }

    /// One page with these operators, and a font that is not in the file.
    static func drawn(
        _ content: String, font: String = "/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding",
        page: String = "/MediaBox[0 0 595 842]"
    ) -> [UInt8] {
        let extra = [
            "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream", "<</Type/Font\(font)>>",
        ]
        return handmade(extra: extra, page: "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>\(page)")
    }

    /// What qpdf makes of a file with these options.
    static func rewritten(_ bytes: [UInt8], _ options: [String]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (from, to) = (folder.appending(path: "a.pdf"), folder.appending(path: "b.pdf"))
        try Data(bytes).write(to: from)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/qpdf")
        process.arguments = options + [from.path, to.path]
        try process.run()
        process.waitUntilExit()
        return try Array(Data(contentsOf: to))
    }
}
