/// Writes a message with the usual separators. Texts are escaped here, and nowhere else.
public struct MessageWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private let characterSet: CharacterSet
    private let separators = Separators.usual

    public init(characterSet: CharacterSet = .utf8) { self.characterSet = characterSet }

    /// MSH with its fields from 3 on, by number; each a list of components.
    public mutating func header(_ fields: [Int: [String]]) {
        bytes += Array("MSH|^~\\&".utf8)
        write(fields, from: 3)
    }

    /// Any other segment, its fields by number.
    public mutating func segment(_ name: String, _ fields: [Int: [String]]) {
        bytes += Array(name.utf8)
        write(fields, from: 1)
    }

    private mutating func write(_ fields: [Int: [String]], from first: Int) {
        let last = fields.filter { $0.value.contains { !$0.isEmpty } }.keys.max() ?? 0
        for number in first..<max(first, last + 1) {
            bytes.append(separators.field)
            for (index, component) in (fields[number] ?? []).enumerated() {
                if index > 0 { bytes.append(separators.component) }
                bytes += escaped(component)
            }
        }
        bytes.append(0x0D)
    }

    private func escaped(_ text: String) -> [UInt8] {
        var escaped: [UInt8] = []
        for byte in characterSet.encode(text) {
            switch byte {
            case separators.field: escaped += Array("\\F\\".utf8)
            case separators.component: escaped += Array("\\S\\".utf8)
            case separators.repetition: escaped += Array("\\R\\".utf8)
            case separators.escape: escaped += Array("\\E\\".utf8)
            case separators.subcomponent: escaped += Array("\\T\\".utf8)
            case 0x0A: escaped += Array("\\.br\\".utf8)
            case 0..<0x20, 0x7F: break
            default: escaped.append(byte)
            }
        }
        return escaped
    }
}
