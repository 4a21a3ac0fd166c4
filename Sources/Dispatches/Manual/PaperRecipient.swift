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
        return licensed.lazy.compactMap(PaperRecipient.init).first
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
