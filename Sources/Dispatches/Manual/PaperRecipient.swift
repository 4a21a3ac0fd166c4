public import Directory
import Storage

/// Somebody a document is sent to, as pages name him; he need not have an account.
public struct NamedRecipient: Sendable, Equatable {
    public let gln: GLN
    /// «Dre Claire Favre».
    public let displayName: String
    public let locality: String

    public init(gln: GLN, displayName: String, locality: String) {
        self.gln = gln
        self.displayName = displayName
        self.locality = locality
    }

    public init(_ found: FoundRecipient) {
        self.init(gln: found.gln, displayName: found.displayName, locality: found.locality)
    }
}

/// Somebody who can get paper.
struct PaperRecipient: Sendable {
    let name: NamedRecipient
    let addressee: PostAddressee
    /// The professions of somebody without an account, in the words of all registers that know him.
    var professions: [String] = []
}

/// Whether the institution addresses a type to somebody of whom only registers know (D45).
enum PaperAnswer: Sendable, Equatable {
    case allowed, withheld
    /// A register's word means nothing here, and some profession does not get this.
    case unknownProfession

    /// Pure: kept from one of his professions is kept from him, and what is kept from any is kept from the unknown.
    static func of(
        _ type: String, to words: [String], _ known: RegisterProfessions, _ rules: [ProfessionRule]
    ) -> PaperAnswer {
        let strict = rules.filter { !$0.mayReceive || $0.withheldTypes.contains(type) }
        guard !strict.isEmpty else { return .allowed }
        let professions = words.map(known.profession)
        if strict.contains(where: { professions.contains($0.profession) }) { return .withheld }
        return professions.contains(nil) ? .unknownProfession : .allowed
    }
}

extension Transaction {
    /// Where somebody gets paper: at the address of his profile, else at that of a register. Nobody whose account is closed
    /// or blocked, or whose licence was withdrawn in any register, gets some. Nobody types an address: a slip would
    /// carry the letter to a stranger.
    func paperRecipient(_ gln: GLN) throws -> PaperRecipient? {
        if let recipient = try recipient(gln: gln) {
            guard recipient.isActive else { return nil }
            if let found = try foundRecipient(gln),
                let addressee = try postAddressee(of: recipient.practitioner.accountID)
            {
                return PaperRecipient(name: NamedRecipient(found), addressee: addressee)
            }
        }
        let entries = try registerEntries(gln: gln)
        guard !entries.contains(where: { $0.licence == .withdrawn }) else { return nil }
        let licensed = entries.filter { $0.licence == .valid } + entries.filter { $0.licence == .none }
        var paper = licensed.lazy.compactMap(PaperRecipient.init).first
        paper?.professions = entries.map(\.profession)
        return paper
    }

    /// Whether a type may be put on paper for somebody without an account.
    func paperAnswer(_ type: String, to recipient: PaperRecipient, _ rules: WaysOutRules) throws
        -> PaperAnswer
    {
        .of(type, to: recipient.professions, rules.registerProfessions, try professionRules())
    }
}

extension PaperRecipient {
    /// Nil where the register has no whole address.
    init?(_ entry: RegisterEntry) {
        let name = "\(entry.givenName) \(entry.familyName)"
        guard !entry.street.isEmpty, !entry.postcode.isEmpty, !entry.locality.isEmpty,
            let addressee = PostAddressee(
                lines: [name, entry.street, "\(entry.postcode) \(entry.locality)"])
        else { return nil }
        self.name = NamedRecipient(gln: entry.gln, displayName: name, locality: entry.locality)
        self.addressee = addressee
    }
}
