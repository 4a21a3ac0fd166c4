public import Storage

/// A request for an account that waits, as the sign-in must know it: what its password is compared with, and where its
/// applicant reads how far it has come.
public struct PendingRequest: Sendable {
    let passwordHash: String
    let link: String

    public init(passwordHash: String, link: String) {
        self.passwordHash = passwordHash
        self.link = link
    }
}

/// Looks for the newest request for an address that waits; the registration authority knows, not this module.
public struct PendingRequestLookup: Sendable {
    let find: @Sendable (String, any Transaction) throws -> PendingRequest?

    /// There are no requests.
    public static let none = PendingRequestLookup { _, _ in nil }

    public init(_ find: @escaping @Sendable (String, any Transaction) throws -> PendingRequest?) {
        self.find = find
    }
}
