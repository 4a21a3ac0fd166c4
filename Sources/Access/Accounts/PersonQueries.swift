public import Storage

/// Who the person behind an account is, for acts that two people decide: two accounts of one person are one person
/// (ADR 0022).
extension Transaction {
    /// The number of the person behind an account of the team; nil when nobody has entered one.
    public func personNumber(of account: Account.ID) throws -> String? {
        try first("SELECT person_number FROM staff_member WHERE account_id = \(account)")?.get(
            "person_number")
    }

    /// Whether two accounts are one, or are known to be one person's.
    public func isSamePerson(_ one: Account.ID, _ other: Account.ID) throws -> Bool {
        if one == other { return true }
        guard let number = try personNumber(of: one), let second = try personNumber(of: other) else {
            return false
        }
        return areEqualSecrets(number, second)
    }
}
