public import Access

/// Why something about a request or an account is refused.
public enum EnrolmentRefusal: Refusal, Equatable {
    case notFound
    /// Too many requests from this network or for this address.
    case tooMany
    /// The request has gone on meanwhile: decided, withdrawn, or changed.
    case wrongState
    /// What was typed is incomplete.
    case incomplete
    case slotTaken
    /// The appointment was changed too often today.
    case tooManyChanges
    case tooManyCopies
    case copiesNotKept
    /// Neither PDF nor JPEG nor PNG, empty, or too large.
    case copyRefused(CopyMistake)
    /// The copy could not be looked at just now.
    case copyNotInspected
    /// The copy was destroyed at the end of its time.
    case copyDestroyed
    case codeWrong
    case codeExpired
    case codeLimit
    /// No SMS reaches the number.
    case landline
    /// The identity document was shown for another account.
    case documentUsed
    /// Nobody has proposed it, or the proposal has ended.
    case noProposal
    /// It is no longer what was seen.
    case changedMeanwhile
    /// One person cannot decide alone, under no account.
    case samePerson
    /// The one who decides has no personal number yet.
    case personUnknown
    /// The one who proposed it may not do so any more.
    case proposerGone
    case alreadyDecided
    /// Codes by e-mail go to secured addresses only.
    case mailNotSecured
    /// Another account has this address.
    case addressTaken
    /// Another account has this GLN or RPPS.
    case identifierTaken
    case linkExpired
    case password(PasswordMistake)
    case passwordsDiffer
    case secretWrong
    /// The portal has administrators: they add others on their page.
    case notTheFirst

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .tooMany, .tooManyChanges, .codeLimit, .copyNotInspected: .unavailable
        case .incomplete, .copyRefused, .landline, .codeWrong, .password, .passwordsDiffer, .secretWrong,
            .mailNotSecured:
            .invalid
        case .wrongState, .slotTaken, .tooManyCopies, .documentUsed, .noProposal, .changedMeanwhile,
            .alreadyDecided,
            .addressTaken, .identifierTaken, .proposerGone, .notTheFirst:
            .conflict
        case .copiesNotKept, .samePerson, .personUnknown: .forbidden
        case .copyDestroyed, .codeExpired, .linkExpired: .expired
        }
    }

    public var rule: String {
        switch self {
        case .notFound: "request.notFound"
        case .tooMany: "request.tooMany"
        case .wrongState: "request.state"
        case .incomplete: "request.incomplete"
        case .slotTaken: "appointment.taken"
        case .tooManyChanges: "appointment.limit"
        case .tooManyCopies: "identityCopy.tooMany"
        case .copiesNotKept: "identityCopy.notKept"
        case .copyRefused: "identityCopy.refused"
        case .copyNotInspected: "identityCopy.notInspected"
        case .copyDestroyed: "identityCopy.destroyed"
        case .codeWrong: "controlCode.wrong"
        case .codeExpired: "controlCode.expired"
        case .codeLimit: "controlCode.limit"
        case .landline: "request.landline"
        case .documentUsed: "identityDocument.used"
        case .noProposal: "fourEyes.noProposal"
        case .changedMeanwhile: "fourEyes.changed"
        case .samePerson: "fourEyes.samePerson"
        case .personUnknown: "fourEyes.personUnknown"
        case .proposerGone: "fourEyes.proposerGone"
        case .alreadyDecided: "fourEyes.alreadyDecided"
        case .mailNotSecured: "account.mailNotSecured"
        case .addressTaken: "account.addressTaken"
        case .identifierTaken: "account.identifierTaken"
        case .linkExpired: "confirmation.expired"
        case .password: "account.password"
        case .passwordsDiffer: "account.passwordsDiffer"
        case .secretWrong: "confirmation.secret"
        case .notTheFirst: "administrator.notTheFirst"
        }
    }
}

/// What is wrong with a file that should be the copy of an identity document.
public enum CopyMistake: Sendable, Equatable, CaseIterable {
    case empty, tooLarge, type
    /// A PDF that is damaged or encrypted, or a file in which the scanner found something.
    case unsafe
}
