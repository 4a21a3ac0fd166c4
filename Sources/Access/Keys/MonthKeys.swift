import Foundation
public import Storage
public import Vault

/// The month keys, each unwrapped once. All sealed contents of an installation, whatever feature they belong to, have
/// their keys wrapped by the key of the month in which they were sealed.
public final class MonthKeys: Sendable {
    private let database: any Database
    private let keyring: Keyring
    private let known = LockedKeys()

    public init(database: any Database, keyring: Keyring) {
        self.database = database
        self.keyring = keyring
    }

    /// The key of the month of `now`; made at the first use in a month. Two nodes that make it at once agree
    /// on the one that was stored.
    public func current(at now: Timestamp) async throws -> MonthKey {
        let period = Self.period(of: now)
        if let key = known[period] { return key }
        let fresh = try MonthKey.make(period: period, keyring: keyring)
        let wrapped = try await database.write {
            try $0.keepMonthKey(period, fresh.wrapped, at: now)
        }
        return try remember(period, wrapped)
    }

    /// - Returns: nil when the month's key was destroyed.
    public func key(_ period: String) async throws -> MonthKey? {
        if let key = known[period] { return key }
        guard let wrapped = try await database.read({ try $0.monthKey(period) }) else { return nil }
        return try remember(period, wrapped)
    }

    private func remember(_ period: String, _ wrapped: [UInt8]) throws -> MonthKey {
        let key = try MonthKey(period: period, wrapped: wrapped, keyring: keyring)
        known[period] = key
        return key
    }

    /// «2026-11», in UTC.
    private static func period(of now: Timestamp) -> String {
        var seconds = time_t(now.rawValue / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let month = String(parts.tm_mon + 101).suffix(2)
        return "\(parts.tm_year + 1900)-\(month)"
    }
}

/// A dictionary behind a lock (NSLock: see the notes on ThreadSanitizer in ADR 0002).
private final class LockedKeys: @unchecked Sendable {
    private let lock = NSLock()
    private var keys: [String: MonthKey] = [:]

    subscript(period: String) -> MonthKey? {
        get {
            lock.lock()
            defer { lock.unlock() }
            return keys[period]
        }
        set {
            lock.lock()
            defer { lock.unlock() }
            keys[period] = newValue
        }
    }
}
