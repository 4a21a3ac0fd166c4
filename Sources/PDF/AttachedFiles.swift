import Foundation

/// Files inside a PDF, measured by us. A scanner skips what is larger than its own limits and calls the rest clean, and it
/// can be led around in archives; so an archive or a program inside a letter is refused, and what is attached must not be
/// larger, unpacked, than what the scanner looks at.
enum AttachedFiles {
    static let maximumCount = 20
    /// Of all attachments together, unpacked.
    static let maximumBytes = 16 << 20

    /// First bytes of what unpacks or runs: archives, programs, OLE files (macros), shortcuts.
    private static let refusedBeginnings: [[UInt8]] = [
        Array("PK\u{3}\u{4}".utf8), Array("PK\u{5}\u{6}".utf8), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
        Array("Rar!".utf8), [0x1F, 0x8B], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A],
        [0x28, 0xB5, 0x2F, 0xFD], Array("MSCF".utf8), [0xD0, 0xCF, 0x11, 0xE0], Array("MZ".utf8),
        [0x7F, 0x45, 0x4C, 0x46], [0x4C, 0, 0, 0, 1, 0x14, 2, 0], Array("#!".utf8),
    ]

    /// The objects that hold attached files, as qpdf's list (`--json=2`) names them: `12,0`.
    /// - Throws: `PDFRefusal.archiveInside` for more attachments than are looked through.
    static func objects(in list: [UInt8]) throws -> [String] {
        let objects = try table(list)
        var found: Set<String> = []
        for (name, value) in objects {
            guard let object = value as? [String: Any] else { continue }
            if let stream = object["stream"] as? [String: Any],
                let dictionary = stream["dict"] as? [String: Any],
                dictionary["/Type"] as? String == "/EmbeddedFile"
            {
                found.insert(name.replacing("obj:", with: ""))
            }
            collect(object, objects, into: &found, depth: 0)
        }
        guard found.count <= maximumCount else { throw PDFRefusal.archiveInside }
        return found.compactMap { reference in
            let parts = reference.split(separator: " ")
            return parts.count == 3 ? "\(parts[0]),\(parts[1])" : nil
        }.sorted()
    }

    /// Looks at the unpacked attachments in qpdf's answer.
    /// - Throws: `PDFRefusal.archiveInside`, `.tooLarge`.
    static func check(_ list: [UInt8]) throws {
        var bytes = 0
        for case let object as [String: Any] in try table(list).values {
            guard let stream = object["stream"] as? [String: Any], let text = stream["data"] as? String,
                let data = Data(base64Encoded: text)
            else { continue }
            bytes += data.count
            guard bytes <= maximumBytes else { throw PDFRefusal.tooLarge }
            let isTape = data.count > 262 && data[257..<262].elementsEqual("ustar".utf8)
            if isTape || refusedBeginnings.contains(where: { data.starts(with: $0) }) {
                throw PDFRefusal.archiveInside
            }
        }
    }

    /// `/EF` of a file specification names the streams, itself or through one more object.
    private static func collect(
        _ value: Any, _ objects: [String: Any], into found: inout Set<String>, depth: Int
    ) {
        guard depth < 100 else { return }
        if let dictionary = value as? [String: Any] {
            for (key, value) in dictionary {
                if key == "/EF" {
                    var files = value as? [String: Any]
                    if let reference = value as? String,
                        let object = objects["obj:\(reference)"] as? [String: Any]
                    {
                        files = object["value"] as? [String: Any]
                    }
                    for case let reference as String in (files ?? [:]).values where reference.hasSuffix(" R")
                    {
                        found.insert(reference)
                    }
                }
                collect(value, objects, into: &found, depth: depth + 1)
            }
        } else if let list = value as? [Any] {
            for value in list { collect(value, objects, into: &found, depth: depth + 1) }
        }
    }

    /// qpdf's `{"qpdf": [{…}, {"obj:1 0 R": {…}, …}]}`.
    private static func table(_ list: [UInt8]) throws -> [String: Any] {
        let root = try? JSONSerialization.jsonObject(with: Data(list)) as? [String: Any]
        guard let parts = root?["qpdf"] as? [Any], let objects = parts.last as? [String: Any] else {
            throw PDFRefusal.broken
        }
        return objects
    }
}
