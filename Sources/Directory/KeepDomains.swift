public import Access
import Storage

/// The page of secured domains: what is known, and what was asked.
public struct DomainList: Sendable {
    public let questions: [DomainQuestion]
    public let domains: [MailDomain]

    public init(questions: [DomainQuestion], domains: [MailDomain]) {
        self.questions = questions
        self.domains = domains
    }
}

/// Why a domain is not taken.
public enum DirectoryRefusal: Refusal, Equatable {
    /// Not a domain, or without a word on who says so.
    case domain

    public var kind: RefusalKind { .invalid }
    public var rule: String { "mailDomain.invalid" }
}

extension DirectoryActions {
    /// What is known of mail domains, and of which ones somebody has asked.
    public func mailDomains(_ holder: Holder) async throws -> DomainList {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            return DomainList(
                questions: try transaction.domainQuestions(limit: 200),
                domains: try transaction.mailDomains(limit: 1000))
        }
    }

    /// Says of a mail domain whether it is secured by HIN, and who says so; questions about it are answered with it.
    /// - Throws: `DirectoryRefusal.domain`.
    public func decide(domain typed: String, isSecured: Bool, provenance: String, _ holder: Holder)
        async throws
    {
        let now = clock.now()
        let words = String(
            provenance.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(200))
        guard let domain = MailDomainName.normalised(typed), !words.allSatisfy(\.isWhitespace) else {
            throw DirectoryRefusal.domain
        }
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            try transaction.saveDomain(
                domain, isSecured: isSecured, provenance: words, by: holder.displayName, at: now)
            try transaction.forgetQuestions(about: domain)
            try transaction.record(
                AuditEntry(
                    .configurationChanged, object: AuditObject(kind: "mailDomain", id: domain),
                    detail: "secured=\(isSecured)"), by: .person(holder), at: now)
        }
    }

    /// What the institution lets each profession have.
    public func professionRules(_ holder: Holder) async throws -> [ProfessionRule] {
        let now = clock.now()
        return try await database.read { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            let known = try transaction.professionRules()
            return Profession.allCases.map { profession in
                known.first { $0.profession == profession }
                    ?? ProfessionRule(profession: profession)
            }
        }
    }

    /// Says what professions may have, but for the types that are withheld; those that may have everything are named
    /// too.
    public func save(_ rules: [ProfessionRule], _ holder: Holder) async throws {
        let now = clock.now()
        try await database.write { transaction in
            try transaction.confirm(holder, as: [.portalAdmin], at: now)
            for rule in rules {
                let old =
                    try transaction.professionRules().first { $0.profession == rule.profession }
                    ?? ProfessionRule(profession: rule.profession)
                guard (old.mayAsk, old.mayReceive) != (rule.mayAsk, rule.mayReceive) else { continue }
                try transaction.save(rule)
                try transaction.record(
                    AuditEntry(
                        .configurationChanged,
                        object: AuditObject(kind: "profession", id: rule.profession.rawValue),
                        detail: "ask=\(rule.mayAsk) receive=\(rule.mayReceive)"), by: .person(holder), at: now
                )
            }
        }
    }
}

/// The name of a mail domain.
enum MailDomainName {
    /// Lower case, without an `@` before it.
    /// - Returns: nil unless it is at least two labels of letters, digits and hyphens.
    static func normalised(_ text: String) -> String? {
        let kept = text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "@" }
        let domain = String(String.UnicodeScalarView(kept)).lowercased()
        let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (3...253).contains(domain.utf8.count), labels.count >= 2,
            labels.allSatisfy({ label in
                (1...63).contains(label.count)
                    && label.allSatisfy {
                        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    }
            })
        else { return nil }
        return domain
    }
}
