public import Access

/// A field of the profile's forms; the raw value is its name in them.
public enum ProfileField: String, Sendable, CaseIterable {
    case honorific, familyName, givenName, contactEmail, phone, specialities
    case kind, recipient, street, postalCode, city, country
    case organizationName, organizationEmail, organizationPhone
    case notificationEmail, documentEmail, displayedTypes, lifetimeDays, notificationPolicy, deliveryMode
    case displayedPatients, startPage, fileNames, language, theme, shortcuts
    /// Of the table of mail domains, which the portal team keeps.
    case domain, provenance
}

/// What is wrong with a field as it was typed.
public enum ProfileFault: Sendable, Equatable {
    case missing
    /// More signs than this.
    case tooLong(Int)
    /// Line breaks and other signs that are no text.
    case unreadable
    case notAnAddress
    /// A hyphen or a full stop in a telephone number: the guide forbids both.
    case phonePunctuation
    case notAPhone
    case phoneTooShort
    case phoneTooLong
    /// A mail domain that is known not to be secured by HIN.
    case notSecured
    /// A mail domain of which nobody has said yet whether HIN secures it.
    case unknownDomain
    case notANumber
    case outOfRange(ClosedRange<Int>)
    /// None of the values that the form offers.
    case unknownChoice
    /// More than this.
    case tooMany(Int)
    /// The mode of delivery needs this address.
    case neededForMode
}

/// A field with what is wrong with it.
public struct FieldFault: Error, Sendable, Equatable {
    public let field: ProfileField
    public let fault: ProfileFault

    public init(_ field: ProfileField, _ fault: ProfileFault) {
        self.field = field
        self.fault = fault
    }
}

/// Why a profile was not saved.
public enum ProfileRefusal: Refusal, Equatable {
    /// The account receives no documents, or there is no such address or request.
    case notFound
    case invalid([FieldFault])
    /// The tab was saved meanwhile; its version is now this one.
    case stale(version: Int)
    /// «Ne pas envoyer les documents» must be confirmed on a page of its own.
    case stopUnconfirmed
    /// The second person must be another one.
    case samePerson
    /// Somebody has decided already.
    case alreadyDecided
    /// All addresses that there may be.
    case tooManyAddresses

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .invalid, .stopUnconfirmed, .tooManyAddresses: .invalid
        case .stale, .alreadyDecided: .conflict
        case .samePerson: .forbidden
        }
    }

    public var rule: String {
        switch self {
        case .notFound: "profile.notFound"
        case .invalid: "profile.invalid"
        case .stale: "profile.stale"
        case .stopUnconfirmed: "profile.stopUnconfirmed"
        case .samePerson: "profile.samePerson"
        case .alreadyDecided: "profile.alreadyDecided"
        case .tooManyAddresses: "profile.tooManyAddresses"
        }
    }
}
