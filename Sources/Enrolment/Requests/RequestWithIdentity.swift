public import Access
import Directory
import Storage

extension EnrolmentActions {
    /// Takes a request whose data a provider of identities has proved (ACC-10). Nothing is typed but the mobile number,
    /// which the provider does not tell and without which nobody can be reached for the check of his identity. The
    /// identity is taken from this browser's hand exactly once, and opens nothing until the request is an account: it is
    /// validated as the others are (ACC-11, D03).
    /// - Parameter browser: the cookie of the sign-in that the identity was proved in.
    /// - Throws: `RequestMistakes` (`.mobile…`, `.landline`; `.email`, `.familyNameMissing`, `.givenNameMissing` when the
    ///   provider tells none; `.professionClosed`), `IdentityRefusal.nothingHeld`, `.decided`,
    ///   `.switchedOff`, `EnrolmentRefusal.tooMany`.
    public func requestAccount(withIdentityHeldBy browser: String, mobile: String, origin: RequestOrigin)
        async throws -> RequestReceipt
    {
        guard let seen = try await access.heldIdentity(browser: browser) else {
            throw IdentityRefusal.nothingHeld
        }
        let closed = try await closedProfessions()
        let person = try DeclaredPerson(seen, mobile: mobile, country: rules.countryCode, closed: closed)
        let now = clock.now()
        let id = AccountRequest.ID(rawValue: RandomText.identifier())
        let token = linkToken(of: id)
        let isTaken = try await database.write { transaction -> Bool in
            guard try self.isWithinLimits(person.email, origin, in: transaction, at: now) else {
                return false
            }
            let held = try self.access.takeHeldIdentity(browser: browser, in: transaction, at: now)
            // what is held now is what was read
            guard held.identity == seen else { throw IdentityRefusal.nothingHeld }
            try transaction.insert(
                id, person, tokenHash: self.tokenHash(token), passwordHash: nil, at: now)
            try transaction.link(held, toRequest: id.rawValue, at: now)
            try self.acknowledge(
                id, of: person, origin, detail: "\(seen.provider.rawValue) level=\(seen.level.rawValue)",
                in: transaction, at: now)
            return true
        }
        guard isTaken else { throw try await tooMany(from: origin) }
        return RequestReceipt(token: token)
    }
}

extension DeclaredPerson {
    /// What a provider says, in the words of a request; a GLN with a wrong check digit counts as none.
    fileprivate init(_ identity: ForeignIdentity, mobile: String, country: String, closed: Set<Profession>)
        throws
    {
        var mistakes: [RequestMistake] = []
        if identity.familyName.isEmpty { mistakes.append(.familyNameMissing) }
        if identity.givenName.isEmpty { mistakes.append(.givenNameMissing) }
        if identity.email.isEmpty { mistakes.append(.email) }
        let number = RequestRules.checkMobile(mobile, .sms, country, &mistakes)
        let profession = identity.personCodes.compactMap(Profession.init(hinCode:)).first ?? .other
        if closed.contains(profession) { mistakes.append(.professionClosed) }
        guard mistakes.isEmpty, let number else { throw RequestMistakes(mistakes) }
        let gln = identity.gln.flatMap { ProfessionalIdentifier(kind: .gln, stored: $0) }
        self.init(
            honorific: "", familyName: identity.familyName, givenName: identity.givenName,
            email: identity.email, mobile: number, codeChannel: .sms,
            identifier: try gln ?? ProfessionalIdentifier.parse(.none, "").get(), profession: profession,
            specialities: "", practice: "", responsible: gln == nil ? identity.issuer : "",
            wantsScreening: false)
    }
}
