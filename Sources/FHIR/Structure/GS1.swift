/// GS1 numbers: the GLN that identifies health professionals and organisations in Switzerland.
public enum GS1 {
    /// The systems a GLN is read with. The first is the one HL7 Switzerland defines and the only one emitted.
    static let glnSystems = [
        "urn:oid:2.51.1.3", "http://www.gs1.org/gln", "https://www.gs1.org/gln", "2.51.1.3", "urn:oid:1.3.88",
    ]
    public static let glnSystem = "urn:oid:2.51.1.3"

    /// Whether a system stands for GLNs.
    public static func isGLNSystem(_ system: String) -> Bool { glnSystems.contains(system) }

    /// True for decimal digits whose last one is right by GS1's modulo 10: from the right, the others weigh
    /// 3, 1, 3, 1 …; for the 13 digits of a GLN that is 1, 3, 1, 3 … from the left.
    public static func hasValidCheckDigit(_ number: String) -> Bool {
        let digits = Array(number.utf8)
        guard digits.count >= 2, digits.count <= 20, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            return false
        }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            sum += Int(digit - 0x30) * (place % 2 == 0 ? 1 : 3)
        }
        return sum % 10 == 0
    }

    /// True for a GLN: 13 digits with the right check digit.
    public static func isGLN(_ number: String) -> Bool {
        number.utf8.count == 13 && hasValidCheckDigit(number)
    }
}

extension Element {
    /// The GLN of this identifier. A wrong one is an issue; one that is not Swiss (76…) a warning.
    /// Nil without an issue when the identifier is of another system.
    func gln(_ findings: Findings) -> String? {
        guard GS1.glnSystems.contains(self["system"].text ?? "") else { return nil }
        guard let value = self["value"].text else {
            findings.add(.required, "The element is missing", at: self["value"].path)
            return nil
        }
        guard GS1.isGLN(value) else {
            let reason = value.utf8.count == 13 ? "its check digit is wrong" : "it should have 13 digits"
            findings.add(.value, "This is not a GLN: \(reason)", at: self["value"].path)
            return nil
        }
        if !value.utf8.starts(with: "76".utf8) {
            findings.warn(.value, "The GLN does not start with 76, as Swiss ones do", at: self["value"].path)
        }
        return value
    }
}
