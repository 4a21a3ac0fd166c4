import Glibc
public import Storage
import Vault

/// A moment: UTC milliseconds since 1970. The one form in which times are stored and compared.
public struct Timestamp: RawRepresentable, Sendable, Hashable, Comparable {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.rawValue < right.rawValue }
    /// Stays at the end of time where it would overflow: moments come from addresses, too.
    public func adding(milliseconds: Int64) -> Timestamp {
        let (sum, overflows) = rawValue.addingReportingOverflow(milliseconds)
        return Timestamp(rawValue: overflows ? (milliseconds < 0 ? .min : .max) : sum)
    }
    public func adding(seconds: Int) -> Timestamp { adding(milliseconds: Int64(seconds) * 1000) }
    public func adding(minutes: Int) -> Timestamp { adding(seconds: minutes * 60) }
    public func adding(hours: Int) -> Timestamp { adding(minutes: hours * 60) }
    public func adding(days: Int) -> Timestamp { adding(hours: days * 24) }
}

/// Where the present comes from. Tests hand in one that stands still.
public struct Clock: Sendable {
    public let now: @Sendable () -> Timestamp
    public init(_ now: @escaping @Sendable () -> Timestamp) { self.now = now }

    /// The clock of the machine.
    public static let system = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(rawValue: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// Identifiers and secrets from the system's generator (getrandom).
public enum RandomText {
    /// 128 bits as 32 hex digits: identifiers of rows.
    public static func identifier() -> String { hex(16) }
    /// 256 bits as 64 hex digits: tokens for cookies, links and clients.
    public static func token() -> String { hex(32) }
    /// Six decimal digits, leading zeros kept.
    public static func sixDigits() -> String {
        let digits = String(Int.random(in: 0..<1_000_000))
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// So many random bytes.
    public static func bytes(_ count: Int) -> [UInt8] { RandomBytes.make(count) }

    private static func hex(_ count: Int) -> String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: count * 2) { text in
            digits.withUTF8Buffer { digits in
                for (place, byte) in bytes(count).enumerated() {
                    text.initializeElement(at: 2 * place, to: digits[Int(byte >> 4)])
                    text.initializeElement(at: 2 * place + 1, to: digits[Int(byte & 15)])
                }
            }
            return count * 2
        }
    }
}

extension Timestamp: SQLBindable, SQLDecodable {}
