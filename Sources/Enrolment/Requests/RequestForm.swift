public import Access
public import Directory

/// The form of a request as it was typed.
public struct RequestForm: Sendable {
    public var honorific = ""
    public var familyName = ""
    public var givenName = ""
    public var email = ""
    public var mobile = ""
    public var password = ""
    public var passwordAgain = ""
    /// `sms` or `email`.
    public var codeChannel = ""
    /// `gln`, `rpps` or `none`.
    public var identifierKind = ""
    public var identifier = ""
    /// A raw value of `Profession`.
    public var profession = ""
    public var specialities = ""
    public var practice = ""
    public var responsible = ""
    public var wantsScreening = false
    public init() {}
}

/// What is wrong with the form of a request, each with its field.
public enum RequestMistake: Sendable, Equatable {
    case honorificMissing, familyNameMissing, givenNameMissing
    case email
    case mobileMissing
    case mobile(PhoneNumber.Mistake)
    /// SMS do not reach a landline.
    case landline
    case passwordMissing
    case password(PasswordMistake)
    case passwordsDiffer
    case channelMissing
    case kindMissing
    case identifier(ProfessionalIdentifier.Mistake)
    case professionMissing
    /// The institution opens no accounts to it (D45).
    case professionClosed
    case responsibleMissing
    /// Longer than a hundred or two hundred bytes.
    case tooLong(Field)

    public enum Field: String, Sendable, CaseIterable {
        case honorific, familyName, givenName, specialities, practice, responsible
    }
}

/// The rules of requirements 5.1 to 5.5 on the form, without looking anything up.
public enum RequestRules {
    /// - Parameters:
    ///   - country: the calling code of national numbers.
    ///   - closed: professions to which no accounts are opened.
    /// - Returns: the person in normal form, or everything that is wrong, in the order of the form.
    public static func check(_ form: RequestForm, country: String = "41", closed: Set<Profession> = [])
        -> Result<DeclaredPerson, RequestMistakes>
    {
        var mistakes: [RequestMistake] = []
        let names = checkNames(form, &mistakes)
        let email = EmailAddress.normalised(form.email)
        if email == nil { mistakes.append(.email) }
        let channel = Account.CodeChannel(rawValue: form.codeChannel)
        let mobile = checkMobile(form.mobile, channel, country, &mistakes)
        checkPassword(form, email ?? "", &mistakes)
        if channel == nil { mistakes.append(.channelMissing) }
        let identifier = checkIdentifier(form, &mistakes)
        let profession = Profession(rawValue: form.profession)
        if let profession {
            if closed.contains(profession) { mistakes.append(.professionClosed) }
        } else {
            mistakes.append(.professionMissing)
        }
        let practice = line(form.practice, .practice, EnrolmentLimits.lineBytes, &mistakes)
        let specialities = line(form.specialities, .specialities, EnrolmentLimits.lineBytes, &mistakes)
        let responsible = line(form.responsible, .responsible, EnrolmentLimits.lineBytes, &mistakes)
        if identifier?.kind == ProfessionalIdentifier.Kind.none, responsible.isEmpty {
            mistakes.append(.responsibleMissing)
        }
        guard mistakes.isEmpty, let email, let channel, let mobile, let identifier, let profession else {
            return .failure(RequestMistakes(mistakes))
        }
        return .success(
            DeclaredPerson(
                honorific: names.honorific, familyName: names.family, givenName: names.given, email: email,
                mobile: mobile, codeChannel: channel, identifier: identifier, profession: profession,
                specialities: specialities, practice: practice, responsible: responsible,
                wantsScreening: form.wantsScreening))
    }

    private static func checkNames(_ form: RequestForm, _ mistakes: inout [RequestMistake]) -> (
        honorific: String, family: String, given: String
    ) {
        let honorific = line(form.honorific, .honorific, 40, &mistakes)
        let family = line(form.familyName, .familyName, EnrolmentLimits.nameBytes, &mistakes)
        let given = line(form.givenName, .givenName, EnrolmentLimits.nameBytes, &mistakes)
        if honorific.isEmpty { mistakes.append(.honorificMissing) }
        if family.isEmpty { mistakes.append(.familyNameMissing) }
        if given.isEmpty { mistakes.append(.givenNameMissing) }
        return (honorific, family, given)
    }

    static func checkMobile(
        _ text: String, _ channel: Account.CodeChannel?, _ country: String, _ mistakes: inout [RequestMistake]
    ) -> PhoneNumber? {
        if PlainText.trimmed(text).isEmpty {
            mistakes.append(.mobileMissing)
            return nil
        }
        switch PhoneNumber.parse(text, country: country) {
        case .success(let number):
            if channel == .sms, number.isSwissLandline { mistakes.append(.landline) }
            return number
        case .failure(let mistake):
            mistakes.append(.mobile(mistake))
            return nil
        }
    }

    private static func checkPassword(
        _ form: RequestForm, _ email: String, _ mistakes: inout [RequestMistake]
    ) {
        if form.password.isEmpty {
            mistakes.append(.passwordMissing)
        } else if let mistake = PasswordRules.mistake(
            in: form.password, context: [email, form.familyName, form.givenName])
        {
            mistakes.append(.password(mistake))
        } else if !areEqualSecrets(form.password, form.passwordAgain) {
            mistakes.append(.passwordsDiffer)
        }
    }

    private static func checkIdentifier(_ form: RequestForm, _ mistakes: inout [RequestMistake])
        -> ProfessionalIdentifier?
    {
        guard let kind = ProfessionalIdentifier.Kind(rawValue: form.identifierKind) else {
            mistakes.append(.kindMissing)
            return nil
        }
        switch ProfessionalIdentifier.parse(kind, form.identifier) {
        case .success(let identifier): return identifier
        case .failure(let mistake):
            mistakes.append(.identifier(mistake))
            return nil
        }
    }

    private static func line(
        _ text: String, _ field: RequestMistake.Field, _ limit: Int, _ mistakes: inout [RequestMistake]
    ) -> String {
        let line = PlainText.line(text)
        if line.utf8.count > limit { mistakes.append(.tooLong(field)) }
        return line
    }
}

/// All that is wrong with one form.
public struct RequestMistakes: Error, Sendable, Equatable {
    public let all: [RequestMistake]
    init(_ all: [RequestMistake]) { self.all = all }
}

/// What people type, without what one cannot see.
enum PlainText {
    /// Without space around.
    static func trimmed(_ text: String) -> String {
        let signs = text.unicodeScalars.drop { $0.properties.isWhitespace }
        let end = signs.lastIndex { !$0.properties.isWhitespace }
        guard let end else { return "" }
        return String(String.UnicodeScalarView(signs[...end]))
    }

    /// One line: control characters and line ends become spaces, and runs of spaces one.
    static func line(_ text: String) -> String {
        let words = text.unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }

    /// Several lines: control characters but line ends go; at most so many bytes.
    static func note(_ text: String, limit: Int = EnrolmentLimits.noteBytes) -> String {
        let kept = text.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }
        let whole = trimmed(String(String.UnicodeScalarView(kept)))
        return String(decoding: whole.utf8.prefix(limit), as: UTF8.self)
    }
}
