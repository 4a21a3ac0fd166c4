import Access
import FHIR

/// Under which names a provider tells the attributes of a person: `gln=urn:gln last=family_name …` (D42).
public struct AttributeNames: Sendable, Equatable {
    /// Our words, in the order of the documentation.
    enum Word: String, CaseIterable {
        case subject, email, first, last, gln, level, codes
    }

    private let names: [String: String]

    /// The claims of OpenID Connect, with HIN's for the rest.
    public static let openID = AttributeNames([
        .subject: "sub", .email: "email", .first: "given_name", .last: "family_name", .gln: "gln",
        .level: "verificationLevel", .codes: "personcodes",
    ])

    /// Header fields of an access gateway.
    public static let fields = AttributeNames([
        .subject: "x-hin-id", .email: "x-hin-email", .first: "x-hin-firstname", .last: "x-hin-lastname",
        .gln: "x-hin-gln", .level: "x-hin-verificationlevel", .codes: "x-hin-personcodes",
    ])

    private init(_ names: [Word: String]) {
        self.names = Dictionary(uniqueKeysWithValues: names.map { ($0.rawValue, $1) })
    }

    /// These names with those of a setting in place of some: `gln=swissGLN,last=sn`.
    /// - Returns: nil when it is not such a list, or names an attribute that does not exist.
    public func replaced(by setting: String) -> AttributeNames? {
        var names = names
        for pair in setting.split(separator: ",") {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map { word in
                String(word.trimmingPrefix { $0 == " " })
            }
            guard parts.count == 2, Word(rawValue: parts[0]) != nil, (1...100).contains(parts[1].utf8.count),
                parts[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { return nil }
            names[parts[0]] = parts[1]
        }
        return AttributeNames(names: names)
    }

    private init(names: [String: String]) { self.names = names }

    subscript(word: Word) -> String { names[word.rawValue] ?? "" }
}

extension ForeignIdentity {
    /// Reads the attributes out of the claims of a token or of HIN's answer.
    /// - Parameter hasCodes: whether the provider tells what kind of identity it is; if not, the operator answers for
    ///   its having personal identities only.
    init(
        _ provider: IdentityProviderName, issuer: String, claims: JSON, _ names: AttributeNames,
        hasCodes: Bool,
        authenticatedAt: Int64? = nil
    ) throws {
        let codes = claims[names[.codes]]
        let numbers = (codes?.items ?? codes.map { [$0] } ?? []).compactMap { $0.wholeNumber }
        try self.init(
            provider: provider, issuer: issuer, subject: claims[names[.subject]]?.word ?? "",
            email: claims[names[.email]]?.text ?? "", givenName: claims[names[.first]]?.text ?? "",
            familyName: claims[names[.last]]?.text ?? "", gln: claims[names[.gln]]?.word,
            level: VerificationLevel(number: claims[names[.level]]?.wholeNumber), personCodes: numbers,
            kind: hasCodes || codes != nil ? PersonKind(codes: numbers) : .personal,
            authenticatedAt: authenticatedAt)
    }
}

extension JSON {
    /// A whole number, written as a number or as a text.
    var wholeNumber: Int? {
        switch self {
        case .number(let text), .string(let text): text.utf8.count <= 12 ? Int(text) : nil
        default: nil
        }
    }

    /// A text, or the digits of a number.
    var word: String? {
        if case .number(let text) = self { text } else { text }
    }
}
