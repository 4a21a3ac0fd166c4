public import Access
public import Directory
import Foundation
public import Storage

/// What the person who checked an identity saw and did (ADM-03 to ADM-07, IDN-2).
public struct IdentityProof: Sendable, Equatable {
    public enum DocumentKind: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case passport, identityCard, residencePermit
        /// None was looked at: a provider of identities has proved the person at its highest level (D03).
        case outsideIdentity
    }
    public enum Sex: String, Sendable, CaseIterable, SQLBindable, SQLDecodable {
        case female, male, other
        /// No document says it.
        case unknown
    }
    /// How it was found out that the applicant holds the telephone (ADM-06).
    public enum Control: String, Sendable, CaseIterable, SQLBindable, SQLDecodable { case sms, call }

    public let documentKind: DocumentKind
    public let documentNumber: String
    /// ISO 8601 days.
    public let validUntil: String
    public let birthDate: String
    public let sex: Sex
    public let control: Control
    /// What was answered to the control call.
    public let controlNote: String
    public let registerResult: RegisterResult
    /// Why it is accepted although the register says something else, or nothing.
    public let registerNote: String
    public let place: String
    /// Seen by the team only.
    public let note: String
    public let recordedBy: Account.ID
    public let recordedAt: Timestamp
}

extension IdentityProof.DocumentKind {
    /// What can be shown to somebody.
    public static let shown: [IdentityProof.DocumentKind] = [.passport, .identityCard, .residencePermit]
}

extension IdentityProof.Sex {
    /// What a document can say.
    public static let written: [IdentityProof.Sex] = [.female, .male, .other]
}

/// The form of a check, as it was filled in.
public struct IdentityCheck: Sendable {
    /// Raw values of `IdentityProof`'s enums.
    public var documentKind = ""
    public var documentNumber = ""
    /// ISO 8601 days; empty when what was typed is no date.
    public var validUntil = ""
    public var birthDate = ""
    public var sex = ""
    public var photoMatches = false
    public var control = ""
    public var controlNote = ""
    public var registerNote = ""
    public var place = ""
    public var note = ""
    public init() {}
}

/// What a check still lacks.
public enum ProofMistake: Sendable, Equatable, CaseIterable {
    case documentKindMissing, documentNumberMissing, validUntilMissing
    /// The document is no longer valid.
    case documentExpired
    case photoNotCompared
    case birthDateMissing, sexMissing
    case controlMissing
    /// The code of the control SMS was not read out yet.
    case codeNotConfirmed
    /// What was answered to the call.
    case controlNoteMissing
    /// Why it is accepted although the register does not say the same.
    case registerNoteMissing
    case placeMissing
}

/// All that a check lacks.
public struct ProofMistakes: Error, Sendable, Equatable {
    public let all: [ProofMistake]
    init(_ all: [ProofMistake]) { self.all = all }
}

/// What must be there before an identity counts as proved.
enum ProofRules {
    /// - Parameters:
    ///   - today: ISO 8601.
    ///   - isCodeConfirmed: whether the applicant has read out the code of a control SMS.
    ///   - isReduced: whether a provider of identities has proved the person at its highest level: then no document is
    ///     looked at (D03).
    static func mistakes(
        in check: IdentityCheck, register: RegisterResult, today: String, isCodeConfirmed: Bool,
        isReduced: Bool = false
    ) -> [ProofMistake] {
        var found = isReduced ? [] : documentMistakes(in: check, today: today)
        switch IdentityProof.Control(rawValue: check.control) {
        case nil: found.append(.controlMissing)
        case .sms: if !isCodeConfirmed { found.append(.codeNotConfirmed) }
        case .call: if PlainText.line(check.controlNote).isEmpty { found.append(.controlNoteMissing) }
        }
        let mustExplain = register == .differences || register == .absent
        if mustExplain, PlainText.line(check.registerNote).isEmpty { found.append(.registerNoteMissing) }
        if PlainText.line(check.place).isEmpty { found.append(.placeMissing) }
        return found
    }

    private static func documentMistakes(in check: IdentityCheck, today: String) -> [ProofMistake] {
        var found: [ProofMistake] = []
        if !IdentityProof.DocumentKind.shown.map(\.rawValue).contains(check.documentKind) {
            found.append(.documentKindMissing)
        }
        if DocumentNumber.normalised(check.documentNumber) == nil { found.append(.documentNumberMissing) }
        if !isDay(check.validUntil) {
            found.append(.validUntilMissing)
        } else if check.validUntil.utf8.lexicographicallyPrecedes(today.utf8) {
            found.append(.documentExpired)
        }
        if !check.photoMatches { found.append(.photoNotCompared) }
        if !isDay(check.birthDate) || !check.birthDate.utf8.lexicographicallyPrecedes(today.utf8) {
            found.append(.birthDateMissing)
        }
        if !IdentityProof.Sex.written.map(\.rawValue).contains(check.sex) { found.append(.sexMissing) }
        return found
    }

    /// `2026-11-20`.
    static func isDay(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 10
            && bytes.enumerated().allSatisfy { $0 == 4 || $0 == 7 ? $1 == 0x2D : (0x30...0x39).contains($1) }
    }
}

/// The number of an identity document: letters and digits, in one form so that it is recognised again.
enum DocumentNumber {
    /// Upper case, without spaces, hyphens and full stops.
    /// - Returns: nil unless 4 to 30 ASCII letters and digits are left, among them a digit.
    static func normalised(_ text: String) -> String? {
        let kept = text.unicodeScalars.filter {
            !$0.properties.isWhitespace && $0 != "-" && $0 != "." && $0 != "/"
        }
        guard kept.allSatisfy({ $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) }),
            (4...30).contains(kept.count), kept.contains(where: { ("0"..."9").contains($0) })
        else { return nil }
        return String(String.UnicodeScalarView(kept)).uppercased()
    }
}
