/// The HTML part of a mail: one column, no pictures, nothing loaded from elsewhere, readable without any
/// style.
struct MailPage {
    var language = "fr"
    let title: String
    let heading: String
    let opening: [String]
    let link: (words: String, url: String)?
    let closing: [String]

    var html: String {
        let button = link.map {
            """
            <p style="margin:24px 0"><a href="\(Self.escaped($0.url))" \
            style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0b5b75;color:#ffffff;\
            font-weight:600;text-decoration:none">\(Self.escaped($0.words))</a></p>

            """
        }
        return """
            <!DOCTYPE html>
            <html lang="\(Self.escaped(language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(Self.escaped(title))</title>
            </head>
            <body style="margin:0;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;\
            font-size:16px;line-height:1.5">
            <main style="max-width:560px;margin:0 auto">
            <h1 style="font-size:20px;margin:0 0 24px">\(Self.escaped(heading))</h1>
            \(Self.paragraphs(opening, style: "margin:0 0 16px"))\(button ?? "")\
            \(Self.paragraphs(closing, style: "margin:0 0 8px;font-size:14px"))</main>
            </body>
            </html>

            """
    }

    private static func paragraphs(_ texts: [String], style: String) -> String {
        texts.map { "<p style=\"\(style)\">\(escaped($0))</p>\n" }.joined()
    }

    /// By bytes: a quote followed by a combining mark is another `Character` (security SWF-1).
    static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes += "&amp;".utf8
            case 0x3C: bytes += "&lt;".utf8
            case 0x3E: bytes += "&gt;".utf8
            case 0x22: bytes += "&quot;".utf8
            case 0x27: bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
