public import Access
import Storage

/// The tab «Votre organisation / cabinet» as it was typed.
public struct OrganizationForm: Sendable, Equatable {
    public var name = ""
    public var email = ""
    public var phone = ""
    /// The version of the tab that the form was made from.
    public var version = 0

    public init() {}

    /// The form of what is saved.
    public init(_ profile: Profile) {
        name = profile.practitioner.practice
        email = profile.details.organizationEmail
        phone = profile.details.organizationPhone?.rawValue ?? ""
        version = profile.version(of: .organization)
    }

    struct Reading: Sendable {
        let name: String
        let email: String
        let phone: PhoneNumber?
    }

    /// - Throws: `ProfileRefusal.invalid`.
    func read(_ rules: ProfileRules) throws -> Reading {
        var faults = FaultCollector()
        let name = faults.read { () throws(FieldFault) in try FieldRules.text(self.name, .organizationName) }
        let email = faults.read { () throws(FieldFault) in
            try FieldRules.email(self.email, .organizationEmail)
        }
        let phone = faults.read { () throws(FieldFault) in
            try FieldRules.phone(self.phone, .organizationPhone, callingCode: rules.callingCode)
        }
        guard let name, let email, let phone else { throw faults.refusal }
        return Reading(name: name, email: email, phone: phone)
    }
}

extension DirectoryActions {
    /// Saves the tab «Votre organisation / cabinet».
    /// - Throws: `ProfileRefusal`.
    public func saveOrganization(_ form: OrganizationForm, _ holder: Holder) async throws {
        let now = clock.now()
        let rules = rules
        try await database.write { transaction in
            let known = try transaction.ownProfile(holder, at: now)
            let new = try form.read(rules)
            try transaction.advance(.organization, of: holder.accountID, from: form.version, at: now)
            var details = known.details
            details.organizationEmail = new.email
            details.organizationPhone = new.phone
            var changed: [ProfileField] = []
            if new.name != known.practitioner.practice { changed.append(.organizationName) }
            if new.email != known.details.organizationEmail { changed.append(.organizationEmail) }
            if new.phone != known.details.organizationPhone { changed.append(.organizationPhone) }
            try transaction.save(details, of: holder.accountID)
            try transaction.save(known.practitioner.with(practice: new.name))
            try transaction.recordProfile(.organization, changed, holder, at: now)
        }
    }
}
