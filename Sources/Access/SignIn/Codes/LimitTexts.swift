public import Storage
import Vault

extension AccessActions {
    /// Counts a code by SMS to a number whose holder has not asked for it by signing in, whoever of the team sends it and
    /// for which account or request: one telephone gets few of them.
    /// - Parameter mobile: E.164.
    /// - Returns: whether it is within the limits of the number and the budget of the hour.
    public func countText(to mobile: String, perHour: Int, in transaction: any Transaction, at now: Timestamp)
        throws -> Bool
    {
        let target = Base64URL.encode(keyring.mac(.codes, Array("target \(mobile)".utf8)))
        // two names: at midnight the windows of both begin together
        return try transaction.count(
            "text-quarter \(target)", per: 900_000, limit: rules.smsPerNumberPer15Minutes, at: now)
            && transaction.count(
                "text-day \(target)", per: 86_400_000, limit: rules.smsPerNumberPerDay, at: now)
            && transaction.count("sms", per: 3_600_000, limit: perHour, at: now)
    }
}
