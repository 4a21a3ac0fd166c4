public import Foundation

/// What the professions of registers are here: registers name them in words of their own. A word that means nothing to
/// anybody is unknown, and who decides about paper takes the unknown for the strictest.
public struct RegisterProfessions: Sendable {
    private var professions: [String: Profession] = [:]

    /// Our own names only, in their feminine and masculine forms.
    public init() {
        for profession in Profession.allCases {
            let forms = profession.frenchName.components(separatedBy: " ou ")
            let isOneWordEach = forms.allSatisfy { !$0.contains(" ") }
            for form in isOneWordEach ? forms : [profession.frenchName] {
                professions[RegisterRules.folded(form)] = profession
            }
        }
    }

    /// Our own names, and the words of a file: one JSON object, `{"Kinésithérapeute": "physiotherapist"}`.
    /// - Throws: `RegisterProfessionsFailure` for what is not understood.
    public init(json data: Data) throws {
        self.init()
        guard data.count <= 1 << 20, let words = try? JSONDecoder().decode([String: String].self, from: data)
        else { throw RegisterProfessionsFailure("It must be one JSON object of words, at most 1 MiB.") }
        for (word, code) in words {
            let key = RegisterRules.folded(word)
            guard !key.isEmpty, let profession = Profession(rawValue: code) else {
                let codes = Profession.allCases.map(\.rawValue).joined(separator: ", ")
                throw RegisterProfessionsFailure("«\(word)»: «\(code)» is none of \(codes).")
            }
            professions[key] = profession
        }
    }

    /// Without regard to capitals, accents and punctuation; nil: unknown.
    public func profession(_ word: String) -> Profession? { professions[RegisterRules.folded(word)] }

    /// The words of an extract that mean nothing here, each once.
    /// - Throws: `RegisterFileMistake`.
    public func unknownWords(in file: [UInt8], of register: ProfessionalRegister) throws -> [String] {
        let words = Set(try RegisterFile.entries(file, register).map(\.profession))
        return words.filter { profession($0) == nil }.sorted()
    }
}

/// Why the words of registers are not accepted; the sentence says what to do.
public struct RegisterProfessionsFailure: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
