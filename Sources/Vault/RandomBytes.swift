import Glibc

/// Bytes for keys, salts, names and tokens, from the system's generator (getrandom).
public enum RandomBytes {
    /// So many bytes, from one call of the system for each 256; Swift's own generator makes one for each eight.
    public static func make(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
            while filled < count {
                let some = min(count - filled, 256)
                // fails only for a kernel without a generator, on which no secret can be made
                precondition(getentropy(bytes.baseAddress! + filled, some) == 0, "no random bytes")
                filled += some
            }
        }
    }
}
