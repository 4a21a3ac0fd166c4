import Storage
import Vault

/// A reason for saying no that its receiver can understand. Each feature has an enum of its own; each edge
/// turns the `kind` into its protocol's words in one switch. Anything else that is thrown is a fault of ours.
public protocol Refusal: Error, Sendable {
    var kind: RefusalKind { get }
    /// The rule in the way, in the words of the audit trail: `designation.missing`.
    var rule: String { get }
}

/// What a refusal means for the one who asked.
public enum RefusalKind: Sendable, Equatable {
    /// Unknown, or not yours: both get the same answer.
    case notFound
    /// Known, but the role or the scope lacks it.
    case forbidden
    /// The input breaks a rule.
    case invalid
    /// Something else has happened first.
    case conflict
    /// It existed and is gone.
    case expired
    /// Try again later.
    case unavailable
}

/// Whether a fault passes without the sender's doing: the database or the store of contents is away, is failing
/// over, has too much to do, or its disk is full. The edges answer 503 with Retry-After then; nothing is lost, because the sender tries again under
/// the same identifier.
public func isTemporary(_ error: any Error) -> Bool {
    switch error {
    case let error as StorageError: error.isTemporary
    case let failure as S3Failure: failure.isTemporary
    default: error is FileError
    }
}
