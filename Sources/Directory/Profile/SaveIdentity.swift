public import Access
import Storage

/// The tab «Informations personnelles» as it was typed. The registration mail and the identifier are not in it: nobody
/// changes them here.
public struct IdentityForm: Sendable, Equatable {
    public var honorific = ""
    public var familyName = ""
    public var givenName = ""
    public var contactEmail = ""
    public var phone = ""
    /// SNOMED codes.
    public var specialities: [String] = []
    /// The version of the tab that the form was made from.
    public var version = 0

    public init() {}

    /// The form of what is saved.
    public init(_ profile: Profile) {
        honorific = profile.account.honorific
        familyName = profile.nameChange?.familyName ?? profile.account.familyName
        givenName = profile.nameChange?.givenName ?? profile.account.givenName
        contactEmail = profile.details.contactEmail
        phone = profile.details.phone?.rawValue ?? ""
        specialities = profile.specialities.map(\.code)
        version = profile.version(of: .identity)
    }

    struct Reading: Sendable {
        let honorific: String
        let familyName: String
        let givenName: String
        let contactEmail: String
        let phone: PhoneNumber?
        let specialities: [Speciality]
    }

    /// - Throws: `ProfileRefusal.invalid`.
    func read(_ rules: ProfileRules) throws -> Reading {
        var faults = FaultCollector()
        let honorific = faults.read { () throws(FieldFault) in
            try FieldRules.text(self.honorific, .honorific, limit: ProfileRules.honorificLength)
        }
        let family = faults.read { () throws(FieldFault) in
            try FieldRules.text(familyName, .familyName, isRequired: true)
        }
        let given = faults.read { () throws(FieldFault) in
            try FieldRules.text(givenName, .givenName, isRequired: true)
        }
        let email = faults.read { () throws(FieldFault) in try FieldRules.email(contactEmail, .contactEmail) }
        let phone = faults.read { () throws(FieldFault) in
            try FieldRules.phone(self.phone, .phone, callingCode: rules.callingCode)
        }
        let chosen = specialities.compactMap(Speciality.init(code:))
        if chosen.count != specialities.count { faults.add(.specialities, .unknownChoice) }
        if chosen.count > ProfileRules.specialities {
            faults.add(.specialities, .tooMany(ProfileRules.specialities))
        }
        guard faults.faults.isEmpty, let honorific, let family, let given, let email, let phone else {
            throw faults.refusal
        }
        return Reading(
            honorific: honorific, familyName: family, givenName: given, contactEmail: email, phone: phone,
            specialities: Speciality.all.filter(chosen.contains))
    }
}

extension DirectoryActions {
    /// Saves the tab «Informations personnelles». Another name is not taken over but asked for: the portal team agrees
    /// to it or not, because the name was proved.
    /// - Returns: whether a name waits now.
    /// - Throws: `ProfileRefusal`.
    @discardableResult
    public func saveIdentity(_ form: IdentityForm, _ holder: Holder) async throws -> Bool {
        let now = clock.now()
        let id = holder.accountID
        let rules = rules
        return try await database.write { transaction in
            let known = try transaction.ownProfile(holder, at: now)
            let new = try form.read(rules)
            try transaction.advance(.identity, of: id, from: form.version, at: now)
            var details = known.details
            details.contactEmail = new.contactEmail
            details.phone = new.phone
            var changed: [ProfileField] = []
            if new.honorific != known.account.honorific { changed.append(.honorific) }
            if details.contactEmail != known.details.contactEmail { changed.append(.contactEmail) }
            if details.phone != known.details.phone { changed.append(.phone) }
            try transaction.setHonorific(new.honorific, of: id)
            try transaction.save(details, of: id)
            if new.specialities != known.specialities {
                changed.append(.specialities)
                try transaction.save(new.specialities, of: id)
                try transaction.save(
                    known.practitioner.with(
                        speciality: new.specialities.map(\.name).joined(separator: ", ")))
            }
            try transaction.recordProfile(.identity, changed, holder, at: now)
            return try transaction.askForName(new, known, holder, at: now)
        }
    }
}

extension Transaction {
    /// The first lines of each saving: the person is there as himself, and has a profile.
    /// - Throws: `AccessRefusal.sessionEnded`, `ProfileRefusal.notFound`.
    func ownProfile(_ holder: Holder, at now: Timestamp) throws -> Profile {
        try confirm(holder, at: now)
        guard let profile = try profile(of: holder.accountID) else { throw ProfileRefusal.notFound }
        return profile
    }

    /// The names of the fields that changed, never their values.
    func recordProfile(
        _ section: Profile.Section, _ changed: [ProfileField], _ holder: Holder, at now: Timestamp
    ) throws {
        let fields = changed.map(\.rawValue).joined(separator: ",")
        try record(
            AuditEntry(
                .profileChanged, object: .account(holder.accountID),
                detail: "section=\(section.rawValue) fields=\(fields)"),
            by: .person(holder), at: now)
    }

    /// Another name than the proved one waits for the portal team; the proved one takes back what waited.
    fileprivate func askForName(
        _ new: IdentityForm.Reading, _ known: Profile, _ holder: Holder, at now: Timestamp
    ) throws -> Bool {
        let account = known.account
        if let waiting = known.nameChange {
            if waiting.familyName == new.familyName, waiting.givenName == new.givenName { return true }
            try decide(waiting.id, .withdrawn, by: nil, at: now)
            try record(
                AuditEntry(
                    .nameChangeDecided, object: .account(account.id),
                    detail: "request=\(waiting.id.rawValue) withdrawn"),
                by: .person(holder), at: now)
        }
        guard new.familyName != account.familyName || new.givenName != account.givenName else { return false }
        let change = NameChange.ID(rawValue: RandomText.identifier())
        try insertNameChange(
            change, of: account.id, family: new.familyName, given: new.givenName, at: now)
        try record(
            AuditEntry(
                .nameChangeRequested, object: .account(account.id), detail: "request=\(change.rawValue)"),
            by: .person(holder), at: now)
        return true
    }
}

extension Practitioner {
    /// The same, with other words of the directory; nil leaves them as they are.
    func with(speciality: String? = nil, practice: String? = nil) -> Practitioner {
        Practitioner(
            accountID: accountID, gln: gln, profession: profession, speciality: speciality ?? self.speciality,
            practice: practice ?? self.practice, locality: locality, notificationEmail: notificationEmail,
            notificationPolicy: notificationPolicy, deliveryMode: deliveryMode, lifetimeDays: lifetimeDays)
    }
}
