public import Access
public import Storage

/// Somebody who is to join the portal team: a registrar, a member of a service, an administrator.
public struct StaffDraft: Sendable {
    public struct ID: RawRepresentable, Sendable, Hashable, SQLBindable, SQLDecodable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public let id: ID
    public let role: Account.Role
    public let email: String
    public let honorific: String
    public let familyName: String
    public let givenName: String
    public let mobile: PhoneNumber
    /// The number of the person with the employer: two accounts of one person have the same.
    public let personNumber: String
    public let organisation: String
    public let createdAt: Timestamp

    public var displayName: String {
        [honorific, givenName, familyName].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What the second person agrees to.
    var parameters: String {
        FrozenText.of([
            ("draft", id.rawValue), ("role", role.rawValue), ("email", email), ("honorific", honorific),
            ("familyName", familyName), ("givenName", givenName), ("mobile", mobile.rawValue),
            ("person", personNumber), ("organisation", organisation),
        ])
    }

    var newAccount: NewAccount {
        NewAccount(
            email: email, honorific: honorific, familyName: familyName, givenName: givenName, role: role,
            mobile: mobile.rawValue, codeChannel: .sms)
    }
}

/// The form of a new member of the team, as it was typed.
public struct StaffForm: Sendable {
    /// A raw value of `Account.Role`.
    public var role = ""
    public var email = ""
    public var honorific = ""
    public var familyName = ""
    public var givenName = ""
    public var mobile = ""
    public var personNumber = ""
    public var organisation = ""
    public init() {}
}

/// What is wrong with the form of a new member of the team.
public enum StaffMistake: Sendable, Equatable {
    case role, email, familyName, givenName, personNumber, organisation
    case mobile(PhoneNumber.Mistake)
    case landline
}

/// All that is wrong with one form.
public struct StaffMistakes: Error, Sendable, Equatable {
    public let all: [StaffMistake]
    init(_ all: [StaffMistake]) { self.all = all }
}

/// The pure rules of the form.
enum StaffRules {
    static let roles: Set<Account.Role> = [.registrar, .portalAdmin, .serviceMember]

    static func draft(_ form: StaffForm, country: String, id: StaffDraft.ID, at now: Timestamp) throws
        -> StaffDraft
    {
        var mistakes: [StaffMistake] = []
        let role = Account.Role(rawValue: form.role).flatMap { roles.contains($0) ? $0 : nil }
        if role == nil { mistakes.append(.role) }
        let email = EmailAddress.normalised(form.email)
        if email == nil { mistakes.append(.email) }
        func line(_ text: String, _ mistake: StaffMistake, limit: Int = EnrolmentLimits.nameBytes) -> String {
            let line = PlainText.line(text)
            if !(1...limit).contains(line.utf8.count) { mistakes.append(mistake) }
            return line
        }
        let family = line(form.familyName, .familyName)
        let given = line(form.givenName, .givenName)
        let person = PersonNumber.normalised(form.personNumber)
        if person == nil { mistakes.append(.personNumber) }
        let organisation = line(form.organisation, .organisation)
        let mobile = PhoneNumber.parse(form.mobile, country: country)
        switch mobile {
        case .success(let number): if number.isSwissLandline { mistakes.append(.landline) }
        case .failure(let mistake): mistakes.append(.mobile(mistake))
        }
        guard mistakes.isEmpty, let role, let email, let person, case .success(let number) = mobile else {
            throw StaffMistakes(mistakes)
        }
        return StaffDraft(
            id: id, role: role, email: email, honorific: String(PlainText.line(form.honorific).prefix(40)),
            familyName: family, givenName: given, mobile: number, personNumber: person,
            organisation: organisation, createdAt: now)
    }
}
