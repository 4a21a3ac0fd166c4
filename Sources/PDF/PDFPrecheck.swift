import Glibc

/// What the raw bytes tell before any child process is started.
extension PDFInspection {
    /// Header within the first 1024 bytes, `startxref` and `%%EOF` within the last 2048 (ISO 32000-1 7.5 with
    /// the tolerance of the usual viewers). Costs a microsecond and stops most of what is no PDF.
    /// - Throws: `PDFRefusal.emptyFile`, `.notPDF` or `.broken`.
    public static func precheck(_ bytes: UnsafeRawBufferPointer) throws {
        guard !bytes.isEmpty else { throw PDFRefusal.emptyFile }
        let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(1024))
        guard contains(head, "%PDF-") else { throw PDFRefusal.notPDF }
        let tail = UnsafeRawBufferPointer(rebasing: bytes.suffix(2048))
        guard contains(tail, "startxref"), contains(tail, "%%EOF") else { throw PDFRefusal.broken }
    }

    static func activeContent(in bytes: UnsafeRawBufferPointer) -> ActiveContent {
        var content: ActiveContent = []
        for (name, flag) in ActiveContent.names where contains(bytes, name) { content.insert(flag) }
        return content
    }

    /// True when a file specification could name an attached file (`/EF`), which need not say anywhere that it is one.
    static func mayAttach(_ bytes: UnsafeRawBufferPointer) -> Bool {
        contains(bytes, "/EF", before: [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20, 0x25, 0x3C])
    }

    /// The same in qpdf's list of objects.
    static func listsAttachments(_ list: UnsafeRawBufferPointer) -> Bool { contains(list, #""/EF""#) }

    /// True when a name could stand where the raw bytes do not show it: in a compressed object stream, or
    /// spelled with escapes (`/#4aavaScript`). Such streams need a cross-reference stream, whose type must be right;
    /// their own type need not.
    static func hidesNames(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if contains(bytes, "/XRef") || contains(bytes, "/ObjStm") || contains(bytes, "/Obj#") { return true }
        var start = 0
        while start + 2 < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, 0x23, bytes.count - start - 2)
        {
            let index = base.distance(to: UnsafeRawPointer(found))
            if isHex(bytes[index + 1]), isHex(bytes[index + 2]), isInName(bytes, index) { return true }
            start = index + 1
        }
        return false
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    /// Whether only letters, digits and `#` stand between this place and a `/` before it.
    private static func isInName(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        var place = index - 1
        while place >= 0, place > index - 40 {
            switch bytes[place] {
            case 0x2F: return true
            case 0x23, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: place -= 1
            default: return false
            }
        }
        return false
    }

    /// - Parameter next: if not nil, one of these bytes must follow.
    private static func contains(
        _ bytes: UnsafeRawBufferPointer, _ word: StaticString, before next: [UInt8]? = nil
    ) -> Bool {
        let length = word.utf8CodeUnitCount
        guard let base = bytes.baseAddress, length <= bytes.count else { return false }
        var start = 0
        while start <= bytes.count - length,
            let found = memchr(base + start, Int32(word.utf8Start.pointee), bytes.count - length - start + 1)
        {
            let index = base.distance(to: UnsafeRawPointer(found))
            if memcmp(found, word.utf8Start, length) == 0 {
                guard let next else { return true }
                if index + length < bytes.count, next.contains(bytes[index + length]) { return true }
            }
            start = index + 1
        }
        return false
    }
}

extension String {
    /// Compares bytes: `contains` of Foundation and of the standard library compare characters.
    func utf8Contains(_ word: String) -> Bool { strstr(self, word) != nil }
}
