public import Storage

/// A telephone number in its one stored form, E.164. All sensible ways of writing one are understood; «-» and «.» are
/// refused with the guide's own words (requirements 5.4, D10).
public struct PhoneNumber: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
    /// `+41790000001`.
    public let rawValue: String

    /// - Parameter rawValue: E.164, as it is stored.
    /// - Returns: nil unless it is `+` and 8 to 15 digits, the first not 0.
    public init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard (9...16).contains(bytes.count), bytes[0] == UInt8(ascii: "+"), bytes[1] != UInt8(ascii: "0"),
            bytes.dropFirst().allSatisfy(Self.isDigit)
        else { return nil }
        self.rawValue = rawValue
    }

    /// What is wrong with a number as it was typed.
    public enum Mistake: Error, Sendable, Equatable {
        /// A hyphen or a full stop: the guide forbids both.
        case punctuation
        /// Something that is neither a digit nor a space.
        case notANumber
        case tooShort
        case tooLong
    }

    /// Reads a number as people write it: spaces anywhere, `+`, `00` or the national form.
    /// - Parameter country: the calling code of national numbers, without `+`.
    public static func parse(_ text: String, country: String = "41") -> Result<PhoneNumber, Mistake> {
        // no-break and thin spaces come from documents that numbers are copied from
        let signs = text.unicodeScalars.filter { !$0.properties.isWhitespace }
        if signs.contains(where: { $0 == "-" || $0 == "." || $0 == "\u{2010}" || $0 == "\u{2011}" }) {
            return .failure(.punctuation)
        }
        let hasPlus = signs.first == "+"
        let rest = Array(hasPlus ? signs.dropFirst() : signs[...])
        guard !rest.isEmpty else { return .failure(.tooShort) }
        guard rest.allSatisfy({ $0.isASCII && isDigit(UInt8($0.value)) }) else {
            return .failure(.notANumber)
        }
        let digits = String(String.UnicodeScalarView(rest))
        let international: String
        if hasPlus {
            international = digits
        } else if digits.hasPrefix("00") {
            international = String(digits.dropFirst(2))
        } else if digits.hasPrefix("0") {
            international = country + digits.dropFirst()
        } else {
            return .failure(digits.utf8.count < 9 ? .tooShort : .notANumber)
        }
        // Swiss numbers have nine digits after the code; for the others only E.164 counts
        let least = international.hasPrefix("41") ? 11 : 9
        let most = international.hasPrefix("41") ? 11 : 15
        if international.utf8.count < least { return .failure(.tooShort) }
        if international.utf8.count > most { return .failure(.tooLong) }
        guard let number = PhoneNumber(rawValue: "+" + international) else { return .failure(.notANumber) }
        return .success(number)
    }

    /// Whether it is a Swiss number that no SMS reaches. Of other countries nobody can say it from the number.
    public var isSwissLandline: Bool {
        rawValue.hasPrefix("+41")
            && !["+4174", "+4175", "+4176", "+4177", "+4178", "+4179"].contains {
                rawValue.hasPrefix($0)
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
