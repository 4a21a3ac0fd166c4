import Storage

/// With what those prove themselves who decide who else gets in (AUT-2, AUT-6).
enum StaffFactors {
    /// Whether a role must come with an app or a passkey.
    static func areAsked(of role: Account.Role, _ rules: AccessRules) -> Bool {
        switch role {
        case .portalAdmin, .registrar: rules.staffNeedsStrongFactors
        case .practitioner, .delegate, .serviceMember: false
        }
    }

    /// Whether somebody came without, although his role asks for one. With a code on paper he may enrol another.
    /// - Parameter authentication: `password+sms`, `passkey`.
    static func isLacking(_ role: Account.Role, _ authentication: String, _ rules: AccessRules) -> Bool {
        guard areAsked(of: role, rules) else { return false }
        return !authentication.split(separator: "+").contains { Proof.isStrong(String($0)) }
    }
}

extension AccessActions {
    /// What an account can be asked for at its sign-in. Codes that are sent are left out once somebody whose role needs
    /// more has an app or a passkey: they are the way to the first one only.
    func factors(of account: Account, in transaction: any Transaction) throws -> [SecondFactor] {
        let all = try transaction.secondFactors(of: account)
        guard StaffFactors.areAsked(of: account.role, rules),
            try all.contains(.authenticator) || !transaction.passkeys(of: account.id).isEmpty
        else { return all }
        return all.filter { $0.channel == nil }
    }
}
